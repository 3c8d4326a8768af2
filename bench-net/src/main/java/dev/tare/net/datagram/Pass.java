package dev.tare.net.datagram;

import dev.tare.net.control.Nonce;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * The datagram that shows the stream's ticket. The first one tells the peer which address to serve; each one is returned,
 * and because it follows everything sent before, its return also shows that all of that has arrived or is lost.
 */
public final class Pass {
    private static final long MAGIC = 0x5441_5245_5041_5353L; // "TAREPASS"
    private static final int BYTES = 3 * Long.BYTES;
    private static final int ANSWER_MS = 100;
    private static final int TRIES = 50;

    private final Nonce ticket;
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(Numbered.LARGEST_BYTES);

    public Pass(Nonce ticket) {
        this.ticket = ticket;
        datagram.putLong(MAGIC).putLong(ticket.high()).putLong(ticket.low());
    }

    /**
     * Client's side: sends the pass until it returns; other datagrams that come meanwhile are dropped.
     *
     * @throws IOException when it does not return within five seconds
     */
    public void exchange(DatagramChannel channel) throws IOException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            channel.write(datagram.rewind());
            if (returns(channel)) {
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
                sendBack(channel);
            }
        }
    }

    /** Peer's side: whether what lies between the buffer's start and its limit is this pass. */
    public boolean matches(ByteBuffer received) {
        return received.limit() == BYTES
                && received.getLong(0) == MAGIC
                && received.getLong(Long.BYTES) == ticket.high()
                && received.getLong(2 * Long.BYTES) == ticket.low();
    }

    /** Peer's side: returns the pass to the client. */
    public void sendBack(DatagramChannel channel) throws IOException {
        channel.write(datagram.rewind());
    }

    private boolean returns(DatagramChannel channel) throws IOException {
        channel.socket().setSoTimeout(ANSWER_MS);
        DatagramPacket packet = new DatagramPacket(new byte[BYTES + 1], BYTES + 1);
        try {
            do {
                channel.socket().receive(packet);
            } while (!matches(ByteBuffer.wrap(packet.getData(), 0, packet.getLength())));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }
}
