package dev.tare.iscsi.initiator;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a target listens.
 *
 * @param host name or address, an IPv6 address without brackets, with its scope where it has one ({@code fe80::1%eth0})
 */
public record Portal(String host, int port) {
    /** The port that IANA gave to iSCSI. */
    public static final int DEFAULT_PORT = 3260;

    private static final Pattern NUMERIC = Pattern.compile("[0-9.]+");

    /** Addresses of fe80::/10. */
    private static final Pattern LINK_LOCAL = Pattern.compile("[fF][eE][89abAB][0-9a-fA-F]:");

    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]+(?:%[^\\[\\]/]+)?)]|([^:\\[\\],]+))(?::(\\d{1,5}))?(?:,\\d+)?");

    /**
     * Reads {@code host[:port]}, with an IPv6 address in brackets, and a portal group tag behind a comma as targets write it.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Portal parse(String text) {
        Portal portal = match(text);
        if (portal == null) {
            throw new IllegalArgumentException("iSCSI portal: expected host[:port], got \"" + text + "\"");
        }
        return portal;
    }

    /** Reads a TargetAddress that a target said: whatever it is, it is no mistake of our caller's. */
    static Portal ofTarget(String text) throws ProtocolViolation {
        Portal portal = match(text);
        if (portal == null) {
            throw ProtocolViolation.expected("TargetAddress=host[:port][,portal group]", "\"" + text + "\"");
        }
        return portal;
    }

    private static @Nullable Portal match(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            int port = matcher.group(3) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(3));
            if (host != null && port >= 1 && port <= 65535) {
                return new Portal(host, port);
            }
        }
        return null;
    }

    /**
     * This portal as one can reach it that heard of it at another: a target says a link-local IPv6 address without a scope, which
     * means something on one side only, so that it is on the link on which the target was asked.
     */
    Portal heardAt(Portal asked) {
        int scope = asked.host.indexOf('%');
        return scope >= 0 && host.indexOf('%') < 0 && LINK_LOCAL.matcher(host).lookingAt()
                ? new Portal(host + asked.host.substring(scope), port)
                : this;
    }

    /** Whether the host is a name, so that it takes a look-up to know the address. */
    boolean isName() {
        return host.indexOf(':') < 0 && !NUMERIC.matcher(host).matches();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
