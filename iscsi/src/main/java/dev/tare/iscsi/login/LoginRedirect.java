package dev.tare.iscsi.login;

import java.io.IOException;

/** The target says that it is elsewhere (status class 1). */
public final class LoginRedirect extends IOException {
    private static final long serialVersionUID = 1;

    private final String address;

    LoginRedirect(String address) {
        super("the target moved to " + address);
        this.address = address;
    }

    /** {@code host[:port][,portal group]} as the target wrote it. */
    public String address() {
        return address;
    }
}
