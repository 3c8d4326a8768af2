package dev.tare.clock.server;

import dev.tare.harness.Joins;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Serves the time as NTPv4 over UDP, and as the same 48-byte frames over TCP.
 *
 * <p>The timescale is the machine's wall clock at the start, carried on by its monotonic clock: it never steps. Every
 * address has a thread for UDP and one for TCP.
 */
public final class ClockServer implements AutoCloseable {
    private final List<Listener> listeners;
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final ServerStatistics.Counters counters;
    private final ServerTimescale timescale;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    private ClockServer(List<Listener> listeners, ServerStatistics.Counters counters, ServerTimescale timescale)
            throws IOException {
        this.listeners = listeners;
        this.counters = counters;
        this.timescale = timescale;
        for (Listener listener : listeners) {
            InetSocketAddress address = listener.address();
            String transport = listener instanceof UdpListener ? "UDP" : "TCP";
            if (!addresses.contains(address)) {
                addresses.add(address);
            }
            threads.add(new Thread(() -> serve(listener), "clock server " + transport + " " + address));
        }
    }

    /**
     * Binds all addresses and starts to answer.
     *
     * @throws IOException when an address cannot be bound; the message names it
     */
    public static ClockServer start(ClockServerOptions options) throws IOException {
        Instant now = Instant.now();
        long nowUnixNs = TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        return start(options, new ServerTimescale(System::nanoTime, nowUnixNs));
    }

    /** The same with a timescale of the caller's own. */
    public static ClockServer start(ClockServerOptions options, ServerTimescale timescale) throws IOException {
        ServerStatistics.Counters counters = new ServerStatistics.Counters();
        TokenBuckets buckets = new TokenBuckets(options.requestsPerSecond(), options.burst());
        Responder responder = new Responder(timescale, buckets, counters);
        ClockServer server = new ClockServer(Listener.bind(options, responder), counters, timescale);
        server.threads.forEach(Thread::start);
        return server;
    }

    private void serve(Listener listener) {
        try {
            listener.serve();
        } catch (IOException | RuntimeException e) {
            failure.compareAndSet(null, e);
        } finally {
            // Half a server would be taken for a whole one: when one socket ends, all are closed.
            closeListeners();
        }
    }

    /** Addresses with their port, each for UDP and TCP. */
    public List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /** The port of all addresses. */
    public int port() {
        return addresses.get(0).getPort();
    }

    /** The time that is served. */
    public ServerTimescale timescale() {
        return timescale;
    }

    /** What the server has done so far. */
    public ServerStatistics statistics() {
        return counters.snapshot();
    }

    /**
     * Waits until the server is closed.
     *
     * @throws IOException when a socket or a thread failed and ended it
     */
    public void awaitClose() throws IOException, InterruptedException {
        ended.await();
        Exception cause = failure.get();
        if (cause != null) {
            throw new IOException("clock server: expected to serve until it is closed, got " + cause, cause);
        }
    }

    /** Closes all sockets and joins all threads. */
    @Override
    public void close() {
        closeListeners();
        Joins.uninterruptibly(threads);
    }

    private void closeListeners() {
        for (Listener listener : listeners) {
            try {
                listener.close();
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            }
        }
        ended.countDown();
    }
}
