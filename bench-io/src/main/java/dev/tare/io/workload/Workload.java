package dev.tare.io.workload;

import dev.tare.harness.results.ResponseTimes;
import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import dev.tare.io.pattern.AccessPattern;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thread's work, from the first byte prepared to the last byte verified: keeps its queue full with the I/Os of a
 * pattern, one completed I/O per step.
 *
 * <p>An I/O that would overlap an outstanding one, if either writes, waits until that one is done; otherwise the order
 * in which a device completes them would decide what a block contains. Only mixed patterns and the seam between two
 * passes of a random walk meet this.
 */
public final class Workload implements Closeable {
    private static final long IDLE = -1;

    private final BlockDevice device;
    private final BlockQueue queue;
    private final AccessSpec spec;
    private final Region region;
    private final AccessPattern pattern;
    private final @Nullable BlockContent content;
    private final ResponseTimes responses = new ResponseTimes();
    private final long[] positions;
    private final long[] submittedNs;
    private final boolean[] reads;
    private final int[] idleSlots;
    private int idle;
    private boolean nextIsPending;
    private long begunNs;
    private long steps;
    private long completed;
    private double fastestBytesPerS;

    /**
     * Prepares a thread's slice of the working set and opens its queue.
     *
     * @param prepare whether to write the slice in full first; when not, its content is not known and cannot be checked,
     *     and the pattern may only read
     * @throws DeviceException when the device cannot serve the parameters
     */
    public static Workload open(
            BlockDevice device, AccessParameters parameters, AccessSpec spec, boolean prepare, int thread, int threads)
            throws IOException {
        if (spec.writes() && !prepare) {
            throw new IllegalArgumentException("content: expected to know it when the pattern writes, got none");
        }
        if (spec.blockBytes() % device.alignBytes() != 0 || spec.alignBytes() % device.alignBytes() != 0) {
            throw new IllegalArgumentException("blockBytes and align: expected multiples of the device's alignment, "
                    + device.alignBytes() + ", got " + spec.blockBytes() + " and " + spec.alignBytes());
        }
        long workingSetBytes = parameters.workingSetBytes();
        if (workingSetBytes > device.sizeBytes()) {
            throw new DeviceException(
                    "size of the target",
                    "at least sizeBytes=" + parameters.sizeBytes,
                    device.sizeBytes() + " bytes",
                    "choose a smaller sizeBytes");
        }
        Region region = new Region(0, workingSetBytes).slice(thread, threads, spec.blockBytes());
        if (region.sizeBytes() / spec.blockBytes() < parameters.queueDepth) {
            throw new IllegalArgumentException("sizeBytes: expected at least queueDepth=" + parameters.queueDepth
                    + " blocks of " + spec.blockBytes() + " bytes for each of " + threads + " threads, got "
                    + parameters.sizeBytes);
        }
        BlockContent content = prepare ? new BlockContent(spec.seed(), region) : null;
        if (content != null) {
            new Sweep(device, region, content, spec.blockBytes()).write();
        }
        BlockQueue queue = device.openQueue(parameters.queueDepth, spec.blockBytes());
        return new Workload(device, queue, spec, region, content);
    }

    private Workload(
            BlockDevice device, BlockQueue queue, AccessSpec spec, Region region, @Nullable BlockContent content) {
        this.device = device;
        this.queue = queue;
        this.spec = spec;
        this.region = region;
        this.pattern = new AccessPattern(spec, region);
        this.content = content;
        this.positions = new long[queue.depth()];
        this.submittedNs = new long[queue.depth()];
        this.reads = new boolean[queue.depth()];
        this.idleSlots = new int[queue.depth()];
        Arrays.fill(positions, IDLE);
        for (int slot = 0; slot < queue.depth(); slot++) {
            idleSlots[idle++] = slot;
            if (content != null) {
                content.fill(queue.buffer(slot), region.startBytes() + slot * (long) spec.blockBytes());
            }
        }
    }

    /** Response times of the measured steps since the last {@link #beginIteration()}. */
    public ResponseTimes responses() {
        return responses;
    }

    /** I/Os completed since the first measured step of the iteration, those of later steps that were not measured included. */
    public long completed() {
        return completed;
    }

    /** Bytes per second of the fastest iteration so far, with all of its steps. */
    public double fastestBytesPerS() {
        return fastestBytesPerS;
    }

    /** Begins to count anew. */
    public void beginIteration() {
        responses.clear();
        completed = 0;
        steps = 0;
        begunNs = System.nanoTime();
    }

    /** Ends to count; {@link #drain()} comes after it. */
    public void endIteration() {
        long ns = System.nanoTime() - begunNs;
        if (ns > 0) {
            fastestBytesPerS = Math.max(fastestBytesPerS, steps * (double) spec.blockBytes() * 1e9 / ns);
        }
    }

    /**
     * Fills the queue, waits for one I/O and checks a sample of what it read.
     *
     * @param measured whether the response counts
     * @return the bytes transferred
     */
    public int step(boolean measured) throws IOException {
        fill();
        reap(measured);
        return spec.blockBytes();
    }

    /** Waits for everything that is outstanding; it counts nowhere. */
    public void drain() throws IOException {
        while (idle < queue.depth()) {
            retire(queue.await());
        }
    }

    private void fill() throws IOException {
        while (idle > 0) {
            if (!nextIsPending) {
                pattern.advance();
                nextIsPending = true;
            }
            if (collides(pattern.positionBytes(), pattern.isRead())) {
                return;
            }
            submit(idleSlots[--idle]);
            nextIsPending = false;
        }
    }

    private void submit(int slot) throws IOException {
        long position = pattern.positionBytes();
        boolean read = pattern.isRead();
        if (!read && content != null) {
            content.renew(queue.buffer(slot), position);
        }
        positions[slot] = position;
        reads[slot] = read;
        submittedNs[slot] = System.nanoTime();
        if (read) {
            queue.submitRead(slot, position);
        } else {
            queue.submitWrite(slot, position);
        }
    }

    private void reap(boolean measured) throws IOException {
        int slot = queue.await();
        if (measured) {
            responses.record(System.nanoTime() - submittedNs[slot]);
        }
        steps++;
        if (responses.count() > 0) {
            completed++;
        }
        if (reads[slot] && content != null) {
            content.sample(queue.buffer(slot), positions[slot]);
        }
        retire(slot);
    }

    private void retire(int slot) {
        positions[slot] = IDLE;
        idleSlots[idle++] = slot;
    }

    private boolean collides(long position, boolean read) {
        if (!spec.writes()) {
            return false;
        }
        for (int slot = 0; slot < positions.length; slot++) {
            long distance = Math.abs(positions[slot] - position);
            if (positions[slot] != IDLE && distance < spec.blockBytes() && !(read && reads[slot])) {
                return true;
            }
        }
        return false;
    }

    /** Checks every byte of the slice, if it is known, and closes the queue. */
    @Override
    public void close() throws IOException {
        try (queue) {
            drain();
            if (content != null) {
                new Sweep(device, region, content, spec.blockBytes()).verify();
            }
        }
    }
}
