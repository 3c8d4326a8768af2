package dev.tare.iscsi.scsi;

import java.util.Locale;

/** Operation codes, the first byte of a command descriptor block. */
public final class Operation {
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
    public static final int MODE_SENSE_10 = 0x5a;
    public static final int READ_16 = 0x88;
    public static final int WRITE_16 = 0x8a;
    public static final int SYNCHRONIZE_CACHE_16 = 0x91;
    public static final int SERVICE_ACTION_IN_16 = 0x9e;
    public static final int REPORT_LUNS = 0xa0;
    public static final int MAINTENANCE_IN = 0xa3;
    public static final int READ_12 = 0xa8;
    public static final int WRITE_12 = 0xaa;

    /** Service action of {@link #SERVICE_ACTION_IN_16}. */
    public static final int READ_CAPACITY_16 = 0x10;

    /** Service action of {@link #MAINTENANCE_IN}. */
    public static final int REPORT_SUPPORTED_OPERATION_CODES = 0x0c;

    private Operation() {}

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
