package dev.tare.io.workload;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One thread's part of a trial, from the first byte prepared to the last byte verified. */
public final class Job implements Closeable {
    private final BlockDevice device;
    private final AccessSpec spec;
    private final Region region;
    private final @Nullable BlockContent content;
    private final Workload workload;

    /**
     * Prepares a thread's slice of the working set and opens its queue.
     *
     * @param prepare whether to write the slice in full first; when not, its content is not known and cannot be checked,
     *     and the job may only read
     * @throws DeviceException when the device cannot serve the parameters
     */
    public static Job open(
            BlockDevice device, AccessParameters parameters, Shares shares, boolean prepare, int thread, int threads)
            throws IOException {
        AccessSpec spec = parameters.spec(shares);
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
        Region region = new Region(0, workingSetBytes).slice(thread, threads, parameters.blockBytes);
        if (region.sizeBytes() / spec.blockBytes() < parameters.queueDepth) {
            throw new IllegalArgumentException("sizeBytes: expected at least queueDepth=" + parameters.queueDepth
                    + " blocks of " + spec.blockBytes() + " bytes for each of " + threads + " threads, got "
                    + parameters.sizeBytes);
        }
        BlockContent content = prepare ? new BlockContent(parameters.seed, region) : null;
        if (content != null) {
            new Sweep(device, region, content, spec.blockBytes()).write();
        }
        BlockQueue queue = device.openQueue(parameters.queueDepth, parameters.blockBytes);
        return new Job(device, spec, region, content, new Workload(queue, spec, region, content));
    }

    private Job(BlockDevice device, AccessSpec spec, Region region, @Nullable BlockContent content, Workload workload) {
        this.device = device;
        this.spec = spec;
        this.region = region;
        this.content = content;
        this.workload = workload;
    }

    /** What the benchmark measures. */
    public Workload workload() {
        return workload;
    }

    /** Checks every byte of the slice, if it is known, and closes the queue. */
    @Override
    public void close() throws IOException {
        try (workload) {
            workload.drain();
            if (content != null) {
                new Sweep(device, region, content, spec.blockBytes()).verify();
            }
        }
    }
}
