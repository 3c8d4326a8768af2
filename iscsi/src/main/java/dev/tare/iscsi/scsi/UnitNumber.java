package dev.tare.iscsi.scsi;

import java.util.OptionalInt;

/** Logical unit numbers in the eight bytes of SAM-5, section 4.7: peripheral device addressing, or flat space from 256 on. */
public final class UnitNumber {
    /** The highest number that flat space addressing reaches. */
    public static final int MAX = 0x3fff;

    private static final int PERIPHERAL_MAX = 255;
    private static final int FLAT = 0x4000;

    private UnitNumber() {}

    public static long encode(int unit) {
        if (unit < 0 || unit > MAX) {
            throw new IllegalArgumentException("LUN: expected 0 to " + MAX + ", got " + unit);
        }
        return (long) (unit <= PERIPHERAL_MAX ? unit : unit | FLAT) << 48;
    }

    /** The number in the field, or empty for an address of another kind, which no disk has. */
    public static OptionalInt decode(long field) {
        int first = (int) (field >>> 48);
        boolean known = (field & 0xffff_ffff_ffffL) == 0 && first >>> 14 <= 1;
        return known ? OptionalInt.of(first & MAX) : OptionalInt.empty();
    }
}
