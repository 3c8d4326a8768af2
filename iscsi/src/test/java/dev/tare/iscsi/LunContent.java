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
        try (LunQueue queue = lun.openQueue(DEPTH, IO_BYTES)) {
            int outstanding = 0;
            for (long at = 0; at < lun.sizeBytes(); at += IO_BYTES) {
                int slot = outstanding < DEPTH ? outstanding++ : queue.await();
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
        ByteBuffer expected = ByteBuffer.allocate(IO_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long[] positions = new long[DEPTH];
        try (LunQueue queue = lun.openQueue(DEPTH, IO_BYTES)) {
            int outstanding = 0;
            long at = 0;
            while (at < lun.sizeBytes() || outstanding > 0) {
                if (outstanding < DEPTH && at < lun.sizeBytes()) {
                    positions[outstanding] = at;
                    queue.submitRead(outstanding++, at);
                    at += IO_BYTES;
                    continue;
                }
                int slot = queue.await();
                fill(expected, positions[slot]);
                assertThat(queue.buffer(slot).duplicate().clear())
                        .as("64 KiB at %d of content %d", positions[slot], seed)
                        .isEqualTo(expected);
                if (at < lun.sizeBytes()) {
                    positions[slot] = at;
                    queue.submitRead(slot, at);
                    at += IO_BYTES;
                } else {
                    outstanding--;
                }
            }
        }
    }

    /** Puts into a buffer what belongs to a position. */
    void fill(ByteBuffer buffer, long position) {
        for (int i = 0; i < buffer.capacity(); i += Long.BYTES) {
            buffer.putLong(i, (position + i) * 0x9e3779b97f4a7c15L ^ seed);
        }
    }
}
