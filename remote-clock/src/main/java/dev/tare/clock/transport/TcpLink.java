package dev.tare.clock.transport;

import dev.tare.clock.wire.Request;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connection: the same frames, one after the other. A late reply stays in the stream until it is taken. */
final class TcpLink implements Link {
    private final SocketChannel channel;
    private final Patience patience;
    private final ByteBuffer received = ByteBuffer.allocateDirect(Request.BYTES);

    private TcpLink() throws IOException {
        channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            patience = new Patience(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Returns once it is connected. */
    static TcpLink connect(InetSocketAddress server, long timeoutNs) throws IOException {
        TcpLink link = new TcpLink();
        try {
            link.awaitConnection(server, timeoutNs);
            return link;
        } catch (IOException e) {
            link.close();
            throw e;
        }
    }

    private void awaitConnection(InetSocketAddress server, long timeoutNs) throws IOException {
        patience.interest(SelectionKey.OP_CONNECT);
        patience.begin(timeoutNs);
        channel.connect(server);
        while (!channel.finishConnect()) {
            if (!patience.await()) {
                throw new IOException("no connection within " + timeoutNs / 1_000_000 + " ms");
            }
        }
        patience.interest(SelectionKey.OP_READ);
    }

    @Override
    public void send(ByteBuffer request) throws IOException {
        channel.write(request);
        if (request.hasRemaining()) {
            // One frame is in flight at a time: a send buffer that does not take it is a connection that is stuck.
            throw new IOException("the connection takes no more requests");
        }
    }

    @Override
    public int receive() throws IOException {
        if (!received.hasRemaining()) {
            received.clear();
        }
        if (channel.read(received) < 0) {
            throw new EOFException("the server closed the connection");
        }
        return received.hasRemaining() ? 0 : Request.BYTES;
    }

    @Override
    public ByteBuffer received() {
        return received;
    }

    @Override
    public Patience patience() {
        return patience;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            patience.close();
        }
    }
}
