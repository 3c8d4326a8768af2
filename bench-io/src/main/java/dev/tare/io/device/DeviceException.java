package dev.tare.io.device;

import java.io.IOException;

/** An I/O or a device that did not do what was expected; the message says what came instead and what to do next. */
public final class DeviceException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Composes the message {@code subject: expected ..., got ...; advice}.
     *
     * @param subject device and operation, for example {@code read of 4096 bytes at 8192 of /dev/sdb}
     * @param advice what the user can do next
     */
    public DeviceException(String subject, String expected, String got, String advice) {
        super(subject + ": expected " + expected + ", got " + got + "; " + advice);
    }

    /** As the other constructor, with the failure below as its cause. */
    public DeviceException(String subject, String expected, String got, String advice, Throwable cause) {
        super(subject + ": expected " + expected + ", got " + got + "; " + advice, cause);
    }

    /** When a queue is waited for that has nothing to do. */
    public static DeviceException nothingOutstanding(String name) {
        return new DeviceException("wait on " + name, "an outstanding I/O", "none", "submit one first");
    }
}
