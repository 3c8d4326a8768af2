package dev.tare.iscsi.scsi;

import java.util.Locale;

/** SCSI status codes (SAM-5, section 5.3). */
public final class Status {
    public static final int GOOD = 0x00;
    public static final int CHECK_CONDITION = 0x02;
    public static final int BUSY = 0x08;
    public static final int RESERVATION_CONFLICT = 0x18;
    public static final int TASK_SET_FULL = 0x28;
    public static final int TASK_ABORTED = 0x40;

    private Status() {}

    /** The standard's name of a status and what to do about it, for messages. */
    public static String words(int status) {
        return switch (status) {
            case GOOD -> "GOOD";
            case CHECK_CONDITION -> "CHECK CONDITION";
            case BUSY -> "BUSY: the target can't take commands now, try again later";
            case RESERVATION_CONFLICT -> "RESERVATION CONFLICT: another initiator has reserved the unit";
            case TASK_SET_FULL -> "TASK SET FULL: the target takes fewer commands at once, lower queueDepth";
            case TASK_ABORTED -> "TASK ABORTED: another initiator aborted it";
            default -> String.format(Locale.ROOT, "status 0x%02x", status);
        };
    }
}
