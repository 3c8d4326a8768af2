package dev.tare.net.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Sends equal messages as far as the receiver grants.
 *
 * <p>The receiver's grants, running totals of bytes that may be sent, come back on the same connection. In steady state
 * the bytes under way are constant whenever {@link #send} returns, so that messages sent between two returns are messages
 * received, however much the kernels buffer. One thread sends; others may read the counts.
 */
public final class CreditedSender {
    /** One write moves at most this much, so that a slow link shows progress before a watch calls it stalled. */
    private static final int WRITE_BYTES = 1 << 20;

    private static final int GRANTS_AT_ONCE = 64;

    private final SocketChannel channel;
    private final Message message;
    private final int messageBytes;
    private final ByteBuffer grants = ByteBuffer.allocateDirect(GRANTS_AT_ONCE * Long.BYTES);
    private final RunningTotal count = new RunningTotal();
    private long sent;
    private long granted;

    /** Sends over a connection from its first byte of traffic on. */
    public CreditedSender(SocketChannel channel, Message message) {
        this.channel = channel;
        this.message = message;
        this.messageBytes = message.bytes();
    }

    /**
     * Sends one message, waiting for the grant that it needs.
     *
     * @return false when the receiver has closed the connection instead of granting
     * @throws IOException when the connection breaks, or the receiver grants what no receiver would
     */
    public boolean send() throws IOException {
        while (sent + messageBytes > granted) {
            if (!readGrants()) {
                return false;
            }
        }
        for (int written = 0; written < messageBytes; ) {
            int taken = message.write(channel, written, Math.min(messageBytes, written + WRITE_BYTES));
            written += taken;
            sent += taken;
            count.set(sent);
        }
        return true;
    }

    /** Whether a message may be sent by what the receiver has granted until now, without waiting for more. */
    public boolean isGranted() throws IOException {
        while (sent + messageBytes > granted
                && channel.socket().getInputStream().available() > 0) {
            if (!readGrants()) {
                return false;
            }
        }
        return sent + messageBytes <= granted;
    }

    /** Bytes handed to the kernel since the connection was opened. */
    public RunningTotal count() {
        return count;
    }

    private boolean readGrants() throws IOException {
        if (channel.read(grants) < 0) {
            return false;
        }
        grants.flip();
        while (grants.remaining() >= Long.BYTES) {
            long next = grants.getLong();
            if (next < granted || next > sent + CreditingReceiver.LARGEST_WINDOW_BYTES) {
                throw new IOException("the receiver's grant is no grant: expected " + granted + " to "
                        + (sent + CreditingReceiver.LARGEST_WINDOW_BYTES) + " bytes, got " + next
                        + "; run the same benchmarks.jar at both ends");
            }
            granted = next;
        }
        grants.compact();
        return true;
    }
}
