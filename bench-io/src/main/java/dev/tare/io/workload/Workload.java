package dev.tare.io.workload;

import dev.tare.harness.arrival.Arrivals;
import dev.tare.harness.results.ResponseTimes;
import dev.tare.harness.results.SecondaryResults;
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
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thread's work, from the first byte prepared to the last byte verified: does the I/Os of a pattern, one completed I/O per
 * step. In a closed loop it keeps its queue full; in an open one it begins an I/O when a request is due and a slot is idle.
 *
 * <p>An I/O that would overlap an outstanding one, if either writes, waits until that one is done; otherwise the order
 * in which a device completes them would decide what a block contains. Mixed patterns, popular positions and the seam between
 * two passes of a random walk meet this.
 */
public final class Workload implements Closeable {
    private static final long IDLE = -1;

    private final BlockDevice device;
    private final BlockQueue queue;
    private final AccessSpec spec;
    private final Region region;
    private final AccessPattern pattern;
    private final @Nullable BlockContent content;
    private final Optional<Arrivals> arrivals;
    private final Map<Operation, ResponseTimes> responses = new EnumMap<>(Operation.class);
    private final long[] positions;
    private final int[] lengths;
    private final long[] dueNs;
    private final Operation[] operations;
    private final int[] idleSlots;
    private int idle;
    private boolean nextIsPending;
    private Operation lastCompleted = Operation.READ;
    private boolean measured;
    private boolean measuredBefore;
    private long begunNs;
    private long movedBytes;
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
        if (!spec.blockSizes().areMultiplesOf(device.alignBytes()) || spec.alignBytes() % device.alignBytes() != 0) {
            throw new IllegalArgumentException("blockBytes and align: expected multiples of the device's alignment, "
                    + device.alignBytes() + ", got " + parameters.blockBytes + " and " + spec.alignBytes());
        }
        long workingSetBytes = parameters.workingSetBytes();
        if (workingSetBytes > device.sizeBytes()) {
            throw new DeviceException(
                    "size of the target",
                    "at least sizeBytes=" + parameters.sizeBytes,
                    device.sizeBytes() + " bytes",
                    "choose a smaller sizeBytes");
        }
        Region region = new Region(0, workingSetBytes).slice(thread, threads, spec.mostBytes());
        if (region.sizeBytes() / spec.mostBytes() < parameters.queueDepth) {
            throw new IllegalArgumentException("sizeBytes: expected at least queueDepth=" + parameters.queueDepth
                    + " blocks of " + spec.mostBytes() + " bytes for each of " + threads + " threads, got "
                    + parameters.sizeBytes);
        }
        BlockContent content = prepare ? new BlockContent(spec.seed(), region) : null;
        if (content != null) {
            new Sweep(device, region, content, spec.mostBytes()).write();
        }
        BlockQueue queue = device.openQueue(parameters.queueDepth, spec.mostBytes());
        Optional<Arrivals> arrivals =
                parameters.arrivalRate().map(rate -> new Arrivals(rate, thread, threads, spec.seed()));
        return new Workload(device, queue, spec, region, content, arrivals);
    }

    private Workload(
            BlockDevice device,
            BlockQueue queue,
            AccessSpec spec,
            Region region,
            @Nullable BlockContent content,
            Optional<Arrivals> arrivals) {
        this.device = device;
        this.queue = queue;
        this.spec = spec;
        this.region = region;
        this.pattern = new AccessPattern(spec, region);
        this.content = content;
        this.arrivals = arrivals;
        this.positions = new long[queue.depth()];
        this.lengths = new int[queue.depth()];
        this.dueNs = new long[queue.depth()];
        this.operations = new Operation[queue.depth()];
        this.idleSlots = new int[queue.depth()];
        Arrays.fill(positions, IDLE);
        Arrays.fill(operations, Operation.READ);
        if (spec.readPercent() > 0) {
            responses.put(Operation.READ, new ResponseTimes());
        }
        if (spec.writes()) {
            responses.put(Operation.WRITE, new ResponseTimes());
        }
        for (int slot = 0; slot < queue.depth(); slot++) {
            idleSlots[idle++] = slot;
            if (content != null) {
                content.fill(queue.buffer(slot), region.startBytes() + slot * (long) spec.mostBytes());
            }
        }
    }

    /** I/Os completed since the first measured step of the iteration, those of later steps that were not measured included. */
    public long completed() {
        return completed;
    }

    /** Response times of the measured steps since the last {@link #beginIteration()}, of an operation that the pattern has. */
    ResponseTimes responses(Operation operation) {
        return Objects.requireNonNull(responses.get(operation));
    }

    /** How many response times of I/Os were recorded since {@link #beginIteration()}: those of the measured steps. */
    public long recorded() {
        return responses.values().stream().mapToLong(ResponseTimes::count).sum();
    }

    /** What the I/O of the last step was. */
    public Operation lastCompleted() {
        return lastCompleted;
    }

    /** Bytes per second of the fastest iteration so far, with all of its steps. */
    public double fastestBytesPerS() {
        return fastestBytesPerS;
    }

    /** The part of its slice that was accessed so far, 0 to 1. */
    public double coveredShare() {
        return pattern.coveredShare();
    }

    /** Begins to count anew. */
    public void beginIteration() {
        responses.values().forEach(ResponseTimes::clear);
        completed = 0;
        movedBytes = 0;
        measuredBefore = false;
        begunNs = System.nanoTime();
        arrivals.ifPresent(all -> all.begin(begunNs));
    }

    /**
     * Ends to count, and records the response times since {@link #beginIteration()}: {@code response} of all I/Os, {@code
     * read} and {@code write} of either where there are both. In a closed loop what is outstanding counts nowhere, and {@link
     * #drain()} comes after this; in an open one it is waited for here, because leaving out the slow ones would flatter.
     *
     * @return of an open loop, how many in a hundred of the requests that were due were begun
     */
    public Optional<Double> endIteration(SecondaryResults results) throws IOException {
        long endNs = System.nanoTime();
        if (endNs > begunNs) {
            fastestBytesPerS = Math.max(fastestBytesPerS, movedBytes * 1e9 / (endNs - begunNs));
        }
        Optional<Double> achievedPercent = Optional.empty();
        if (arrivals.isPresent()) {
            measured = measuredBefore;
            complete();
            ResponseTimes unserved = new ResponseTimes();
            achievedPercent = Optional.of(arrivals.get().end(endNs, unserved, results));
            results.record("response", unserved);
        }
        responses.forEach((operation, times) -> {
            results.record("response", times);
            if (spec.isMixed()) {
                results.record(operation.resultName(), times);
            }
        });
        return achievedPercent;
    }

    /**
     * Begins what is to be begun, waits for one I/O and checks a sample of what it read.
     *
     * @param isMeasured whether the response counts
     * @return the bytes transferred
     */
    public int step(boolean isMeasured) throws IOException {
        measured = isMeasured;
        measuredBefore |= isMeasured;
        if (arrivals.isPresent()) {
            serve(arrivals.get());
        } else {
            fill();
        }
        return reap();
    }

    /** Waits for everything that is outstanding; it counts nowhere. */
    public void drain() throws IOException {
        measured = false;
        complete();
    }

    private void complete() throws IOException {
        while (idle < queue.depth()) {
            reap();
        }
    }

    private void fill() throws IOException {
        while (idle > 0 && nextIsFree()) {
            submit(System.nanoTime());
        }
    }

    /** Begins what is due until there is an I/O to wait for: one is done, all slots are taken, or the next must wait for one. */
    private void serve(Arrivals requests) throws IOException {
        while (true) {
            while (idle > 0 && requests.isDue(System.nanoTime())) {
                if (!nextIsFree()) {
                    return;
                }
                submit(requests.take());
            }
            if (idle == queue.depth()) {
                requests.await();
            } else if (idle == 0 || queue.awaitUntil(requests.dueNs())) {
                return;
            }
        }
    }

    /** Whether the next I/O overlaps none that is outstanding; always, where none is. */
    private boolean nextIsFree() {
        if (!nextIsPending) {
            pattern.advance();
            nextIsPending = true;
        }
        return !collides(pattern.positionBytes(), pattern.bytes(), pattern.isRead());
    }

    private void submit(long requestedNs) throws IOException {
        int slot = idleSlots[--idle];
        nextIsPending = false;
        long position = pattern.positionBytes();
        int bytes = pattern.bytes();
        boolean read = pattern.isRead();
        if (!read && content != null) {
            content.renew(queue.buffer(slot), position, bytes);
        }
        positions[slot] = position;
        lengths[slot] = bytes;
        operations[slot] = read ? Operation.READ : Operation.WRITE;
        dueNs[slot] = requestedNs;
        if (read) {
            queue.submitRead(slot, position, bytes);
        } else {
            queue.submitWrite(slot, position, bytes);
        }
    }

    private int reap() throws IOException {
        int slot = queue.await();
        Operation operation = operations[slot];
        int bytes = lengths[slot];
        if (measured) {
            responses(operation).record(System.nanoTime() - dueNs[slot]);
        }
        movedBytes += bytes;
        if (measuredBefore) {
            completed++;
        }
        if (operation == Operation.READ && content != null) {
            content.sample(queue.buffer(slot), positions[slot], bytes);
        }
        positions[slot] = IDLE;
        idleSlots[idle++] = slot;
        lastCompleted = operation;
        return bytes;
    }

    private boolean collides(long position, int bytes, boolean read) {
        if (!spec.writes()) {
            return false;
        }
        for (int slot = 0; slot < positions.length; slot++) {
            long at = positions[slot];
            if (at != IDLE
                    && at < position + bytes
                    && position < at + lengths[slot]
                    && !(read && operations[slot] == Operation.READ)) {
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
                new Sweep(device, region, content, spec.mostBytes()).verify();
            }
        }
    }
}
