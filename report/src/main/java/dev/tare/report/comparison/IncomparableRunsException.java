package dev.tare.report.comparison;

/** Runs that have nothing in common. The message says what each of them has. */
public final class IncomparableRunsException extends Exception {
    IncomparableRunsException(String message) {
        super(message);
    }
}
