package dev.tare.iscsi.login;

import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The target does not let us in: its status (RFC 7143, section 11.13.5) in words, and what to do. */
public final class LoginRefused extends IOException {
    private static final long serialVersionUID = 1;
    private static final int NO_SUCH_TARGET = 0x0203;
    /** What Linux' own target says of a name that it does not have. */
    private static final int UNAVAILABLE = 0x0301;

    private final boolean noSuchTarget;
    private final @Nullable String movedTo;

    LoginRefused(String message) {
        this(message, false, null);
    }

    private LoginRefused(String message, boolean noSuchTarget, @Nullable String movedTo) {
        super(message);
        this.noSuchTarget = noSuchTarget;
        this.movedTo = movedTo;
    }

    /** The target says that it is elsewhere (status class 1). */
    static LoginRefused moved(String address) {
        return new LoginRefused("the target moved to " + TextKeys.printable(address), false, address);
    }

    /** {@code host[:port][,portal group]}, as the target wrote it, where the target is instead; null when it is nowhere. */
    public @Nullable String movedTo() {
        return movedTo;
    }

    /** Whether there is a portal, but perhaps no target of this name behind it. */
    public boolean isNoSuchTarget() {
        return noSuchTarget;
    }

    static LoginRefused status(int statusClass, int detail, String target) {
        int status = statusClass << 8 | detail;
        return new LoginRefused(
                String.format(Locale.ROOT, "login to %s refused with status %04x: %s", target, status, words(status)),
                status == NO_SUCH_TARGET || status == UNAVAILABLE,
                null);
    }

    /** A status in words. */
    static String words(int status) {
        return switch (status) {
            case 0x0200 -> "initiator error: the target does not accept what we offered";
            case 0x0201 -> "authentication failed: check user and secret";
            case 0x0202 -> "not authorized: the target's access list does not have this initiator or address";
            case NO_SUCH_TARGET -> "no such target: check the IQN";
            case 0x0204 -> "the target was removed";
            case 0x0205 -> "unsupported version";
            case 0x0206 -> "too many connections in the session";
            case 0x0207 -> "missing parameter";
            case 0x0208 -> "the session can't be on this portal";
            case 0x0209 -> "session type not supported";
            case 0x020a -> "the session does not exist";
            case 0x020b -> "invalid request during login";
            case 0x0300 -> "target error: see the target's log";
            case UNAVAILABLE -> "service unavailable: the target is not ready, or not there: check the IQN";
            case 0x0302 -> "the target is out of resources: fewer sessions, or try again later";
            default -> "a status that RFC 7143 does not know";
        };
    }
}
