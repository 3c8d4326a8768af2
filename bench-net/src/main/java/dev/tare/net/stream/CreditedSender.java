package dev.tare.net.stream;

import dev.tare.net.socket.VsockChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Sends equal messages as far as the receiver grants.
 *
 * <p>The receiver's grants, running totals of bytes that may be sent, come back on the same connection. In steady state
 * the bytes under way are constant whenever {@link #send} returns, so that messages sent between two returns are messages
 * received, however much the kernels buffer. Where they buffer less than a window and more as time goes by (Linux enlarges
 * a send buffer with the congestion window), {@link #keepUnderWay} holds them to what they took before. One thread sends;
 * others may read the counts.
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
    private final long windowBytes;
    private long sent;
    private long granted;
    /** Of what is granted this much is left unused. */
    private long withheld;

    /** Sends over a connection from its first byte of traffic on. */
    public CreditedSender(SocketChannel channel, Message message) {
        this.channel = channel;
        this.message = message;
        this.messageBytes = message.bytes();
        this.windowBytes = CreditingReceiver.windowBytes(messageBytes);
    }

    /**
     * Sends one message, waiting for the grant that it needs.
     *
     * @return false when the receiver has closed the connection instead of granting
     * @throws IOException when the connection breaks, or the receiver grants what no receiver would
     */
    public boolean send() throws IOException {
        while (sent + messageBytes > granted - withheld) {
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

    /**
     * Bytes that were sent and not yet received, by the grants that have come until now.
     *
     * @throws IOException when the connection breaks
     */
    public long underWay() throws IOException {
        while (VsockChannel.hasWaiting(channel, 1) && readGrants()) {
            // The last of them counts.
        }
        return granted == 0 ? 0 : sent - (granted - windowBytes);
    }

    /**
     * Lets no more than so many bytes be under way from now on, though the receiver would grant more.
     *
     * @param bytes taken for more where the receiver, with so little to receive, would never grant
     */
    public void keepUnderWay(long bytes) {
        long least = CreditingReceiver.grantStepBytes(messageBytes) + messageBytes;
        withheld = windowBytes - Math.min(windowBytes, Math.max(least, bytes));
    }

    /** The most that {@link #keepUnderWay} lets be under way. */
    public long mostUnderWay() {
        return windowBytes - withheld;
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
