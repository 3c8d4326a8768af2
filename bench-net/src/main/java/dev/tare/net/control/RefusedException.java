package dev.tare.net.control;

import java.io.IOException;

/** The peer understood and refused; the message is the peer's own words. */
public final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    /** With the words of the other end. */
    public RefusedException(String words) {
        super("the peer says: " + words);
    }
}
