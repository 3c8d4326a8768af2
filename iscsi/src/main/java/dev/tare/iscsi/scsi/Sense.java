package dev.tare.iscsi.scsi;

import java.nio.ByteBuffer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a command ended with CHECK CONDITION.
 *
 * @param key sense key
 * @param code additional sense code (ASC) in the upper, its qualifier (ASCQ) in the lower byte
 */
public record Sense(int key, int code) {
    public static final int NO_SENSE = 0x0;
    public static final int NOT_READY = 0x2;
    public static final int MEDIUM_ERROR = 0x3;
    public static final int ILLEGAL_REQUEST = 0x5;
    public static final int UNIT_ATTENTION = 0x6;
    public static final int ABORTED_COMMAND = 0xb;

    /** Unit attention after power on, reset, or the loss of the nexus. */
    public static final int POWER_ON = 0x2900;

    /** Bytes of {@link #toBytes}. */
    public static final int FIXED_BYTES = 18;

    public static final Sense NONE = new Sense(NO_SENSE, 0);
    public static final Sense INVALID_OPERATION = new Sense(ILLEGAL_REQUEST, 0x2000);
    public static final Sense INVALID_FIELD = new Sense(ILLEGAL_REQUEST, 0x2400);
    public static final Sense OUT_OF_RANGE = new Sense(ILLEGAL_REQUEST, 0x2100);
    public static final Sense NO_SUCH_UNIT = new Sense(ILLEGAL_REQUEST, 0x2500);
    public static final Sense READ_ERROR = new Sense(MEDIUM_ERROR, 0x1100);
    public static final Sense WRITE_ERROR = new Sense(MEDIUM_ERROR, 0x0c00);
    /** Protocol service CRC error: data of the command were lost on the way. */
    public static final Sense DATA_MISSING = new Sense(ABORTED_COMMAND, 0x4705);

    public static final Sense POWERED_ON = new Sense(UNIT_ATTENTION, POWER_ON);

    private static final int FIXED_CURRENT = 0x70;
    private static final int DESCRIPTOR_CURRENT = 0x72;

    /**
     * Reads fixed or descriptor format.
     *
     * @param data sense data, without the two bytes of its length before it
     */
    public static Sense parse(ByteBuffer data) {
        int at = data.position();
        int bytes = data.remaining();
        int format = bytes == 0 ? 0 : data.get(at) & 0x7f;
        if ((format & 0x7e) == DESCRIPTOR_CURRENT && bytes >= 4) {
            return new Sense(data.get(at + 1) & 0xf, data.getShort(at + 2) & 0xffff);
        }
        if ((format & 0x7e) == FIXED_CURRENT && bytes >= 14) {
            return new Sense(data.get(at + 2) & 0xf, data.getShort(at + 12) & 0xffff);
        }
        return NONE;
    }

    /** Fixed format (SPC-4, section 4.5.3). */
    public byte[] toBytes() {
        ByteBuffer data = ByteBuffer.allocate(FIXED_BYTES);
        data.put(0, (byte) FIXED_CURRENT);
        data.put(2, (byte) key);
        data.put(7, (byte) (FIXED_BYTES - 8));
        data.putShort(12, (short) code);
        return data.array();
    }

    /** Whether the unit tells of something that happened to it, and did not do the command. */
    public boolean isUnitAttention() {
        return key == UNIT_ATTENTION;
    }

    /**
     * Why a unit attention ends a run; null where it does not. The command that met it was not executed in any case and may
     * be sent again (SAM-5, section 5.14). That is no use when the unit has become another, or when other commands that were
     * outstanding are gone and will never be answered; what is told of the target, of paths, of reservations or of wear is
     * worth a note and no more.
     */
    public @Nullable String voidsTheRun() {
        return switch (code >> 8) {
            case 0x28 -> "what is on the unit now is not what was there before; keep others off it and run again";
            case 0x2f -> "those that were outstanding will never be answered; keep others off the unit and run again";
            case 0x3a -> "see to it that the unit has a medium and run again";
            default ->
                switch (code) {
                    case 0x2a09 -> "run again, with the new size";
                    case 0x3f05 -> "the LUN leads to another unit now; look after the target's mapping and run again";
                    case 0x5a00, 0x5a01 -> "leave the medium where it is and run again";
                    default -> null;
                };
        };
    }

    @Override
    public String toString() {
        return keyName() + ", ASC/ASCQ " + reason();
    }

    /** Code and qualifier with what they mean, without the key. */
    public String reason() {
        return String.format(Locale.ROOT, "%02xh/%02xh%s", code >> 8, code & 0xff, meaning());
    }

    private String keyName() {
        return switch (key) {
            case NO_SENSE -> "NO SENSE";
            case 0x1 -> "RECOVERED ERROR";
            case NOT_READY -> "NOT READY";
            case MEDIUM_ERROR -> "MEDIUM ERROR";
            case 0x4 -> "HARDWARE ERROR";
            case ILLEGAL_REQUEST -> "ILLEGAL REQUEST";
            case UNIT_ATTENTION -> "UNIT ATTENTION";
            case 0x7 -> "DATA PROTECT";
            case 0x8 -> "BLANK CHECK";
            case ABORTED_COMMAND -> "ABORTED COMMAND";
            default -> String.format(Locale.ROOT, "sense key %xh", key);
        };
    }

    private String meaning() {
        return switch (code) {
            case 0x0401, 0x0402, 0x0404 -> ": the unit is becoming ready";
            case 0x0c00, 0x0c02 -> ": write error";
            case 0x1100 -> ": unrecovered read error";
            case 0x2000 -> ": the target does not know the command";
            case 0x2100 -> ": block address out of range";
            case 0x2400 -> ": invalid field in the command";
            case 0x2500 -> ": no such logical unit: check the LUN";
            case 0x2700 -> ": write protected";
            case 0x2800, 0x2801 -> ": the medium may have changed";
            case 0x2900, 0x2901, 0x2902, 0x2903, 0x2904, 0x2905, 0x2906, 0x2907 -> ": power on, reset, or nexus lost";
            case 0x2a00, 0x2a01, 0x2a02 -> ": parameters changed";
            case 0x2a03, 0x2a04, 0x2a05 -> ": another initiator's reservation came or went";
            case 0x2a06, 0x2a07 -> ": the path's state changed (asymmetric access)";
            case 0x2a09 -> ": the capacity changed";
            case 0x2f00 -> ": another initiator cleared the commands";
            case 0x2f01, 0x2f02 -> ": the target cleared the commands";
            case 0x3807 -> ": a thin unit is nearly full";
            case 0x3a00, 0x3a01, 0x3a02 -> ": no medium";
            case 0x3f01 -> ": the target's firmware changed";
            case 0x3f02 -> ": the target's operating definition changed";
            case 0x3f03 -> ": what the unit says of itself changed";
            case 0x3f05 -> ": the unit's identifier changed";
            case 0x3f0e -> ": the target's list of logical units changed";
            case 0x5a00, 0x5a01 -> ": somebody wants to remove the medium";
            case 0x5d00 -> ": the unit expects to fail soon";
            default -> "";
        };
    }
}
