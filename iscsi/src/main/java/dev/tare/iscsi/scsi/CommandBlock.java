package dev.tare.iscsi.scsi;

import java.nio.ByteBuffer;

/** Writes command descriptor blocks of 16 bytes, the rest zero. */
public final class CommandBlock {
    /** Bytes of a block in an iSCSI header. */
    public static final int BYTES = 16;

    private static final long MAX_ADDRESS_10 = 0xffffffffL;
    private static final int MAX_BLOCKS_10 = 0xffff;

    private CommandBlock() {}

    /**
     * READ or WRITE: the form of 10 bytes where it reaches, else the form of 16.
     *
     * @param at where the block begins in {@code buffer}, which is zero there
     */
    public static void transfer(ByteBuffer buffer, int at, boolean write, long address, int blocks) {
        if (address + blocks - 1 <= MAX_ADDRESS_10 && blocks <= MAX_BLOCKS_10) {
            buffer.put(at, (byte) (write ? Operation.WRITE_10 : Operation.READ_10));
            buffer.putInt(at + 2, (int) address);
            buffer.putShort(at + 7, (short) blocks);
        } else {
            buffer.put(at, (byte) (write ? Operation.WRITE_16 : Operation.READ_16));
            buffer.putLong(at + 2, address);
            buffer.putInt(at + 10, blocks);
        }
    }

    /** TEST UNIT READY. */
    public static byte[] testUnitReady() {
        return new byte[BYTES];
    }

    /** INQUIRY for standard data. */
    public static byte[] inquiry(int allocated) {
        byte[] block = of(Operation.INQUIRY);
        ByteBuffer.wrap(block).putShort(3, (short) allocated);
        return block;
    }

    /** READ CAPACITY(10). */
    public static byte[] readCapacity10() {
        return of(Operation.READ_CAPACITY_10);
    }

    /** READ CAPACITY(16), for an answer of so many bytes. */
    public static byte[] readCapacity16(int allocated) {
        byte[] block = of(Operation.SERVICE_ACTION_IN_16);
        block[1] = Operation.READ_CAPACITY_16;
        ByteBuffer.wrap(block).putInt(10, allocated);
        return block;
    }

    /** REPORT LUNS, for an answer of so many bytes. */
    public static byte[] reportLuns(int allocated) {
        byte[] block = of(Operation.REPORT_LUNS);
        ByteBuffer.wrap(block).putInt(6, allocated);
        return block;
    }

    /** SYNCHRONIZE CACHE(10) of the whole unit: what was written is on the medium afterwards. */
    public static byte[] synchronizeCache() {
        return of(Operation.SYNCHRONIZE_CACHE_10);
    }

    /** What a command block asks for, for messages. */
    public static String words(ByteBuffer block) {
        int operation = block.get(0) & 0xff;
        String name = Operation.name(operation);
        return switch (operation) {
            case Operation.READ_10, Operation.WRITE_10 ->
                name + " of " + (block.getShort(7) & 0xffff) + " blocks at " + (block.getInt(2) & 0xffffffffL);
            case Operation.READ_16, Operation.WRITE_16 ->
                name + " of " + (block.getInt(10) & 0xffffffffL) + " blocks at "
                        + Long.toUnsignedString(block.getLong(2));
            default -> name;
        };
    }

    private static byte[] of(int operation) {
        byte[] block = new byte[BYTES];
        block[0] = (byte) operation;
        return block;
    }
}
