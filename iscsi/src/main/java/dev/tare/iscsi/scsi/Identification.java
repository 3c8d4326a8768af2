package dev.tare.iscsi.scsi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What a logical unit says of itself in standard INQUIRY data.
 *
 * @param deviceType peripheral device type, 0 for a disk
 * @param present whether a unit is behind the LUN (peripheral qualifier 0)
 */
public record Identification(int deviceType, boolean present, String vendor, String product, String revision) {
    /** Bytes of standard INQUIRY data that every unit has. */
    public static final int BYTES = 36;

    /** The peripheral device type of a disk. */
    public static final int DISK = 0;

    public static Identification parse(ByteBuffer data) {
        return new Identification(
                data.get(0) & 0x1f, (data.get(0) & 0xe0) == 0, text(data, 8, 8), text(data, 16, 16), text(data, 32, 4));
    }

    private static String text(ByteBuffer data, int at, int length) {
        byte[] bytes = new byte[length];
        data.get(at, bytes);
        return new String(bytes, StandardCharsets.US_ASCII)
                .replaceAll("[^\\x20-\\x7e]", " ")
                .strip();
    }
}
