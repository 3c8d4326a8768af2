package dev.tare.iscsi.initiator;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A unit or an I/O that did not do what was expected; the message says what came instead and what to do next. */
public final class IscsiException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Composes the message {@code subject: expected ..., got ...; advice}.
     *
     * @param subject unit and operation
     * @param advice what the user can do next
     * @param cause the failure below, or null
     */
    IscsiException(String subject, String expected, String got, String advice, @Nullable Throwable cause) {
        super(subject + ": expected " + expected + ", got " + got + "; " + advice, cause);
    }
}
