package dev.tare.net.control;

import java.io.IOException;

/** Bytes that are no message of the protocol. */
public final class MalformedMessageException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedMessageException(String expected, String got) {
        super("not what a peer of this kind says: expected " + expected + ", got " + got);
    }
}
