package dev.tare.clock;

import java.io.IOException;
import java.io.UncheckedIOException;

/** No usable answer from a clock server; the message says what came instead and what to do. */
public final class ClockUnreachableException extends UncheckedIOException {
    private static final long serialVersionUID = 1;

    /** @param message what was expected, what came, what to do */
    public ClockUnreachableException(String message, IOException cause) {
        super(message, cause);
    }

    /** @param message what was expected, what came, what to do */
    public ClockUnreachableException(String message) {
        this(message, new IOException(message));
    }
}
