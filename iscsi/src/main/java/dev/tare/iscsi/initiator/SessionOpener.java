package dev.tare.iscsi.initiator;

import dev.tare.iscsi.login.InitiatorLogin;
import dev.tare.iscsi.login.LoginRedirect;
import dev.tare.iscsi.login.LoginRefused;
import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.Wire;
import dev.tare.iscsi.scsi.UnitNumber;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Connects and logs in, following the target when it says that it is elsewhere. */
public final class SessionOpener {
    private static final int MOST_REDIRECTS = 3;

    private final SessionOptions options;

    public SessionOpener(SessionOptions options) {
        this.options = options;
    }

    SessionOptions options() {
        return options;
    }

    /** A connection that is logged in. */
    record LoggedIn(PduStream stream, InitiatorLogin.Outcome outcome) {}

    /**
     * Opens a session with one logical unit.
     *
     * @param target the target's IQN
     * @param unit its LUN
     * @param buffers one for each slot
     * @param notices where it is kept what the target does besides answering
     * @throws LoginRefused when the target says no
     */
    public Session open(Portal portal, String target, int unit, ByteBuffer[] buffers, Notices notices)
            throws IOException {
        if (buffers.length < 1 || buffers.length > Task.MAX_SLOTS) {
            throw new IllegalArgumentException(
                    "commands at once: expected 1 to " + Task.MAX_SLOTS + ", got " + buffers.length);
        }
        long lun = UnitNumber.encode(unit);
        InitiatorLogin.Identity identity =
                new InitiatorLogin.Identity(options.initiator(), target, options.credentials());
        LoggedIn login = logIn(portal, identity);
        return new Session(login.stream(), login.outcome(), options, lun, buffers, notices);
    }

    /** Connects and logs in. */
    LoggedIn logIn(Portal first, InitiatorLogin.Identity identity) throws IOException {
        SessionParameters wanted = SessionParameters.wanted(options.headerDigest(), options.dataDigest());
        Portal portal = first;
        for (int redirects = 0; ; redirects++) {
            Wire wire = Wire.connect(portal.address(), options.poll(), options.connectLimit());
            try {
                PduStream stream = new PduStream(wire);
                return new LoggedIn(stream, InitiatorLogin.run(stream, identity, wanted, options.connectLimit()));
            } catch (LoginRedirect redirect) {
                wire.close();
                if (redirects == MOST_REDIRECTS) {
                    throw new IOException(
                            "login at " + first + ": expected to arrive after " + MOST_REDIRECTS + " redirects, got "
                                    + redirect.getMessage(),
                            redirect);
                }
                portal = Portal.parse(redirect.address());
            } catch (IOException | RuntimeException e) {
                wire.close();
                throw e;
            }
        }
    }
}
