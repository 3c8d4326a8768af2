package dev.tare.net.peer;

import dev.tare.harness.HostPort;
import dev.tare.harness.Joins;
import dev.tare.harness.Reasons;
import dev.tare.net.socket.VsockAddress;
import dev.tare.net.socket.VsockServerChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The passive other end of the network benchmarks: sends, receives and answers what clients ask for, and tells each of
 * them what it has received and what that cost.
 *
 * <p>Every connection has a thread of its own. See {@link PeerOptions.Limits} for what bounds their number.
 */
public final class Peer implements AutoCloseable {
    /**
     * What a peer has done so far.
     *
     * @param clients those that are served now
     * @param served clients that have come, these included
     * @param refused connections that were answered with a refusal: another version, a wrong token, too many clients
     * @param dropped connections that were closed without an answer: silent, malformed, or too many at once
     */
    public record Statistics(List<ClientStatistics> clients, long served, long refused, long dropped) {}

    /**
     * What one client of a peer has taken.
     *
     * @param client its address and port
     * @param streams how many it has opened
     * @param receivedBytes content that the peer received from it, in streams and datagrams
     * @param sentBytes content that the peer sent to it
     * @param cpuNs processor time of the peer's threads that served it
     */
    public record ClientStatistics(String client, int streams, long receivedBytes, long sentBytes, long cpuNs) {}

    private static final int BACKLOG = 128;
    private static final long BREATH_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final PeerOptions options;
    private final ServerSocketChannel server;
    private final Deadlines deadlines;
    private final PeerHandshake handshake;
    private final Quota greetings;
    private final Quota sessions;
    private final StreamRegistry streams;
    private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<ClientSession> clients = ConcurrentHashMap.newKeySet();
    private final AtomicLong served = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread acceptor = new Thread(this::accept, "peer acceptor");

    private Peer(PeerOptions options, ServerSocketChannel server) {
        this.options = options;
        this.server = server;
        this.deadlines = new Deadlines(options.journal());
        PeerOptions.Limits limits = options.limits();
        this.greetings = new Quota(limits.greetings());
        this.sessions = new Quota(limits.sessions());
        this.streams = new StreamRegistry(limits);
        this.handshake = new PeerHandshake(options.token(), streams, sessions);
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when the address cannot be bound: which, and why
     */
    public static Peer start(PeerOptions options) throws IOException {
        return start(
                options,
                options.address() instanceof VsockAddress vsock
                        ? VsockServerChannel.open(vsock, BACKLOG)
                        : listen(options.address()));
    }

    private static ServerSocketChannel listen(SocketAddress address) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return server.bind(address, BACKLOG);
        } catch (IOException e) {
            server.close();
            throw new IOException(
                    "the peer cannot listen on " + HostPort.text(address) + ": " + Reasons.of(e)
                            + "; choose another --bind or --port",
                    e);
        }
    }

    /** Starts to accept on a port that is bound already. */
    static Peer start(PeerOptions options, ServerSocketChannel server) {
        Peer peer = new Peer(options, server);
        peer.acceptor.start();
        return peer;
    }

    /** Where it listens, if that is an address of IP; the port is the real one. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) server.getLocalAddress();
    }

    /** What its clients have taken so far, and how many came. */
    public Statistics statistics() {
        return new Statistics(
                clients.stream().map(ClientSession::statistics).toList(), served.get(), refused.get(), dropped.get());
    }

    /** Ends all connections and waits for their threads. */
    @Override
    public void close() throws IOException {
        server.close();
        for (SocketChannel connection : connections) {
            end(connection);
        }
        deadlines.close();
        // The acceptor first: it starts the others.
        Joins.uninterruptibly(List.of(acceptor));
        Joins.uninterruptibly(List.copyOf(threads));
    }

    /** Ends a connection because the peer ends: it is no longer among those that can be dropped. */
    private void end(SocketChannel connection) throws IOException {
        connections.remove(connection);
        connection.close();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                admit(server.accept());
            } catch (IOException e) {
                // Out of file descriptors, or closed. The connections that are served go on, and new ones wait a
                // little.
                LockSupport.parkNanos(BREATH_NS);
            } catch (RuntimeException | Error e) {
                // Out of threads or memory, or a fault of this program: a peer that listens and no longer accepts would
                // look like one that has stalled.
                options.journal().accept("a connection could not be accepted: " + e);
                LockSupport.parkNanos(BREATH_NS);
            }
        }
    }

    private void admit(SocketChannel channel) throws IOException {
        SocketAddress remote = channel.getRemoteAddress();
        String client = client(remote);
        if (!greetings.take(client)) {
            dropped.incrementAndGet();
            channel.close();
            return;
        }
        connections.add(channel);
        if (!server.isOpen()) {
            end(channel);
        }
        Thread thread = new Thread(() -> attend(channel, client), "peer of " + HostPort.text(remote));
        threads.add(thread);
        try {
            thread.start();
        } catch (Error e) {
            threads.remove(thread);
            greetings.release(client);
            dropped.incrementAndGet();
            end(channel);
            throw e;
        }
    }

    /** Whose a connection is: what clients can take is bounded by the machine that they speak from. */
    private static String client(SocketAddress remote) {
        return remote instanceof InetSocketAddress address
                ? HostPort.text(address.getAddress())
                : ((VsockAddress) remote).machine();
    }

    private void attend(SocketChannel channel, String client) {
        try (channel) {
            serve(greet(channel, client), channel, client);
        } catch (IOException | RuntimeException | Error e) {
            boolean late = deadlines.wasLate(channel);
            if (connections.contains(channel)) {
                dropped.incrementAndGet();
                options.journal()
                        .accept(client + " dropped: "
                                + (late ? "it was silent for longer than it may be" : Reasons.of(e)));
            }
        } finally {
            connections.remove(channel);
            deadlines.forget(channel);
            threads.remove(Thread.currentThread());
        }
    }

    private PeerHandshake.Purpose greet(SocketChannel channel, String client) throws IOException {
        deadlines.give(channel, options.limits().greeting());
        try {
            return handshake.perform(channel, client);
        } finally {
            deadlines.lift(channel);
            greetings.release(client);
        }
    }

    private void serve(PeerHandshake.Purpose purpose, SocketChannel channel, String client) throws IOException {
        if (purpose instanceof PeerHandshake.Purpose.Traffic traffic) {
            traffic.stream().serve(channel);
        } else if (purpose instanceof PeerHandshake.Purpose.Session session) {
            serve(session, channel, client);
        } else if (purpose instanceof PeerHandshake.Purpose.Refused no) {
            refused.incrementAndGet();
            options.journal().accept(client + " refused: " + no.why());
        }
    }

    private void serve(PeerHandshake.Purpose.Session accepted, SocketChannel channel, String client)
            throws IOException {
        ClientSession session = new ClientSession(streams, channel, client);
        clients.add(session);
        served.incrementAndGet();
        long endNs = System.nanoTime() + options.limits().session().toNanos();
        Runnable heard =
                () -> deadlines.give(channel, leftOf(endNs, options.limits().silence()));
        try {
            options.journal().accept(session + " has come");
            heard.run();
            session.serve(accepted.input(), accepted.output(), heard);
        } finally {
            deadlines.lift(channel);
            clients.remove(session);
            sessions.release(client);
            options.journal().accept(session + " has gone");
        }
    }

    private static Duration leftOf(long endNs, Duration silence) {
        Duration left = Duration.ofNanos(endNs - System.nanoTime());
        return left.compareTo(silence) < 0 ? left : silence;
    }
}
