package dev.tare.net.peer;

import dev.tare.net.control.Role;
import dev.tare.net.control.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.stream.SocketOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The peer's end of one stream: announced by a session, then one connection, served by the thread that accepted it. */
final class PeerStream implements AutoCloseable {
    /** How long bytes that are still on their way may stay away. */
    private static final long SILENCE_MS = 4000;

    private final Role role;
    private final StreamOptions options;
    private @Nullable SocketChannel channel;
    private @Nullable Traffic traffic;
    private @Nullable Thread thread;
    private long cpuNs;
    private boolean closed;
    private @Nullable String failure;

    PeerStream(Role role, StreamOptions options) {
        this.role = role;
        this.options = options;
    }

    /** Serves the stream's connection until the client closes it. */
    void serve(SocketChannel connection) throws IOException {
        SocketOptions.set(connection, options);
        Traffic served = begin(connection);
        try {
            served.run();
        } catch (IOException e) {
            fail(e);
        } finally {
            served.count().end();
            end();
            connection.close();
        }
    }

    /** Counts what was moved, as soon as it is {@code awaitedBytes} or no more comes. */
    StreamCount count(long awaitedBytes) throws IOException, InterruptedException {
        Traffic counted;
        SocketChannel connection;
        synchronized (this) {
            counted = traffic;
            connection = channel;
        }
        if (counted == null || connection == null) {
            throw new IOException("the stream has no connection yet");
        }
        long bytes = counted.count().await(awaitedBytes, SILENCE_MS);
        return new StreamCount(bytes, 0, 0);
    }

    /** Bytes moved so far. */
    synchronized long movedBytes() {
        return traffic == null ? 0 : traffic.count().total();
    }

    /** Why the stream ended before its client closed it; empty when it did not. */
    synchronized Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Processor time of the thread that serves this stream. */
    synchronized long cpuNs() {
        return thread == null ? cpuNs : ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId());
    }

    Role role() {
        return role;
    }

    long bufferBytes() {
        return Traffic.bufferBytes(role, options);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    private synchronized Traffic begin(SocketChannel connection) throws IOException {
        if (closed || channel != null) {
            throw new IOException("the stream was closed before its connection came");
        }
        channel = connection;
        traffic = Traffic.of(role, options, connection);
        thread = Thread.currentThread();
        return traffic;
    }

    private synchronized void end() {
        cpuNs = cpuNs();
        thread = null;
    }

    private synchronized void fail(IOException e) {
        if (!closed) {
            failure = String.valueOf(e.getMessage());
        }
    }
}
