package dev.tare.net.peer;

import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.socket.SocketSettings;
import dev.tare.net.stream.RunningTotal;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Accepts the client's connections, one after the other, sends a byte on each, or returns a message, and closes it.
 *
 * <p>The peer closes first, so that the wait that TCP asks of whoever closes first uses up no port of the client.
 */
final class AcceptorTraffic implements PeerStream.Traffic {
    private static final int BACKLOG = 128;

    private final ServerSocketChannel server;
    private final InetAddress client;
    private final boolean answers;
    private final ByteBuffer message;
    private final RunningTotal accepted = new RunningTotal();
    private volatile @Nullable SocketChannel current;

    private AcceptorTraffic(ServerSocketChannel server, InetAddress client, boolean answers, int messageBytes) {
        this.server = server;
        this.client = client;
        this.answers = answers;
        this.message = ByteBuffer.allocateDirect(messageBytes);
    }

    /** Binds a free port of the address over which the client has reached the peer. */
    static AcceptorTraffic open(Role role, StreamOptions options, InetAddress local, InetAddress client)
            throws IOException {
        boolean answers = role == Role.ANSWERER;
        if (answers && options.messageBytes() > StreamOptions.LARGEST_ANSWER_BYTES) {
            throw new IOException("a message that is returned has at most " + StreamOptions.LARGEST_ANSWER_BYTES
                    + " bytes, got " + options.messageBytes());
        }
        ServerSocketChannel server = ServerSocketChannel.open(SocketSettings.family(local));
        try {
            server.bind(new InetSocketAddress(local, 0), BACKLOG);
            return new AcceptorTraffic(server, client, answers, answers ? options.messageBytes() : 1);
        } catch (IOException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public int port() {
        return server.socket().getLocalPort();
    }

    @Override
    public void run() throws IOException {
        while (true) {
            try (SocketChannel connection = server.accept()) {
                current = connection;
                if (!server.isOpen()) {
                    return;
                }
                if (connection.getRemoteAddress() instanceof InetSocketAddress address
                        && address.getAddress().equals(client)) {
                    converse(connection);
                    accepted.set(accepted.total() + 1);
                }
            }
        }
    }

    /**
     * A client that says less than it announced waits for itself alone: the port is its own. TCP_NODELAY would be a call for
     * nothing: the connection is closed behind the answer, and a FIN takes what is left along.
     */
    private void converse(SocketChannel connection) throws IOException {
        message.clear();
        if (answers) {
            while (message.hasRemaining()) {
                if (connection.read(message) < 0) {
                    throw new EOFException("the client closed a connection after " + message.position() + " bytes of "
                            + message.capacity());
                }
            }
            message.flip();
        }
        while (message.hasRemaining()) {
            connection.write(message);
        }
    }

    @Override
    public RunningTotal moved() {
        return accepted;
    }

    @Override
    public long receivedBytes() {
        return answers ? sentBytes() : 0;
    }

    @Override
    public long sentBytes() {
        return accepted.total() * message.capacity();
    }

    @Override
    public StreamCount count(long total) throws IOException {
        return new StreamCount(total, 0, 0, 0, 0, server.getOption(StandardSocketOptions.SO_RCVBUF));
    }

    @Override
    public void close() throws IOException {
        server.close();
        SocketChannel connection = current;
        if (connection != null) {
            connection.close();
        }
    }
}
