package dev.tare.iscsi.scsi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A command that the target answered, but not with GOOD and all its data; the session goes on. */
public final class ScsiFailure extends IOException {
    private static final long serialVersionUID = 1;

    private final String command;
    private final String outcome;
    private final transient @Nullable Sense sense;

    /**
     * @param command what was asked for, as in "READ(10) of 8 blocks at 1024"
     * @param sense the target's reason, or null when it gave none
     */
    public ScsiFailure(String command, String outcome, @Nullable Sense sense) {
        super(command + ": expected GOOD, got " + words(outcome, sense));
        this.command = command;
        this.outcome = words(outcome, sense);
        this.sense = sense;
    }

    private static String words(String outcome, @Nullable Sense sense) {
        return outcome + (sense == null ? "" : " (" + sense + ")");
    }

    /** What failed. */
    public String command() {
        return command;
    }

    /** What came instead of GOOD, in words. */
    public String outcome() {
        return outcome;
    }

    /** Why, in the target's own numbers; null when it gave none. */
    public @Nullable Sense sense() {
        return sense;
    }
}
