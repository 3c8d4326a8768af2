package dev.tare.iscsi.target;

import dev.tare.iscsi.scsi.CommandBlock;
import dev.tare.iscsi.scsi.Sense;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** What the disk says of itself: INQUIRY with its pages, READ CAPACITY, MODE SENSE, REPORT LUNS (SPC-4, SBC-3). */
final class DiskDescription {
    private static final String VENDOR = "TARE    ";
    private static final String PRODUCT = "BENCH DISK      ";
    private static final String REVISION = "0001";
    private static final int STANDARD_BYTES = 96;
    private static final int PHYSICAL_EXPONENT = 3;
    private static final int SUPPORTED_PAGES = 0x00;
    private static final int SERIAL_NUMBER = 0x80;
    private static final int DEVICE_IDENTIFICATION = 0x83;
    private static final int BLOCK_LIMITS = 0xb0;
    private static final int BLOCK_CHARACTERISTICS = 0xb1;
    private static final byte[] PAGES = {
        SUPPORTED_PAGES,
        (byte) SERIAL_NUMBER,
        (byte) DEVICE_IDENTIFICATION,
        (byte) BLOCK_LIMITS,
        (byte) BLOCK_CHARACTERISTICS
    };

    private final long blocks;
    private final String name;

    /**
     * @param name the target's IQN, from which the disk's names are made
     */
    DiskDescription(long blocks, String name) {
        this.blocks = blocks;
        this.name = name;
    }

    /** The answer to an INQUIRY of a LUN that has no disk. */
    static Disk.Response inquiryOfNothing(ByteBuffer block) {
        byte[] data = standard();
        data[0] = 0x7f;
        return Disk.Response.data(data, block.getShort(3) & 0xffff);
    }

    Disk.Response inquiry(ByteBuffer block) {
        boolean vitalProductData = (block.get(1) & 1) != 0;
        int page = block.get(2) & 0xff;
        int allocated = block.getShort(3) & 0xffff;
        if ((block.get(1) & 0xfe) != 0 || (!vitalProductData && page != 0)) {
            return Disk.Response.checkCondition(Sense.INVALID_FIELD);
        }
        if (!vitalProductData) {
            return Disk.Response.data(standard(), allocated);
        }
        return switch (page) {
            case SUPPORTED_PAGES -> Disk.Response.data(page(page, PAGES), allocated);
            case SERIAL_NUMBER ->
                Disk.Response.data(page(page, serial().getBytes(StandardCharsets.US_ASCII)), allocated);
            case DEVICE_IDENTIFICATION -> Disk.Response.data(page(page, designators()), allocated);
            case BLOCK_LIMITS -> Disk.Response.data(page(page, limits()), allocated);
            case BLOCK_CHARACTERISTICS -> Disk.Response.data(page(page, characteristics()), allocated);
            default -> Disk.Response.checkCondition(Sense.INVALID_FIELD);
        };
    }

    private static byte[] standard() {
        ByteBuffer data = ByteBuffer.allocate(STANDARD_BYTES);
        data.put(2, (byte) 0x06); // SPC-4
        data.put(3, (byte) 0x12); // hierarchical LUNs, response format 2
        data.put(4, (byte) (STANDARD_BYTES - 5));
        data.put(7, (byte) 0x02); // command queueing
        data.put(8, (VENDOR + PRODUCT + REVISION).getBytes(StandardCharsets.US_ASCII));
        data.putShort(58, (short) 0x00a0); // SAM-5
        data.putShort(60, (short) 0x0960); // iSCSI
        data.putShort(62, (short) 0x0460); // SPC-4
        data.putShort(64, (short) 0x04c0); // SBC-3
        return data.array();
    }

    private static byte[] page(int code, byte[] content) {
        ByteBuffer data = ByteBuffer.allocate(4 + content.length);
        data.put(1, (byte) code);
        data.putShort(2, (short) content.length);
        data.put(4, content);
        return data.array();
    }

    private String serial() {
        return String.format(Locale.ROOT, "%08x", name.hashCode());
    }

    private byte[] designators() {
        byte[] vendorSpecific = (VENDOR + serial()).getBytes(StandardCharsets.US_ASCII);
        byte[] scsiName = Arrays.copyOf(
                (name + ",L,0x0000000000000000").getBytes(StandardCharsets.UTF_8),
                (name.getBytes(StandardCharsets.UTF_8).length + 21 + 4) / 4 * 4);
        ByteBuffer data = ByteBuffer.allocate(4 + vendorSpecific.length + 12 + 4 + scsiName.length);
        data.put((byte) 0x02).put((byte) 0x01).put((byte) 0).put((byte) vendorSpecific.length); // ASCII, T10 vendor
        data.put(vendorSpecific);
        // NAA 3, locally assigned: the name's hash, because nobody gave us a company number.
        data.put((byte) 0x01).put((byte) 0x03).put((byte) 0).put((byte) 8);
        data.putLong(0x3L << 60 | (name.hashCode() & 0xffffffffL));
        data.put((byte) 0x03).put((byte) 0x08).put((byte) 0).put((byte) scsiName.length); // UTF-8, SCSI name
        data.put(scsiName);
        return data.array();
    }

    private static byte[] limits() {
        ByteBuffer data = ByteBuffer.allocate(60);
        data.putShort(2, (short) (1 << PHYSICAL_EXPONENT)); // optimal transfer length granularity
        data.putInt(4, Disk.MAX_TRANSFER_BLOCKS);
        data.putInt(8, Disk.MAX_TRANSFER_BLOCKS / 16);
        return data.array();
    }

    private static byte[] characteristics() {
        ByteBuffer data = ByteBuffer.allocate(60);
        data.putShort(0, (short) 1); // does not rotate
        return data.array();
    }

    Disk.Response capacity10(ByteBuffer block) {
        if ((block.get(8) & 1) == 0 && block.getInt(2) != 0) {
            return Disk.Response.checkCondition(Sense.INVALID_FIELD);
        }
        ByteBuffer data = ByteBuffer.allocate(8);
        data.putInt(0, (int) Math.min(blocks - 1, 0xffffffffL));
        data.putInt(4, Disk.BLOCK_BYTES);
        return Disk.Response.data(data.array(), 8);
    }

    Disk.Response capacity16(ByteBuffer block) {
        if ((block.get(1) & 0x1f) != CommandBlock.READ_CAPACITY_16) {
            return Disk.Response.checkCondition(Sense.INVALID_OPERATION);
        }
        if ((block.get(14) & 1) == 0 && block.getLong(2) != 0) {
            return Disk.Response.checkCondition(Sense.INVALID_FIELD);
        }
        ByteBuffer data = ByteBuffer.allocate(32);
        data.putLong(0, blocks - 1);
        data.putInt(8, Disk.BLOCK_BYTES);
        data.put(13, (byte) PHYSICAL_EXPONENT);
        return Disk.Response.data(data.array(), (int) Math.min(block.getInt(10) & 0xffffffffL, 32));
    }

    Disk.Response reportLuns(ByteBuffer block) {
        int allocated = (int) Math.min(block.getInt(6) & 0xffffffffL, 16);
        int select = block.get(2) & 0xff;
        if (select > 2) {
            return Disk.Response.checkCondition(Sense.INVALID_FIELD);
        }
        ByteBuffer data = ByteBuffer.allocate(select == 1 ? 8 : 16);
        data.putInt(0, data.capacity() - 8);
        return Disk.Response.data(data.array(), allocated);
    }

    Disk.Response modeSense6(ByteBuffer block) {
        byte[] pages = modePages(block.get(2) & 0xff);
        if (pages.length == 0 || block.get(3) != 0) {
            return Disk.Response.checkCondition(Sense.INVALID_FIELD);
        }
        ByteBuffer data = ByteBuffer.allocate(4 + pages.length);
        data.put(0, (byte) (data.capacity() - 1));
        data.put(2, (byte) 0x10); // DPO and FUA
        data.put(4, pages);
        return Disk.Response.data(data.array(), block.get(4) & 0xff);
    }

    Disk.Response modeSense10(ByteBuffer block) {
        byte[] pages = modePages(block.get(2) & 0xff);
        if (pages.length == 0 || block.get(3) != 0) {
            return Disk.Response.checkCondition(Sense.INVALID_FIELD);
        }
        ByteBuffer data = ByteBuffer.allocate(8 + pages.length);
        data.putShort(0, (short) (data.capacity() - 2));
        data.put(3, (byte) 0x10);
        data.put(8, pages);
        return Disk.Response.data(data.array(), block.getShort(7) & 0xffff);
    }

    /** The pages that a MODE SENSE asks for, current or default values; none when we do not have them. */
    private static byte[] modePages(int control) {
        int page = control & 0x3f;
        boolean changeable = control >> 6 == 1;
        boolean saved = control >> 6 == 3;
        byte[] caching = new byte[20];
        caching[0] = 0x08;
        caching[1] = 18;
        caching[2] = (byte) (changeable ? 0 : 0x04); // write cache on
        byte[] controlMode = new byte[12];
        controlMode[0] = 0x0a;
        controlMode[1] = 10;
        if (saved) {
            return new byte[0];
        }
        return switch (page) {
            case 0x08 -> caching;
            case 0x0a -> controlMode;
            case 0x3f -> {
                byte[] all = Arrays.copyOf(caching, caching.length + controlMode.length);
                System.arraycopy(controlMode, 0, all, caching.length, controlMode.length);
                yield all;
            }
            default -> new byte[0];
        };
    }
}
