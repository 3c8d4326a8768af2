package dev.tare.net.peer;

import dev.tare.harness.Reasons;
import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.socket.TcpState;
import dev.tare.net.stream.DatagramStatistics;
import dev.tare.net.stream.RunningTotal;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The peer's end of one stream: announced by a session, then served by one thread. */
final class PeerStream implements AutoCloseable {
    /** A client that asks for more than has come gets an answer within this, and asks again while more comes. */
    private static final long LONGEST_WAIT_MS = 2000;

    /** What the peer does for one stream until the client or the session ends it. */
    interface Traffic extends Closeable {
        void run() throws IOException;

        /** The port at this end. */
        int port();

        /** What was moved, in bytes, datagrams or connections; readable by other threads. */
        RunningTotal moved();

        /** Bytes of content that came from the client so far; readable by other threads. */
        long receivedBytes();

        /** Bytes of content that went to the client so far; readable by other threads. */
        long sentBytes();

        /** What the kernel has granted of what the socket was asked for. */
        default Map<String, String> granted() throws IOException {
            return Map.of();
        }

        /** How TCP fares as this end's kernel sees it; empty where it is another protocol, or cannot be asked. */
        default Optional<TcpState> tcp() throws IOException {
            return Optional.empty();
        }

        /** Everything counted, with a total that was read from {@link #moved} before. */
        StreamCount count(long total) throws IOException;
    }

    private final Role role;
    private final StreamOptions options;
    private @Nullable Traffic traffic;
    private @Nullable Thread thread;
    private long cpuNs;
    private boolean closed;
    private @Nullable String failure;

    PeerStream(Role role, StreamOptions options) {
        this.role = role;
        this.options = options;
    }

    /** Serves the stream over the connection that the client has opened for it, until the client closes it. */
    void serve(SocketChannel connection) throws IOException {
        Traffic served;
        try {
            options.applyTo(connection);
            served = TcpTraffic.of(role, options, connection);
        } catch (IOException | RuntimeException e) {
            fail(e);
            throw e;
        }
        serve(served);
    }

    /** Serves the stream until the client ends it. */
    void serve(Traffic served) throws IOException {
        try (served) {
            begin(served);
            served.run();
        } catch (IOException | RuntimeException | Error e) {
            fail(e);
        } finally {
            served.moved().end();
            end();
        }
    }

    /** Counts what was moved, as soon as it is {@code awaited} or a while has passed. */
    StreamCount count(long awaited) throws IOException, InterruptedException {
        Traffic counted = awaitTraffic();
        return counted.count(counted.moved().await(awaited, LONGEST_WAIT_MS));
    }

    /** What the kernel has granted of what the stream's socket was asked for. */
    Map<String, String> granted() throws IOException, InterruptedException {
        return awaitTraffic().granted();
    }

    /** How TCP fares on it, as this end's kernel sees it. */
    Optional<TcpState> tcp() throws IOException, InterruptedException {
        return awaitTraffic().tcp();
    }

    /** Lets a source of datagrams send for so long from now on. */
    void lease(int durationMs) throws IOException, InterruptedException {
        if (!(awaitTraffic() instanceof DatagramSource source)) {
            throw new IOException("a stream with the role " + role + " sends no datagrams");
        }
        source.lease(durationMs);
    }

    /** Bytes of content received so far. */
    synchronized long receivedBytes() {
        return traffic == null ? 0 : traffic.receivedBytes();
    }

    /** Bytes of content sent so far. */
    synchronized long sentBytes() {
        return traffic == null ? 0 : traffic.sentBytes();
    }

    /** Why the stream ended before its client closed it; empty when it did not. */
    synchronized Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Processor time of the thread that serves this stream. */
    synchronized long cpuNs() {
        return thread == null ? cpuNs : ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    /** Direct memory that it takes. */
    long bufferBytes() {
        return switch (role) {
            case SINK -> TcpTraffic.READ_BYTES;
            case SOURCE, ECHO -> options.messageBytes();
            case DATAGRAM_ECHO, DATAGRAM_SINK, DATAGRAM_SOURCE -> 2L * DatagramStatistics.LARGEST_BYTES;
            case ACCEPTOR -> 1;
            case ANSWERER -> options.messageBytes();
            case HOLDER -> HolderTraffic.BUFFER_BYTES;
        };
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (traffic != null) {
            traffic.close();
        }
    }

    /** A client may ask before its connection was received. */
    private synchronized Traffic awaitTraffic() throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MS);
        while (traffic == null) {
            if (failure != null) {
                throw new IOException(failure);
            }
            long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
            if (closed || leftMs <= 0) {
                throw new IOException("the client announced a stream and did not connect it within " + LONGEST_WAIT_MS
                        + " ms; see whether a packet filter between lets only some connections through");
            }
            wait(leftMs);
        }
        return traffic;
    }

    private synchronized void begin(Traffic served) throws IOException {
        if (closed || traffic != null) {
            throw new IOException("the stream was closed before it began");
        }
        traffic = served;
        notifyAll();
        thread = Thread.currentThread();
    }

    private synchronized void end() {
        cpuNs = cpuNs();
        thread = null;
    }

    private synchronized void fail(Throwable e) {
        if (!closed) {
            failure = Reasons.of(e);
            notifyAll();
        }
    }
}
