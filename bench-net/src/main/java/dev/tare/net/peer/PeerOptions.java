package dev.tare.net.peer;

import dev.tare.harness.HostPort;
import dev.tare.harness.Parameters;
import dev.tare.net.control.Token;
import dev.tare.net.socket.VsockAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a peer runs.
 *
 * @param address where it listens, of IP or VSOCK; where other machines reach it, the token must be a secret. Port 0 of TCP is any free one
 * @param token the secret that clients must have
 * @param limits what clients can take
 * @param journal takes one line for every client that comes, goes or is refused; called from the peer's threads
 */
public record PeerOptions(SocketAddress address, Token token, Limits limits, Consumer<String> journal) {
    /** Port of a peer when nobody says another. */
    public static final int STANDARD_PORT = 5210;

    /** @throws IllegalArgumentException when everybody could reach the peer and no secret protects it */
    public PeerOptions {
        boolean isLocal = address instanceof VsockAddress vsock
                ? vsock.isLocal()
                : address instanceof InetSocketAddress ip && ip.getAddress().isLoopbackAddress();
        if (!isLocal && !token.isSecret()) {
            throw new IllegalArgumentException("a peer on " + HostPort.text(address)
                    + " takes and sends data at full speed for whoever reaches it: expected a token file, got none; name"
                    + " one with --token-file, or bind to loopback");
        }
    }

    /** Over TCP; port 0 is any free one. */
    public PeerOptions(InetAddress bind, int port, Token token, Limits limits, Consumer<String> journal) {
        this(new InetSocketAddress(bind, port), token, limits, journal);
    }

    /** On a free port of an address of this machine's loopback, without a secret. */
    public static PeerOptions onLoopback(InetAddress loopback) {
        return new PeerOptions(loopback, 0, Token.none(), Limits.standard(), line -> {});
    }

    /**
     * What clients can take from a peer; whoever wants more is refused in words, and whoever says nothing is dropped.
     *
     * @param greetings connections that have not yet shown who they are
     * @param sessions clients served at once
     * @param streams what the sessions that are served have opened since they began; a benchmark opens as many as it has
     *     threads
     * @param bufferBytes memory of these streams
     * @param idleConnections connections that are only kept open
     * @param greeting time for a connection to show who it is
     * @param silence a session that asks nothing for so long is dropped; clients ask once a second
     * @param session time after which a session is ended, however busy it is
     */
    public record Limits(
            Bound greetings,
            Bound sessions,
            Bound streams,
            Bound bufferBytes,
            Bound idleConnections,
            Duration greeting,
            Duration silence,
            Duration session) {
        /** As many idle connections as can be asked for: each takes a descriptor and memory of the kernel at both ends. */
        public static final int MOST_IDLE_CONNECTIONS = 50_000;

        /** Enough for dozens of guests with many streams each, and no idle connections; a session lasts a day at most. */
        public static Limits standard() {
            // Buffers are direct memory, of which the JVM gives as much as it gives heap.
            long bufferBytes = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4 * 3);
            return new Limits(
                    new Bound(128, 32),
                    new Bound(64, 16),
                    new Bound(512, 128),
                    new Bound(bufferBytes, Math.min(512L << 20, bufferBytes)),
                    new Bound(0, 0),
                    // A guest that is starved takes its time; how many greet at once is bounded.
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(20),
                    Duration.ofDays(1));
        }

        /** The same, with so many idle connections of all clients together. */
        public Limits withIdleConnections(int connections) {
            Parameters.requireRange("idle connections", connections, 0, MOST_IDLE_CONNECTIONS);
            return new Limits(
                    greetings,
                    sessions,
                    streams,
                    bufferBytes,
                    new Bound(connections, connections),
                    greeting,
                    silence,
                    session);
        }
    }

    /**
     * How much of something can be taken at once.
     *
     * @param together by all clients
     * @param perAddress by the clients of one address
     */
    public record Bound(long together, long perAddress) {}
}
