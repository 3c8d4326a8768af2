package dev.tare.campaign.agent;

import dev.tare.harness.Joins;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The agent's end of a gate: a Unix socket in a folder of its own, for one fork. No port is opened. */
final class ForkGate implements Closeable {
    private static final String READY = "ready ";

    private final Path socket;
    private final ServerSocketChannel server;
    private final LongConsumer ready;
    private final Thread thread = new Thread(this::serve, "campaign gate");
    private final List<String> lines = new ArrayList<>();
    private @Nullable SocketChannel fork;

    private ForkGate(Path socket, ServerSocketChannel server, LongConsumer ready) {
        this.socket = socket;
        this.server = server;
        this.ready = ready;
    }

    /**
     * Opens a gate.
     *
     * @param ready called with the clock's bound, from another thread, when the fork waits at the gate
     */
    static ForkGate open(Path socket, LongConsumer ready) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        ForkGate gate = new ForkGate(socket, server, ready);
        gate.thread.setDaemon(true);
        gate.thread.start();
        return gate;
    }

    private void serve() {
        try (SocketChannel accepted = server.accept()) {
            synchronized (this) {
                fork = accepted;
            }
            BufferedReader reader = new BufferedReader(Channels.newReader(accepted, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                take(line);
            }
        } catch (AsynchronousCloseException closed) {
            // The attempt is over.
            return;
        } catch (IOException | NumberFormatException e) {
            take("broken " + e);
        }
    }

    private void take(String line) {
        if (line.startsWith(READY)) {
            ready.accept(Long.parseLong(line.substring(READY.length())));
        } else {
            synchronized (this) {
                lines.add(line);
            }
        }
    }

    /** Lets the fork go at an instant of the campaign's timescale. */
    synchronized void go(long atNs) throws IOException {
        if (fork == null) {
            throw new IOException("expected a fork at the gate, got none");
        }
        fork.write(StandardCharsets.UTF_8.encode("go " + atNs + "\n"));
    }

    /** What the fork said when it had measured. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (this) {
            if (fork != null) {
                fork.close();
            }
        }
        Joins.uninterruptibly(List.of(thread));
        Files.deleteIfExists(socket);
    }
}
