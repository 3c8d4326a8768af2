package dev.tare.iscsi.initiator;

import dev.tare.iscsi.pdu.ProtocolViolation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a target listens.
 *
 * @param host name or address, an IPv6 address without brackets
 */
public record Portal(String host, int port) {
    /** The port that IANA gave to iSCSI. */
    public static final int DEFAULT_PORT = 3260;

    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([^:\\[\\],]+))(?::(\\d{1,5}))?(?:,\\d+)?");

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

    /** The address, its name looked up now. */
    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    /** Whether it is on this machine. */
    public boolean isLocal() throws SocketException {
        InetAddress address = address().getAddress();
        return address != null && (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
