package dev.tare.runs;

/** A path that is no run, or a run whose files cannot be understood. The message names the file and the place in it. */
public final class UnreadableRunException extends Exception {
    /** What was expected where, what came, and what to do. */
    public UnreadableRunException(String message) {
        super(message);
    }

    UnreadableRunException(String message, Throwable cause) {
        super(message, cause);
    }
}
