package dev.tare.net.peer;

import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.stream.RunningTotal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Accepts the client's connections, sends a byte on each and closes it.
 *
 * <p>The peer closes first, so that the wait that TCP asks of whoever closes first uses up no port of the client.
 */
final class AcceptorTraffic implements PeerStream.Traffic {
    private static final int BACKLOG = 128;

    private final ServerSocketChannel server;
    private final InetAddress client;
    private final ByteBuffer welcome = ByteBuffer.allocateDirect(1);
    private final RunningTotal accepted = new RunningTotal();

    private AcceptorTraffic(ServerSocketChannel server, InetAddress client) {
        this.server = server;
        this.client = client;
    }

    static AcceptorTraffic open(InetAddress local, InetAddress client) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        try {
            server.bind(new InetSocketAddress(local, 0), BACKLOG);
            return new AcceptorTraffic(server, client);
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
                if (connection.getRemoteAddress() instanceof InetSocketAddress address
                        && address.getAddress().equals(client)) {
                    connection.write(welcome.clear());
                    accepted.set(accepted.total() + 1);
                }
            }
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
        return accepted.total() * welcome.capacity();
    }

    @Override
    public StreamCount count(long total) throws IOException {
        return new StreamCount(total, 0, 0, 0, 0, server.getOption(StandardSocketOptions.SO_RCVBUF));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
