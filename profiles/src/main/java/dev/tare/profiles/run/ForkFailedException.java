package dev.tare.profiles.run;

import org.jspecify.annotations.Nullable;

/** A fork ended without all its iterations. */
final class ForkFailedException extends Exception {
    private final String reason;

    ForkFailedException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
        this.reason = reason;
    }

    /** What the benchmark said, for people. */
    String reason() {
        return reason;
    }
}
