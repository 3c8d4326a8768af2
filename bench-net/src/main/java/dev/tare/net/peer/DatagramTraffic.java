package dev.tare.net.peer;

import dev.tare.net.control.Nonce;
import dev.tare.net.control.Role;
import dev.tare.net.control.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.datagram.Numbered;
import dev.tare.net.datagram.Pass;
import dev.tare.net.datagram.Tally;
import dev.tare.net.stream.ByteCount;
import dev.tare.net.stream.SocketOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * Datagrams from the one address that has shown the stream's ticket: counted, or sent back.
 *
 * <p>The answer is never longer than what came, so that nobody can use the peer to flood somebody else.
 */
final class DatagramTraffic implements OwnPortTraffic {
    private final DatagramChannel channel;
    private final InetAddress client;
    private final Pass pass;
    private final boolean echoes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(Numbered.LARGEST_BYTES);
    private final Tally tally = new Tally();
    private final ByteCount returned = new ByteCount();

    private DatagramTraffic(DatagramChannel channel, InetAddress client, Pass pass, boolean echoes) {
        this.channel = channel;
        this.client = client;
        this.pass = pass;
        this.echoes = echoes;
    }

    /** Binds a free port of the address over which the client has reached the peer. */
    static DatagramTraffic open(Role role, StreamOptions options, Nonce ticket, InetAddress local, InetAddress client)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            SocketOptions.set(channel, options);
            channel.bind(new InetSocketAddress(local, 0));
            return new DatagramTraffic(channel, client, new Pass(ticket), role == Role.DATAGRAM_ECHO);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int port() {
        return channel.socket().getLocalPort();
    }

    @Override
    public void run() throws IOException {
        pass.await(channel, client);
        while (true) {
            buffer.clear();
            try {
                channel.read(buffer);
                take();
            } catch (PortUnreachableException e) {
                // An answer found the client's socket closed; the session says when the client has gone.
                returned.set(returned.total());
            }
        }
    }

    @Override
    public ByteCount moved() {
        return echoes ? returned : tally.received();
    }

    @Override
    public long receivedBytes() {
        return echoes ? returned.total() : tally.content().total();
    }

    @Override
    public long sentBytes() {
        return returned.total();
    }

    @Override
    public StreamCount count(long total) throws IOException {
        return new StreamCount(
                total,
                tally.lost(),
                tally.reordered(),
                tally.jitterUs(),
                channel.getOption(StandardSocketOptions.SO_SNDBUF),
                channel.getOption(StandardSocketOptions.SO_RCVBUF));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void take() throws IOException {
        buffer.flip();
        if (pass.matches(buffer)) {
            channel.write(buffer);
        } else if (echoes) {
            channel.write(buffer);
            returned.set(returned.total() + buffer.limit());
        } else if (buffer.limit() >= Numbered.SMALLEST_BYTES) {
            tally.add(buffer, System.nanoTime());
        }
    }
}
