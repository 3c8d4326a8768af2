package dev.tare.iscsi.target;

import dev.tare.iscsi.login.TargetLogin;
import dev.tare.iscsi.pdu.ConnectionLost;
import dev.tare.iscsi.pdu.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An iSCSI target with one disk of 512-byte blocks as LUN 0, in memory or in a file.
 *
 * <p>What it takes is bounded: connections, the time for a login, silence, and the memory of a connection, which does not
 * depend on what the initiator sends. See {@code docs/iscsi.md} for what it implements.
 */
public final class TargetServer implements Closeable {
    private final ServerSocketChannel listener;
    private final Disk disk;
    private final TargetOptions options;
    private final Consumer<String> log;
    private final Thread acceptor;
    private final Set<TargetConnection> connections = new HashSet<>();
    private final Map<String, TargetConnection> sessions = new HashMap<>();
    private int lastHandle;
    private boolean closed;

    private TargetServer(ServerSocketChannel listener, Storage storage, TargetOptions options, Consumer<String> log) {
        this.listener = listener;
        this.disk = new Disk(storage, options.name());
        this.options = options;
        this.log = log;
        this.acceptor = new Thread(this::accept, "iscsi target");
    }

    /** Makes a disk's storage, once it is known that the target can listen. */
    private interface Opening {
        Storage open() throws IOException;
    }

    /**
     * Serves a disk in memory.
     *
     * @param log takes a line for every login, logout and refusal
     */
    public static TargetServer ofMemory(long sizeBytes, TargetOptions options, Consumer<String> log)
            throws IOException {
        requireWholeBlocks("disk", sizeBytes);
        return start(() -> new MemoryStorage(sizeBytes), options, log);
    }

    /** Serves an image that exists. */
    public static TargetServer ofFile(Path image, TargetOptions options, Consumer<String> log) throws IOException {
        return start(() -> FileStorage.open(image), options, log);
    }

    /** Serves a new image, whose blocks are all allocated; the file stays, unless the target does not start. */
    public static TargetServer ofNewFile(Path image, long sizeBytes, TargetOptions options, Consumer<String> log)
            throws IOException {
        requireWholeBlocks("image", sizeBytes);
        return start(() -> FileStorage.create(image, sizeBytes), options, log);
    }

    /**
     * Serves an image that the caller has opened, and perhaps locked: all of it is written, so that its blocks are allocated.
     * The channel is closed with the target, and when the target does not start; who made the file removes it.
     *
     * @param name of the image, for messages
     */
    public static TargetServer ofChannel(
            String name, FileChannel image, long sizeBytes, TargetOptions options, Consumer<String> log)
            throws IOException {
        try {
            requireWholeBlocks("image", sizeBytes);
            return start(() -> FileStorage.of(name, image, sizeBytes), options, log);
        } catch (IOException | RuntimeException | Error e) {
            image.close();
            throw e;
        }
    }

    private static void requireWholeBlocks(String what, long sizeBytes) {
        if (sizeBytes <= 0 || sizeBytes % Disk.BLOCK_BYTES != 0) {
            throw new IllegalArgumentException(
                    what + ": expected a positive multiple of " + Disk.BLOCK_BYTES + " bytes, got " + sizeBytes);
        }
    }

    private static TargetServer start(Opening opening, TargetOptions options, Consumer<String> log) throws IOException {
        ServerSocketChannel listener = listen(options);
        try {
            return start(listener, opening.open(), options, log);
        } catch (IOException | RuntimeException | Error e) {
            listener.close();
            throw e;
        }
    }

    /** Takes over listener and storage; they are closed when it does not start, too. */
    static TargetServer start(
            ServerSocketChannel listener, Storage storage, TargetOptions options, Consumer<String> log)
            throws IOException {
        try {
            TargetServer server = new TargetServer(listener, storage, options, log);
            server.acceptor.start();
            return server;
        } catch (RuntimeException | Error e) {
            try (listener) {
                storage.close();
            }
            throw e;
        }
    }

    static ServerSocketChannel listen(TargetOptions options) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        try {
            return listener.setOption(StandardSocketOptions.SO_REUSEADDR, true).bind(options.address());
        } catch (IOException e) {
            listener.close();
            throw new IOException(
                    "cannot listen at " + options.address() + " (" + ConnectionLost.reason(e)
                            + "): choose another port",
                    e);
        } catch (RuntimeException e) {
            listener.close();
            throw e;
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    /** Size of the disk. */
    public long sizeBytes() {
        return disk.storage().sizeBytes();
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel channel = listener.accept();
                try {
                    admit(channel);
                } catch (IOException | RuntimeException | Error e) {
                    // An initiator must not wait for somebody who is not there.
                    channel.close();
                    throw e;
                }
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException | RuntimeException | OutOfMemoryError e) {
                // No memory for a thread or a buffer now does not mean that there will be none for the next.
                note("cannot accept a connection: " + e);
            }
        }
    }

    private synchronized void admit(SocketChannel channel) throws IOException {
        if (closed || connections.size() >= options.mostConnections()) {
            String peer = String.valueOf(channel.getRemoteAddress());
            channel.close();
            note(peer + ": refused, " + connections.size() + " connections are open");
            return;
        }
        lastHandle = lastHandle % 0xffff + 1;
        Wire wire = Wire.accepted(channel);
        try {
            TargetConnection connection = new TargetConnection(wire, disk, options, this, lastHandle);
            Thread thread = new Thread(connection, "iscsi target, session " + lastHandle);
            thread.setDaemon(true);
            thread.start();
            // Its end is taken note of in the same lock, and so never before this.
            connections.add(connection);
        } catch (RuntimeException | Error e) {
            wire.close();
            throw e;
        }
    }

    /** Hands a line to the caller's log, whose failure is none of an initiator's business. */
    void note(String event) {
        try {
            log.accept(event);
        } catch (RuntimeException e) {
            System.err.println("iSCSI target: the log does not take \"" + event + "\": " + e);
        }
    }

    /** Takes note of a session; an older one of the same name is dropped, as RFC 7143, section 6.3.5 demands. */
    void began(TargetConnection connection, TargetLogin.Outcome login) throws IOException {
        TargetConnection older;
        synchronized (this) {
            older = sessions.put(login.initiator() + " " + login.sessionId(), connection);
        }
        if (older != null) {
            older.close();
        }
    }

    synchronized void ended(TargetConnection connection) {
        connections.remove(connection);
        sessions.values().removeIf(other -> other.equals(connection));
        notifyAll();
    }

    /** Stops listening, drops all connections, and closes the image when the last of them has ended. */
    @Override
    public void close() throws IOException {
        listener.close();
        List<TargetConnection> open;
        synchronized (this) {
            closed = true;
            open = List.copyOf(connections);
        }
        for (TargetConnection connection : open) {
            connection.close();
        }
        try {
            synchronized (this) {
                while (!connections.isEmpty()) {
                    wait();
                }
            }
            acceptor.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disk.storage().close();
    }
}
