package dev.tare.io.workload;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.pattern.AccessPattern;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import java.io.IOException;

/**
 * Writes a thread's slice before it is measured: once always, because what was never written is not read from the disk, and
 * flash that is written for the first time is faster than ever after; more where the parameter {@code precondition} asks for it.
 * The first thread tells its progress on standard error.
 *
 * <p>Source: SNIA Solid State Storage Performance Test Specification 2.0.1, "Workload Independent Preconditioning".
 */
final class Preconditioning {
    private static final int MOST_DEPTH = 32;
    private static final int BUFFER_BYTES = 64 << 20;
    private static final int TIMES = 2;
    private static final int NOTES = 10;

    private final BlockDevice device;
    private final Region region;
    private final BlockContent content;
    private final boolean tells;

    Preconditioning(BlockDevice device, Region region, BlockContent content, ThreadPart part) {
        this.device = device;
        this.region = region;
        this.content = content;
        this.tells = part.thread() == 0;
    }

    /**
     * Does it.
     *
     * @param precondition {@code none}, {@code fill} or {@code random}
     * @param spec whose sizes and alignment the random writes have
     */
    void apply(String precondition, AccessSpec spec) throws IOException {
        Sweep sweep = new Sweep(device, region, content, spec.mostBytes());
        sweep.write();
        if (precondition.equals("fill")) {
            tell("fill: written once of twice");
            sweep.write();
            tell("fill: done");
        } else if (precondition.equals("random")) {
            writeAtRandom(spec.asRandomWrites());
        }
    }

    private void writeAtRandom(AccessSpec spec) throws IOException {
        AccessPattern pattern = new AccessPattern(spec, region);
        long wanted = TIMES * region.sizeBytes();
        int depth = Math.max(1, Math.min(MOST_DEPTH, BUFFER_BYTES / spec.mostBytes()));
        try (BlockQueue queue = device.openQueue(depth, spec.mostBytes())) {
            Outstanding outstanding = new Outstanding(depth);
            for (int slot = 0; slot < depth; slot++) {
                content.fill(queue.buffer(slot), region.startBytes());
            }
            int told = 0;
            for (long written = 0; written < wanted; written += pattern.bytes()) {
                pattern.advance();
                while (!outstanding.hasIdle()
                        || outstanding.collides(Operation.WRITE, pattern.positionBytes(), pattern.bytes())) {
                    outstanding.end(queue.await());
                }
                int slot = outstanding.begin(Operation.WRITE, pattern.positionBytes(), pattern.bytes());
                content.renew(queue.buffer(slot), pattern.positionBytes(), pattern.bytes());
                queue.submitWrite(slot, pattern.positionBytes(), pattern.bytes());
                if (written * NOTES / wanted > told) {
                    told++;
                    tell("random: " + told * 100 / NOTES + " % written");
                }
            }
            while (!outstanding.isEmpty()) {
                outstanding.end(queue.await());
            }
            queue.flush();
            tell("random: done");
        }
    }

    private void tell(String progress) {
        if (tells) {
            System.err.println("precondition=" + progress);
        }
    }
}
