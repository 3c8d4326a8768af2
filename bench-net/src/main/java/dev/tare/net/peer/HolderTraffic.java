package dev.tare.net.peer;

import dev.tare.harness.HostPort;
import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.stream.RunningTotal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps the client's connections open, sends a byte on each at first and returns what comes on it. One thread serves all of
 * them: what they cost is what the kernel keeps of them.
 */
final class HolderTraffic implements PeerStream.Traffic {
    static final int BUFFER_BYTES = 64;

    private static final int BACKLOG = 128;
    private static final long BREATH_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Quota quota;
    private final ServerSocketChannel server;
    private final Selector selector;
    private final InetAddress client;
    private final String clientName;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    /** Those that are open; of the serving thread alone. */
    private final Set<SocketChannel> held = new HashSet<>();

    private final RunningTotal accepted = new RunningTotal();

    private HolderTraffic(Quota quota, ServerSocketChannel server, Selector selector, InetAddress client) {
        this.quota = quota;
        this.server = server;
        this.selector = selector;
        this.client = client;
        this.clientName = HostPort.text(client);
    }

    /**
     * Binds a free port of the address over which the client has reached the peer.
     *
     * @param quota of connections; one for which there is none left is closed without a byte
     */
    static HolderTraffic open(Quota quota, InetAddress local, InetAddress client) throws IOException {
        Selector selector = Selector.open();
        ServerSocketChannel server = null;
        try {
            server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(local, 0), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            return new HolderTraffic(quota, server, selector, client);
        } catch (IOException e) {
            selector.close();
            if (server != null) {
                server.close();
            }
            throw e;
        }
    }

    @Override
    public int port() {
        return server.socket().getLocalPort();
    }

    @Override
    public void run() throws IOException {
        try {
            while (server.isOpen()) {
                selector.select(this::serve);
            }
        } catch (ClosedSelectorException closedByTheSession) {
            return;
        } finally {
            for (SocketChannel connection : held) {
                quota.release(clientName);
                connection.close();
            }
        }
    }

    private void serve(SelectionKey key) {
        if (key.isAcceptable()) {
            accept();
        } else if (key.channel() instanceof SocketChannel connection) {
            answer(connection);
        }
    }

    private void accept() {
        try {
            SocketChannel connection = server.accept();
            if (connection == null) {
                return;
            }
            if (!(connection.getRemoteAddress() instanceof InetSocketAddress address)
                    || !address.getAddress().equals(client)
                    || !quota.take(clientName)) {
                connection.close();
                return;
            }
            held.add(connection);
            connection.configureBlocking(false);
            connection.register(selector, SelectionKey.OP_READ);
            connection.write(buffer.clear().limit(1));
            accepted.set(accepted.total() + 1);
        } catch (IOException outOfDescriptorsOrClosed) {
            // The client sees a connection on which no byte comes; those that are held stay.
            LockSupport.parkNanos(BREATH_NS);
        }
    }

    private void answer(SocketChannel connection) {
        try {
            if (connection.read(buffer.clear()) >= 0) {
                connection.write(buffer.flip());
                return;
            }
        } catch (IOException broken) {
            // It ends as one that the client has closed.
        }
        end(connection);
    }

    private void end(SocketChannel connection) {
        held.remove(connection);
        quota.release(clientName);
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException("an idle connection cannot be closed", e);
        }
    }

    @Override
    public RunningTotal moved() {
        return accepted;
    }

    @Override
    public long receivedBytes() {
        return 0;
    }

    @Override
    public long sentBytes() {
        return accepted.total();
    }

    @Override
    public StreamCount count(long total) throws IOException {
        return new StreamCount(total, 0, 0, 0, 0, server.getOption(StandardSocketOptions.SO_RCVBUF));
    }

    @Override
    public void close() throws IOException {
        server.close();
        selector.close();
    }
}
