package dev.tare.iscsi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Content of a whole unit that tells its seed and its position in each eight bytes, so that nothing can be taken for another. */
record LunContent(long seed) {
    private static final int DEPTH = 8;
    private static final int IO_BYTES = 64 << 10;

    /** Writes all of the unit, several I/Os at once. */
    void write(Lun lun) throws IOException {
        write(lun, lun.sizeBytes(), DEPTH, IO_BYTES);
    }

    /** Writes the beginning of the unit, so many I/Os of a size at once. */
    void write(Lun lun, long sizeBytes, int depth, int ioBytes) throws IOException {
        try (LunQueue queue = lun.openQueue(depth, ioBytes)) {
            int outstanding = 0;
            for (long at = 0; at < sizeBytes; at += ioBytes) {
                int slot = outstanding < depth ? outstanding++ : queue.await();
                fill(queue.buffer(slot), at);
                queue.submitWrite(slot, at);
            }
            for (; outstanding > 0; outstanding--) {
                queue.await();
            }
            queue.flush();
        }
    }

    /** Reads all of the unit, several I/Os at once, and compares each byte. */
    void verify(Lun lun) throws IOException {
        verify(lun, lun.sizeBytes(), DEPTH, IO_BYTES);
    }

    /** Reads the beginning of the unit, so many I/Os of a size at once, and compares each byte. */
    void verify(Lun lun, long sizeBytes, int depth, int ioBytes) throws IOException {
        ByteBuffer expected = ByteBuffer.allocate(ioBytes).order(ByteOrder.LITTLE_ENDIAN);
        long[] positions = new long[depth];
        try (LunQueue queue = lun.openQueue(depth, ioBytes)) {
            int outstanding = 0;
            long at = 0;
            while (at < sizeBytes || outstanding > 0) {
                if (outstanding < depth && at < sizeBytes) {
                    positions[outstanding] = at;
                    queue.submitRead(outstanding++, at);
                    at += ioBytes;
                    continue;
                }
                int slot = queue.await();
                fill(expected, positions[slot]);
                assertThat(queue.buffer(slot).duplicate().clear())
                        .as("%d bytes at %d of content %d", ioBytes, positions[slot], seed)
                        .isEqualTo(expected);
                if (at < sizeBytes) {
                    positions[slot] = at;
                    queue.submitRead(slot, at);
                    at += ioBytes;
                } else {
                    outstanding--;
                }
            }
        }
    }

    /** Writes and verifies small and large I/Os, one and many at once, and as many as a queue takes. */
    static void throughEveryQueue(Lun lun) throws IOException {
        long seed = 1;
        for (int depth : new int[] {1, 32}) {
            for (int ioBytes : new int[] {4096, 1 << 20}) {
                through(lun, ++seed, ioBytes == 4096 ? 512L * 4096 : 40L << 20, depth, ioBytes);
            }
        }
        through(lun, ++seed, 1024L * 4096, 256, 4096);
    }

    private static void through(Lun lun, long seed, long sizeBytes, int depth, int ioBytes) throws IOException {
        LunContent content = new LunContent(seed);
        content.write(lun, sizeBytes, depth, ioBytes);
        content.verify(lun, sizeBytes, depth, ioBytes);
    }

    /** Puts into a buffer what belongs to a position. */
    void fill(ByteBuffer buffer, long position) {
        for (int i = 0; i < buffer.capacity(); i += Long.BYTES) {
            buffer.putLong(i, (position + i) * 0x9e3779b97f4a7c15L ^ seed);
        }
    }
}
