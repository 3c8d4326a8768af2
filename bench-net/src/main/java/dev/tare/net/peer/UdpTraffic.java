package dev.tare.net.peer;

import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.Nonce;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.stream.DatagramStatistics;
import dev.tare.net.stream.RunningTotal;
import dev.tare.net.stream.TicketDatagram;
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
final class UdpTraffic implements PeerStream.Traffic {
    private final DatagramChannel channel;
    private final InetAddress client;
    private final TicketDatagram ticket;
    private final boolean echoes;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DatagramStatistics.LARGEST_BYTES);
    private final DatagramStatistics received = new DatagramStatistics();
    private final RunningTotal returned = new RunningTotal();

    private UdpTraffic(DatagramChannel channel, InetAddress client, TicketDatagram ticket, boolean echoes) {
        this.channel = channel;
        this.client = client;
        this.ticket = ticket;
        this.echoes = echoes;
    }

    /** Binds a free port of the address over which the client has reached the peer. */
    static UdpTraffic open(Role role, StreamOptions options, Nonce ticket, InetAddress local, InetAddress client)
            throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            options.applyTo(channel);
            channel.bind(new InetSocketAddress(local, 0));
            return new UdpTraffic(channel, client, new TicketDatagram(ticket), role == Role.DATAGRAM_ECHO);
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
        ticket.await(channel, client);
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
    public RunningTotal moved() {
        return echoes ? returned : received.received();
    }

    @Override
    public long receivedBytes() {
        return echoes ? returned.total() : received.content().total();
    }

    @Override
    public long sentBytes() {
        return returned.total();
    }

    @Override
    public StreamCount count(long total) throws IOException {
        return new StreamCount(
                total,
                received.lost(),
                received.reordered(),
                received.jitterUs(),
                channel.getOption(StandardSocketOptions.SO_SNDBUF),
                channel.getOption(StandardSocketOptions.SO_RCVBUF));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void take() throws IOException {
        buffer.flip();
        if (ticket.matches(buffer)) {
            channel.write(buffer);
        } else if (echoes) {
            channel.write(buffer);
            returned.set(returned.total() + buffer.limit());
        } else if (buffer.limit() >= DatagramStatistics.SMALLEST_BYTES) {
            received.add(buffer, System.nanoTime());
        }
    }
}
