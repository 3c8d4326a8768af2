package dev.tare.campaign.wire;

import java.io.IOException;

/** The other side said something that is no message; nothing after it can be trusted. */
public final class MalformedMessageException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message who sent it, what was expected, what came */
    public MalformedMessageException(String message) {
        super(message);
    }
}
