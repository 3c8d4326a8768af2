package dev.tare.net.peer;

import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.Nonce;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.socket.Pacer;
import dev.tare.net.stream.DatagramStatistics;
import dev.tare.net.stream.Message;
import dev.tare.net.stream.RunningTotal;
import dev.tare.net.stream.TicketDatagram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;

/**
 * Sends numbered datagrams to the one address that has shown the stream's ticket, and that its session speaks from, while the
 * session's lease lasts.
 *
 * <p>Between two leases it waits for the client's tickets, which it returns: one that the client sends after it has got a lease wakes
 * this end, and one that it sends after the lease shows by its return that everything has arrived or is lost.
 */
final class DatagramSource implements PeerStream.Traffic {
    private final DatagramChannel channel;
    private final InetAddress client;
    private final TicketDatagram ticket;
    private final ByteBuffer datagram;
    private final Pacer pacer;
    private final ByteBuffer question = ByteBuffer.allocateDirect(DatagramStatistics.LARGEST_BYTES);
    private final RunningTotal sent = new RunningTotal();
    private volatile long leaseEndNs = System.nanoTime();

    private DatagramSource(DatagramChannel channel, InetAddress client, TicketDatagram ticket, StreamOptions options) {
        this.channel = channel;
        this.client = client;
        this.ticket = ticket;
        this.datagram = Message.content(options.messageBytes());
        this.pacer = new Pacer(options.pacedBytesPerS(), options.messageBytes());
    }

    /** Binds a free port of the address over which the client has reached the peer. */
    static DatagramSource open(StreamOptions options, Nonce ticket, InetAddress local, InetAddress client)
            throws IOException {
        int bytes = options.messageBytes();
        if (bytes < DatagramStatistics.SMALLEST_BYTES || bytes > DatagramStatistics.LARGEST_BYTES) {
            throw new IOException("datagrams have " + DatagramStatistics.SMALLEST_BYTES + " to "
                    + DatagramStatistics.LARGEST_BYTES + " bytes, got " + bytes);
        }
        DatagramChannel channel = DatagramChannel.open();
        try {
            options.applyTo(channel);
            channel.bind(new InetSocketAddress(local, 0));
            return new DatagramSource(channel, client, new TicketDatagram(ticket), options);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Sends for so long from now on, as soon as the client's next datagram has come; 0 stops. */
    void lease(int durationMs) {
        leaseEndNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(durationMs);
    }

    @Override
    public int port() {
        return channel.socket().getLocalPort();
    }

    @Override
    public void run() throws IOException {
        ticket.await(channel, client);
        while (true) {
            try {
                question.clear();
                channel.read(question);
                question.flip();
                if (ticket.matches(question)) {
                    channel.write(question);
                }
                pacer.restart();
                sendWhileLeased();
            } catch (PortUnreachableException e) {
                // The client's socket is closed; nothing more goes there, and its session says when the client has
                // gone.
                leaseEndNs = System.nanoTime();
            }
        }
    }

    private void sendWhileLeased() throws IOException {
        while (System.nanoTime() - leaseEndNs < 0) {
            pacer.await();
            DatagramStatistics.stamp(datagram, sent.total(), System.nanoTime());
            channel.write(datagram);
            sent.set(sent.total() + 1);
        }
    }

    @Override
    public RunningTotal moved() {
        return sent;
    }

    @Override
    public long receivedBytes() {
        return 0;
    }

    @Override
    public long sentBytes() {
        return sent.total() * datagram.capacity();
    }

    @Override
    public StreamCount count(long total) throws IOException {
        return StreamCount.of(total, channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
