package dev.tare.iscsi.pdu;

import java.io.IOException;

/** The other side said something that RFC 7143 does not allow here: what was expected and what came; the session ends. */
public final class ProtocolViolation extends IOException {
    private static final long serialVersionUID = 1;

    public ProtocolViolation(String message) {
        super(message);
    }

    /** A violation in the words "expected ..., got ...". */
    public static ProtocolViolation expected(String expected, String got) {
        return new ProtocolViolation("iSCSI protocol: expected " + expected + ", got " + got);
    }
}
