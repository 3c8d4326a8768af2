package dev.tare.iscsi.scsi;

import java.nio.ByteBuffer;

/**
 * Size of a logical unit.
 *
 * @param blocks number of blocks
 * @param blockBytes bytes of a block
 */
public record Capacity(long blocks, int blockBytes) {
    /** Bytes of an answer to READ CAPACITY(10). */
    public static final int BYTES_10 = 8;

    /** Bytes of an answer to READ CAPACITY(16). */
    public static final int BYTES_16 = 32;

    private static final long TOO_LARGE_FOR_10 = 0xffffffffL;

    /** Bytes of the whole unit. */
    public long bytes() {
        return blocks * blockBytes;
    }

    /** Whether an answer to READ CAPACITY(10) says that it can't say. */
    public static boolean needs16(ByteBuffer answer10) {
        return (answer10.getInt(0) & 0xffffffffL) == TOO_LARGE_FOR_10;
    }

    /** From an answer to READ CAPACITY(10), which begins at 0. */
    public static Capacity parse10(ByteBuffer answer) {
        return new Capacity((answer.getInt(0) & 0xffffffffL) + 1, answer.getInt(4));
    }

    /** From an answer to READ CAPACITY(16), which begins at 0. */
    public static Capacity parse16(ByteBuffer answer) {
        return new Capacity(answer.getLong(0) + 1, answer.getInt(8));
    }
}
