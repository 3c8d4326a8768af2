package dev.tare.io.workload;

import dev.tare.io.device.BlockQueue;
import dev.tare.io.pattern.AccessPattern;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One thread's work: keeps its queue full with the I/Os of a pattern, one completed I/O per step.
 *
 * <p>An I/O that would overlap an outstanding one, if either writes, waits until that one is done; otherwise the order
 * in which a device completes them would decide what a block contains. Only mixed patterns and the seam between two
 * passes of a random walk meet this.
 */
public final class Workload implements Closeable {
    private static final long IDLE = -1;

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

    /**
     * Work on a region that no other thread touches.
     *
     * @param content what the region contains, or null when that is not known: then nothing is checked, and the
     *     pattern may only read
     */
    public Workload(BlockQueue queue, AccessSpec spec, Region region, @Nullable BlockContent content) {
        if (spec.writes() && content == null) {
            throw new IllegalArgumentException("content: expected to know it when the pattern writes, got none");
        }
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
                content.fill(queue.buffer(slot), region.startBytes() + slot % blocks() * spec.blockBytes());
            }
        }
        CompletedWork.register(responses);
    }

    /** Response times since the last {@link #beginIteration()}. */
    public ResponseTimes responses() {
        return responses;
    }

    /** Forgets the response times so far; the profiler counts from here. */
    public void beginIteration() {
        responses.clear();
        CompletedWork.beginIteration();
    }

    /**
     * Fills the queue, waits for one I/O and checks a sample of what it read.
     *
     * @return the bytes transferred
     */
    public int step() throws IOException {
        fill();
        reap();
        return spec.blockBytes();
    }

    /** Ends an iteration: waits for everything that is outstanding; it counts nowhere. */
    public void drain() throws IOException {
        CompletedWork.endIteration();
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

    private void reap() throws IOException {
        int slot = queue.await();
        responses.record(System.nanoTime() - submittedNs[slot]);
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

    private long blocks() {
        return region.sizeBytes() / spec.blockBytes();
    }

    @Override
    public void close() throws IOException {
        CompletedWork.unregister();
        queue.close();
    }
}
