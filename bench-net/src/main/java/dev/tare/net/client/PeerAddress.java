package dev.tare.net.client;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the parameter {@code peer} of the benchmarks. */
public final class PeerAddress {
    /** A process that the benchmark starts and stops, reached over the loopback of IPv4. */
    public static final String EMBEDDED = "embedded";

    /** The same over the loopback of IPv6. */
    public static final String EMBEDDED_IPV6 = "embedded-ipv6";

    private static final Pattern HOST_PORT =
            Pattern.compile("(?:\\[(?<v6>[0-9a-fA-F:.%\\w]+)]|(?<host>[^:\\s]+)):(?<port>\\d{1,5})");
    private static final int LARGEST_PORT = 65_535;

    private PeerAddress() {}

    /** Whether the benchmark brings its own peer. */
    public static boolean isEmbedded(String peer) {
        return peer.equals(EMBEDDED) || peer.equals(EMBEDDED_IPV6);
    }

    /**
     * Reads {@code host:port} or {@code [IPv6]:port}.
     *
     * @throws IllegalArgumentException when it is neither, or the host is unknown
     */
    public static InetSocketAddress parse(String peer) {
        InetSocketAddress unresolved = unresolved(peer);
        InetSocketAddress address = new InetSocketAddress(unresolved.getHostString(), unresolved.getPort());
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("the peer's host " + address.getHostString()
                    + " is unknown to the resolver; check -p peer=" + peer);
        }
        return address;
    }

    /**
     * The same without asking for the host's address.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static InetSocketAddress unresolved(String peer) {
        Matcher matcher = HOST_PORT.matcher(peer);
        int port = matcher.matches() ? Integer.parseInt(matcher.group("port")) : 0;
        if (port < 1 || port > LARGEST_PORT) {
            throw new IllegalArgumentException("peer must be " + EMBEDDED + ", " + EMBEDDED_IPV6
                    + ", host:port or [IPv6 address]:port with a port from 1 to " + LARGEST_PORT + ", got " + peer);
        }
        String host = matcher.group("v6") != null ? matcher.group("v6") : matcher.group("host");
        return InetSocketAddress.createUnresolved(host, port);
    }
}
