package dev.tare.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.Locale;

/** Command descriptor blocks of 16 bytes, the rest zero, and the operation codes with which they begin. */
public final class CommandBlock {
    /** Bytes of a block in an iSCSI header. */
    public static final int BYTES = 16;

    /** Bytes of what an UNMAP of one range sends: a header, and the range. */
    public static final int UNMAP_LIST_BYTES = 24;

    private static final long MAX_ADDRESS_10 = 0xffffffffL;
    private static final int MAX_BLOCKS_10 = 0xffff;

    public static final int TEST_UNIT_READY = 0x00;
    public static final int REQUEST_SENSE = 0x03;
    public static final int READ_6 = 0x08;
    public static final int WRITE_6 = 0x0a;
    public static final int INQUIRY = 0x12;
    public static final int MODE_SENSE_6 = 0x1a;
    public static final int START_STOP_UNIT = 0x1b;
    public static final int READ_CAPACITY_10 = 0x25;
    public static final int READ_10 = 0x28;
    public static final int WRITE_10 = 0x2a;
    public static final int SYNCHRONIZE_CACHE_10 = 0x35;
    public static final int UNMAP = 0x42;
    public static final int MODE_SENSE_10 = 0x5a;
    public static final int READ_16 = 0x88;
    public static final int WRITE_16 = 0x8a;
    public static final int SYNCHRONIZE_CACHE_16 = 0x91;
    public static final int SERVICE_ACTION_IN_16 = 0x9e;
    public static final int REPORT_LUNS = 0xa0;
    public static final int MAINTENANCE_IN = 0xa3;
    public static final int READ_12 = 0xa8;
    public static final int WRITE_12 = 0xaa;

    /** In a WRITE's byte 1, FUA: the blocks are on the medium when it is done. */
    public static final int FORCE_UNIT_ACCESS = 0x08;

    /** Service action of {@link #SERVICE_ACTION_IN_16}. */
    public static final int READ_CAPACITY_16 = 0x10;

    /** Service action of {@link #MAINTENANCE_IN}. */
    public static final int REPORT_SUPPORTED_OPERATION_CODES = 0x0c;

    private CommandBlock() {}

    /**
     * READ or WRITE: the form of 10 bytes where it reaches, else the form of 16.
     *
     * @param at where the block begins in {@code buffer}, which is zero there
     * @param durable whether it forces unit access
     */
    public static void transfer(ByteBuffer buffer, int at, boolean write, boolean durable, long address, int blocks) {
        buffer.put(at + 1, (byte) (durable ? FORCE_UNIT_ACCESS : 0));
        if (address + blocks - 1 <= MAX_ADDRESS_10 && blocks <= MAX_BLOCKS_10) {
            buffer.put(at, (byte) (write ? WRITE_10 : READ_10));
            buffer.putInt(at + 2, (int) address);
            buffer.putShort(at + 7, (short) blocks);
        } else {
            buffer.put(at, (byte) (write ? WRITE_16 : READ_16));
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
        byte[] block = of(INQUIRY);
        ByteBuffer.wrap(block).putShort(3, (short) allocated);
        return block;
    }

    /** INQUIRY for a page of vital product data. */
    public static byte[] inquiryOfPage(int page, int allocated) {
        byte[] block = inquiry(allocated);
        block[1] = 1;
        block[2] = (byte) page;
        return block;
    }

    /** READ CAPACITY(10). */
    public static byte[] readCapacity10() {
        return of(READ_CAPACITY_10);
    }

    /** READ CAPACITY(16), for an answer of so many bytes. */
    public static byte[] readCapacity16(int allocated) {
        byte[] block = of(SERVICE_ACTION_IN_16);
        block[1] = READ_CAPACITY_16;
        ByteBuffer.wrap(block).putInt(10, allocated);
        return block;
    }

    /** SYNCHRONIZE CACHE(10) of the whole unit: what was written is on the medium afterwards. */
    public static byte[] synchronizeCache() {
        return of(SYNCHRONIZE_CACHE_10);
    }

    /** UNMAP of what a list of {@value #UNMAP_LIST_BYTES} bytes names. */
    public static byte[] unmap() {
        byte[] block = of(UNMAP);
        ByteBuffer.wrap(block).putShort(7, (short) UNMAP_LIST_BYTES);
        return block;
    }

    /**
     * The list that an UNMAP of one range sends (SBC-3, section 5.28.2).
     *
     * @param list big-endian, of {@value #UNMAP_LIST_BYTES} bytes, in which nothing else was put before
     */
    public static void unmapList(ByteBuffer list, long address, int blocks) {
        list.putShort(0, (short) (UNMAP_LIST_BYTES - Short.BYTES));
        list.putShort(2, (short) 16);
        list.putLong(8, address);
        list.putInt(16, blocks);
    }

    /** MODE SENSE(6) of the page of caching, without block descriptors. */
    public static byte[] modeSenseOfCaching(int allocated) {
        byte[] block = of(MODE_SENSE_6);
        block[1] = 0x08;
        block[2] = 0x08;
        block[4] = (byte) allocated;
        return block;
    }

    /** What a command block asks for, for messages. */
    public static String words(ByteBuffer block) {
        int operation = block.get(0) & 0xff;
        String name = name(operation);
        return switch (operation) {
            case READ_10, WRITE_10 ->
                name + " of " + (block.getShort(7) & 0xffff) + " blocks at " + (block.getInt(2) & 0xffffffffL);
            case READ_16, WRITE_16 ->
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

    /** The standard's name of a code, for messages. */
    public static String name(int code) {
        return switch (code) {
            case TEST_UNIT_READY -> "TEST UNIT READY";
            case REQUEST_SENSE -> "REQUEST SENSE";
            case READ_6 -> "READ(6)";
            case WRITE_6 -> "WRITE(6)";
            case INQUIRY -> "INQUIRY";
            case MODE_SENSE_6 -> "MODE SENSE(6)";
            case START_STOP_UNIT -> "START STOP UNIT";
            case READ_CAPACITY_10 -> "READ CAPACITY(10)";
            case READ_10 -> "READ(10)";
            case WRITE_10 -> "WRITE(10)";
            case SYNCHRONIZE_CACHE_10 -> "SYNCHRONIZE CACHE(10)";
            case UNMAP -> "UNMAP";
            case MODE_SENSE_10 -> "MODE SENSE(10)";
            case READ_16 -> "READ(16)";
            case WRITE_16 -> "WRITE(16)";
            case SYNCHRONIZE_CACHE_16 -> "SYNCHRONIZE CACHE(16)";
            case SERVICE_ACTION_IN_16 -> "READ CAPACITY(16)";
            case REPORT_LUNS -> "REPORT LUNS";
            case MAINTENANCE_IN -> "REPORT SUPPORTED OPERATION CODES";
            case READ_12 -> "READ(12)";
            case WRITE_12 -> "WRITE(12)";
            default -> String.format(Locale.ROOT, "operation 0x%02x", code);
        };
    }
}
