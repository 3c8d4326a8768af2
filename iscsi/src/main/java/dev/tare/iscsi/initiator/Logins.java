package dev.tare.iscsi.initiator;

import dev.tare.iscsi.login.InitiatorLogin;
import dev.tare.iscsi.login.LoginRefused;
import dev.tare.iscsi.login.SessionParameters;
import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logs in at portals: takes a name's addresses one after the other until one serves, and follows a target that says that it
 * is elsewhere. The address that served is asked first the next time, so that one that never answers costs its deadline
 * once. For any number of threads, one after the other: istgt, for one, takes a second for each login and no other meanwhile,
 * and nobody's deadline should begin before it is his turn.
 */
final class Logins {
    private static final int MOST_REDIRECTS = 3;

    private final SessionOptions options;
    private final Resolver resolver;
    private final Map<Portal, InetAddress> served = new HashMap<>();

    /** Looks up a name. */
    interface Resolver {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /** A connection that is logged in. */
    record LoggedIn(PduStream stream, InitiatorLogin.Outcome outcome, Server server) {}

    /**
     * Who serves a session.
     *
     * @param history what came before it answered: addresses that did not, and the portal that sent us there
     */
    record Server(Portal portal, InetAddress address, List<String> history) {
        /** Whether it is the same, however it was found. */
        boolean isSameAs(Server other) {
            return portal.equals(other.portal) && address.equals(other.address);
        }

        /** Whether it is on this machine. */
        boolean isHere() throws SocketException {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        }

        private Server movedFrom(Portal first) {
            List<String> longer = new ArrayList<>(history);
            longer.add("the target moved there from " + first);
            return new Server(portal, address, longer);
        }

        /** The portal, and behind it in parentheses its address where the portal is a name, and the history. */
        @Override
        public String toString() {
            List<String> remarks = new ArrayList<>(history);
            if (portal.isName()) {
                remarks.add(0, address.getHostAddress());
            }
            return portal + (remarks.isEmpty() ? "" : " (" + String.join("; ", remarks) + ")");
        }
    }

    Logins(SessionOptions options) {
        this(options, InetAddress::getAllByName);
    }

    Logins(SessionOptions options, Resolver resolver) {
        this.options = options;
        this.resolver = resolver;
    }

    SessionOptions options() {
        return options;
    }

    /**
     * Connects and logs in.
     *
     * @param target the target's IQN, or null for a discovery session
     * @throws LoginRefused when the target says no
     * @throws ConnectionLost when no address of the portal answers
     */
    synchronized LoggedIn logIn(Portal first, @Nullable String target) throws IOException {
        InitiatorLogin.Identity identity =
                new InitiatorLogin.Identity(options.initiator(), target, options.credentials());
        Portal portal = first;
        for (int redirects = 0; ; redirects++) {
            try {
                LoggedIn login = logInAtOneOf(portal, identity);
                return redirects == 0
                        ? login
                        : new LoggedIn(
                                login.stream(), login.outcome(), login.server().movedFrom(first));
            } catch (LoginRefused refused) {
                String movedTo = refused.movedTo();
                if (movedTo == null) {
                    throw refused;
                }
                if (redirects == MOST_REDIRECTS) {
                    throw new IOException(
                            "login at " + first + ": expected to arrive after " + MOST_REDIRECTS + " redirects, got "
                                    + refused.getMessage(),
                            refused);
                }
                portal = Portal.ofTarget(movedTo).heardAt(portal);
            }
        }
    }

    private LoggedIn logInAtOneOf(Portal portal, InitiatorLogin.Identity identity) throws IOException {
        List<ConnectionLost> failures = new ArrayList<>();
        List<String> history = new ArrayList<>();
        for (InetAddress address : addresses(portal)) {
            try {
                LoggedIn login = logInAt(portal, address, identity, history);
                served.put(portal, address);
                return login;
            } catch (ConnectionLost lost) {
                failures.add(lost);
                history.add(address.getHostAddress() + " did not answer");
            }
        }
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        ConnectionLost all = new ConnectionLost(
                "none of the " + failures.size() + " addresses of " + portal.host() + " serves: "
                        + String.join(
                                "; ",
                                failures.stream()
                                        .map(ConnectionLost::getMessage)
                                        .toList()),
                failures.get(0));
        failures.stream().skip(1).forEach(all::addSuppressed);
        throw all;
    }

    /** In the system's order, but for the one that served the last time. */
    private List<InetAddress> addresses(Portal portal) throws ConnectionLost {
        List<InetAddress> addresses = new ArrayList<>();
        try {
            addresses.addAll(Arrays.asList(resolver.addresses(portal.host())));
        } catch (UnknownHostException e) {
            throw new ConnectionLost(
                    "no address for host " + portal.host() + " (" + e.getMessage()
                            + "): check the name, and of an IPv6 address the scope",
                    e);
        }
        InetAddress last = served.get(portal);
        if (last != null && addresses.remove(last)) {
            addresses.add(0, last);
        }
        return addresses;
    }

    private LoggedIn logInAt(Portal portal, InetAddress address, InitiatorLogin.Identity identity, List<String> history)
            throws IOException {
        SessionParameters wanted = SessionParameters.wanted(
                options.digests().ofHeader(), options.digests().ofData());
        Wire wire = Wire.connect(
                new InetSocketAddress(address, portal.port()),
                options.busyPoll(),
                options.waits().connectLimit());
        try {
            PduStream stream = new PduStream(wire);
            InitiatorLogin.Outcome outcome =
                    InitiatorLogin.run(stream, identity, wanted, options.waits().connectLimit());
            return new LoggedIn(stream, outcome, new Server(portal, address, history));
        } catch (ConnectionLost lost) {
            wire.close();
            // Linux' own target, for one, hangs up on who comes without CHAP and does not say so.
            String cause = options.credentials() == null ? "does it want CHAP?" : "does it take this user?";
            throw new ConnectionLost(lost.getMessage() + " (during the login: " + cause + ")", lost);
        } catch (IOException | RuntimeException | Error e) {
            wire.close();
            throw e;
        }
    }
}
