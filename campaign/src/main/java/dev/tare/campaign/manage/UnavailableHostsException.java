package dev.tare.campaign.manage;

import java.io.IOException;

/** Hosts, network or folder cannot serve a campaign; the message says which, why, and what to do. */
public final class UnavailableHostsException extends IOException {
    private static final long serialVersionUID = 1;

    /** @param message which host, what was expected, what came, what to do */
    public UnavailableHostsException(String message) {
        super(message);
    }

    /** @param message which host, what was expected, what came, what to do */
    public UnavailableHostsException(String message, Throwable cause) {
        super(message, cause);
    }
}
