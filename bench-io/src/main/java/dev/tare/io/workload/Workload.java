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
    private final BlockDevice device;
    private final BlockQueue queue;
    private final AccessSpec spec;
    private final Region region;
    private final AccessPattern pattern;
    private final @Nullable BlockContent content;
    private final Optional<Arrivals> arrivals;
    private final int writesPerFsync;
    private final ThreadRecord record;
    private final Outstanding outstanding;
    private boolean nextIsPending;
    private Operation next = Operation.READ;
    private int writesSinceFsync;
    private Operation lastCompleted = Operation.READ;

    /**
     * Prepares a thread's slice of the working set and opens its queue.
     *
     * @param prepare whether to write the slice in full first; when not, its content is not known and cannot be checked,
     *     and the pattern may only read
     * @throws DeviceException when the device cannot serve the parameters
     */
    public static Workload open(
            BlockDevice device, AccessParameters parameters, AccessSpec wanted, boolean prepare, ThreadPart part)
            throws IOException {
        AccessSpec spec = wanted.ofTarget(part.target());
        if (spec.writes() && !prepare) {
            throw new IllegalArgumentException("content: expected to know it when the pattern writes, got none");
        }
        if (!prepare && !parameters.precondition.equals("none")) {
            throw new IllegalArgumentException("precondition: expected none for a target that may not be written, got "
                    + parameters.precondition + "; overwrite=true gives leave if all that it contains may be lost");
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
        Region region = part.slice(new Region(0, workingSetBytes), spec.mostBytes());
        if (region.sizeBytes() / spec.mostBytes() < parameters.queueDepth) {
            throw new IllegalArgumentException("sizeBytes: expected at least queueDepth=" + parameters.queueDepth
                    + " blocks of " + spec.mostBytes() + " bytes for each of " + part.threadsOfTarget()
                    + " threads, got " + parameters.sizeBytes);
        }
        BlockContent content = prepare ? new BlockContent(spec.seed(), region) : null;
        if (content != null) {
            new Preconditioning(device, region, content, part).apply(parameters.precondition, spec);
        }
        BlockQueue queue = device.openQueue(parameters.queueDepth, spec.mostBytes());
        return new Workload(device, queue, parameters, spec, region, content, part);
    }

    private Workload(
            BlockDevice device,
            BlockQueue queue,
            AccessParameters parameters,
            AccessSpec spec,
            Region region,
            @Nullable BlockContent content,
            ThreadPart part) {
        this.device = device;
        this.queue = queue;
        this.spec = spec;
        this.region = region;
        this.pattern = new AccessPattern(spec, region);
        this.content = content;
        this.arrivals =
                parameters.arrivalRate().map(rate -> new Arrivals(rate, part.thread(), part.threads(), spec.seed()));
        this.writesPerFsync = Durability.of(parameters.sync).writesPerFsync();
        this.outstanding = new Outstanding(queue.depth());
        this.record = new ThreadRecord(
                spec, writesPerFsync > 0 && spec.writes(), parameters.logPath().map(path -> new IoLog()));
        for (int slot = 0; slot < queue.depth() && content != null; slot++) {
            content.fill(queue.buffer(slot), region.startBytes() + slot * (long) spec.mostBytes());
        }
    }

    /** I/Os completed since the first measured step of the iteration, those of later steps that were not measured included. */
    public long completed() {
        return record.completed();
    }

    /** Response times of the measured steps since {@link #beginIteration}, of an operation that the workload has. */
    ResponseTimes responses(Operation operation) {
        return record.responses(operation);
    }

    /** How many response times of I/Os were recorded since {@link #beginIteration}: those of the measured steps. */
    public long recorded() {
        return record.recorded();
    }

    /** What the I/O of the last step was. */
    public Operation lastCompleted() {
        return lastCompleted;
    }

    /** Bytes per second of the fastest iteration so far, with all of its steps. */
    public double fastestBytesPerS() {
        return record.fastestBytesPerS();
    }

    /** The part of its slice that was accessed so far, 0 to 1. */
    public double coveredShare() {
        return pattern.coveredShare();
    }

    /** Every measured I/O, if that was asked for. */
    Optional<IoLog> log() {
        return record.log();
    }

    /**
     * Does I/Os for a while, unmeasured and in a closed loop.
     *
     * @return how many were completed per second
     */
    double round(double seconds) throws IOException {
        restoreDiscarded();
        long fromNs = System.nanoTime();
        long done = 0;
        record.measure(false);
        while (System.nanoTime() - fromNs < seconds * 1e9) {
            fill();
            reap();
            done++;
        }
        double perS = done * 1e9 / (System.nanoTime() - fromNs);
        drain();
        return perS;
    }

    /**
     * Begins to count anew.
     *
     * @param isLogged whether measured I/Os go into the log, if there is one
     */
    public void beginIteration(boolean isLogged) throws IOException {
        restoreDiscarded();
        long nowNs = System.nanoTime();
        record.begin(isLogged, nowNs);
        arrivals.ifPresent(requests -> requests.begin(nowNs));
    }

    /** Writes what was discarded, because nothing is discarded twice. */
    private void restoreDiscarded() throws IOException {
        if (content != null && content.hasDiscarded()) {
            new Sweep(device, region, content, spec.mostBytes()).write();
        }
    }

    /**
     * Ends to count, and records the response times since {@link #beginIteration}: {@code response} of all I/Os; {@code read}
     * and {@code write} of either where there are both; {@code fsync}. In a closed loop what is outstanding counts nowhere, and
     * {@link #drain()} comes after this; in an open one it is waited for here, because leaving out the slow ones would flatter.
     *
     * @return of an open loop, how many in a hundred of the requests that were due were begun
     */
    public Optional<Double> endIteration(SecondaryResults results) throws IOException {
        long endNs = System.nanoTime();
        record.end(endNs);
        Optional<Double> achievedPercent = Optional.empty();
        if (arrivals.isPresent()) {
            record.measureAsBefore();
            complete();
            ResponseTimes unserved = new ResponseTimes();
            achievedPercent = Optional.of(arrivals.get().end(endNs, unserved, results));
            results.record("response", unserved);
        }
        record.handOver(results);
        return achievedPercent;
    }

    /**
     * Begins what is to be begun, waits for one I/O and checks a sample of what it read.
     *
     * @param isMeasured whether the response counts
     * @return the bytes transferred
     */
    public int step(boolean isMeasured) throws IOException {
        record.measure(isMeasured);
        if (arrivals.isPresent()) {
            serve(arrivals.get());
        } else {
            fill();
        }
        return reap();
    }

    /** Waits for everything that is outstanding; it counts nowhere. */
    public void drain() throws IOException {
        record.measure(false);
        complete();
    }

    private void complete() throws IOException {
        while (!outstanding.isEmpty()) {
            reap();
        }
    }

    private void fill() throws IOException {
        while (outstanding.hasIdle() && mayBeginNext()) {
            begin(null);
        }
    }

    /** Begins what is due until there is an I/O to wait for: one is done, all slots are taken, or the next must wait for one. */
    private void serve(Arrivals requests) throws IOException {
        while (true) {
            while (outstanding.hasIdle() && requests.isDue(System.nanoTime())) {
                if (!mayBeginNext()) {
                    return;
                }
                begin(requests);
            }
            if (outstanding.isEmpty()) {
                requests.await();
            } else if (!outstanding.hasIdle() || queue.awaitUntil(requests.dueNs())) {
                return;
            }
        }
    }

    /** Whether the next I/O need not wait for one that is outstanding, because they overlap or an fsync is to come first. */
    private boolean mayBeginNext() throws IOException {
        if (writesPerFsync > 0 && writesSinceFsync == writesPerFsync) {
            if (!outstanding.isEmpty()) {
                return false;
            }
            fsync();
        }
        if (!nextIsPending) {
            pattern.advance();
            nextIsPending = true;
            next = pattern.isRead() ? Operation.READ : spec.discards() ? Operation.DISCARD : Operation.WRITE;
        }
        return !spec.writes() || !outstanding.collides(next, pattern.positionBytes(), pattern.bytes());
    }

    private void begin(@Nullable Arrivals requests) throws IOException {
        nextIsPending = false;
        long position = pattern.positionBytes();
        int bytes = pattern.bytes();
        int slot = outstanding.begin(next, position, bytes);
        if (next == Operation.WRITE && content != null) {
            content.renew(queue.buffer(slot), position, bytes);
        }
        long nowNs = System.nanoTime();
        outstanding.submit(slot, requests == null ? nowNs : requests.take(), nowNs);
        switch (next) {
            case READ -> queue.submitRead(slot, position, bytes);
            case WRITE -> {
                writesSinceFsync++;
                queue.submitWrite(slot, position, bytes);
            }
            default -> {
                record.discard(content != null && content.discard(position, bytes));
                queue.submitDiscard(slot, position, bytes);
            }
        }
    }

    private void fsync() throws IOException {
        long fromNs = System.nanoTime();
        queue.flush();
        writesSinceFsync = 0;
        record.add(Operation.FSYNC, fromNs, fromNs, System.nanoTime(), 0, 0);
    }

    private int reap() throws IOException {
        int slot = queue.await();
        Operation operation = outstanding.operation(slot);
        long position = outstanding.position(slot);
        int bytes = outstanding.bytes(slot);
        record.add(
                operation, outstanding.dueNs(slot), outstanding.submittedNs(slot), System.nanoTime(), position, bytes);
        if (operation == Operation.READ && content != null) {
            content.sample(queue.buffer(slot), position, bytes);
        }
        outstanding.end(slot);
        lastCompleted = operation;
        return bytes;
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
