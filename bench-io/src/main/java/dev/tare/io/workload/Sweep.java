package dev.tare.io.workload;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.pattern.BlockContent;
import dev.tare.io.pattern.Region;
import java.io.IOException;

/** Untimed passes over a whole region in large transfers: one writes its content, one checks every byte of it. */
public final class Sweep {
    private static final int CHUNK_BYTES = 1 << 20;
    private static final int DEPTH = 4;

    private final BlockDevice device;
    private final Region region;
    private final BlockContent content;
    private final int chunkBytes;

    /** A region whose size is a multiple of {@code blockBytes}. */
    public Sweep(BlockDevice device, Region region, BlockContent content, int blockBytes) {
        this.device = device;
        this.region = region;
        this.content = content;
        this.chunkBytes = region.sizeBytes() < CHUNK_BYTES ? blockBytes : CHUNK_BYTES;
    }

    /** Writes the content of every block at its present generation and makes it durable. */
    public void write() throws IOException {
        try (BlockQueue queue = device.openQueue(DEPTH, chunkBytes)) {
            pass(queue, false);
            queue.flush();
        }
    }

    /**
     * Reads and checks every byte.
     *
     * @throws dev.tare.io.device.DeviceException at the first byte that is not what was last written
     */
    public void verify() throws IOException {
        try (BlockQueue queue = device.openQueue(DEPTH, chunkBytes)) {
            pass(queue, true);
        }
    }

    private void pass(BlockQueue queue, boolean verify) throws IOException {
        long[] positions = new long[queue.depth()];
        int used = 0;
        for (long at = region.startBytes(); at < region.endBytes(); at += chunkBytes) {
            int slot = used < queue.depth() ? used++ : reap(queue, positions, verify);
            // The last chunk begins earlier where the region is no multiple of it, and does its beginning twice.
            positions[slot] = Math.min(at, region.endBytes() - chunkBytes);
            if (verify) {
                queue.submitRead(slot, positions[slot]);
            } else {
                content.fill(queue.buffer(slot), positions[slot]);
                queue.submitWrite(slot, positions[slot]);
            }
        }
        for (int outstanding = used; outstanding > 0; outstanding--) {
            reap(queue, positions, verify);
        }
    }

    private int reap(BlockQueue queue, long[] positions, boolean verify) throws IOException {
        int slot = queue.await();
        if (verify) {
            content.verify(queue.buffer(slot), positions[slot]);
        }
        return slot;
    }
}
