package dev.tare.net.stream;

import dev.tare.net.control.Nonce;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The datagram that shows the stream's ticket: 8 bytes magic, 16 bytes ticket, 8 bytes number. The first one tells the peer
 * which address to serve; each one is returned, and because it follows everything sent before, its return also shows that
 * all of that has arrived or is lost. The number shows that it is the return of this wait and not a late one of the last.
 */
public final class TicketDatagram {
    private static final long MAGIC = 0x5441_5245_5041_5353L; // "TAREPASS"
    private static final int BYTES = 4 * Long.BYTES;
    private static final int NUMBER_AT = 3 * Long.BYTES;
    private static final int ANSWER_MS = 100;
    private static final int TRIES = 50;

    private final Nonce ticket;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(DatagramStatistics.LARGEST_BYTES);
    private long number;

    /** Shows this ticket. */
    public TicketDatagram(Nonce ticket) {
        this.ticket = ticket;
        datagram.putLong(MAGIC).putLong(ticket.high()).putLong(ticket.low()).putLong(0);
    }

    /** Client's side: sends the datagram once and does not wait for its return. */
    public void send(DatagramChannel channel) throws IOException {
        datagram.putLong(NUMBER_AT, number++);
        channel.write(datagram.rewind());
    }

    /**
     * Client's side: sends the datagram until it returns.
     *
     * @param others takes other datagrams that come meanwhile, each between the buffer's start and its limit
     * @throws IOException when it does not return within five seconds
     */
    public void exchange(DatagramChannel channel, Consumer<ByteBuffer> others) throws IOException {
        long firstOfWait = number;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            send(channel);
            if (returns(channel, firstOfWait, others)) {
                return;
            }
        }
        throw new IOException("no datagram came back within " + TRIES * ANSWER_MS
                + " ms; the way to the peer may let no UDP through");
    }

    /** Peer's side: waits for a client on that address that shows the ticket, and answers it from then on. */
    public void await(DatagramChannel channel, InetAddress client) throws IOException {
        while (!channel.isConnected()) {
            answer.clear();
            SocketAddress source = channel.receive(answer);
            answer.flip();
            if (source instanceof InetSocketAddress address
                    && address.getAddress().equals(client)
                    && matches(answer)) {
                channel.connect(address);
                channel.write(answer);
            }
        }
    }

    /** Peer's side: whether what lies between the buffer's start and its limit is this datagram; then it has to return. */
    public boolean matches(ByteBuffer received) {
        return received.limit() == BYTES
                && received.getLong(0) == MAGIC
                && received.getLong(Long.BYTES) == ticket.high()
                && received.getLong(2 * Long.BYTES) == ticket.low();
    }

    private boolean returns(DatagramChannel channel, long firstOfWait, Consumer<ByteBuffer> others) throws IOException {
        // Not with a time-out of the socket: JDK 21 and later leave it non-blocking for good then, and every later wait
        // for a datagram costs two more calls.
        boolean blocks = channel.isBlocking();
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MS);
            while (true) {
                long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
                if (leftMs <= 0 || selector.select(leftMs) == 0) {
                    return false;
                }
                selector.selectedKeys().clear();
                answer.clear();
                channel.read(answer);
                answer.flip();
                if (!matches(answer)) {
                    others.accept(answer);
                } else if (answer.getLong(NUMBER_AT) >= firstOfWait) {
                    return true;
                }
            }
        } finally {
            channel.configureBlocking(blocks);
        }
    }
}
