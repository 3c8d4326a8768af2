package dev.tare.net.stream;

import dev.tare.net.control.StreamOptions;
import dev.tare.net.socket.VsockChannel;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Receives equal messages, grants the sender to go on, counts, and verifies samples of the content.
 *
 * <p>One thread receives; others may read the count.
 */
public final class CreditingReceiver {
    /** No receiver grants more than this beyond what it has received. */
    static final long LARGEST_WINDOW_BYTES = 2L * StreamOptions.LARGEST_MESSAGE_BYTES;

    private static final long ORDINARY_WINDOW_BYTES = 8 << 20;
    private static final long SMALLEST_WINDOW_BYTES = 64 << 10;
    private static final long WINDOW_MESSAGES = 2048;

    /** A slow stream is granted this often, so that what is granted follows closely what was received. */
    private static final long GRANT_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int SAMPLE_BYTES = 8;
    /** One read in so many is verified whole. */
    private static final int WHOLE_READ_INTERVAL = 4096;

    private final SocketChannel channel;
    private final ByteBuffer buffer;
    private final int messageBytes;
    private final long windowBytes;
    private final long grantStepBytes;
    private final ByteBuffer grant = ByteBuffer.allocateDirect(Long.BYTES);
    private final RunningTotal count = new RunningTotal();
    private long received;
    private long granted;
    private long grantedAtNs;
    private int reads;

    /**
     * Receives from a connection from its first byte of traffic on.
     *
     * @param buffer direct buffer into which every read goes; its capacity is the most that one read takes
     */
    public CreditingReceiver(SocketChannel channel, ByteBuffer buffer, int messageBytes) {
        this.channel = channel;
        this.buffer = buffer;
        this.messageBytes = messageBytes;
        this.windowBytes = windowBytes(messageBytes);
        this.grantStepBytes = grantStepBytes(messageBytes);
    }

    /**
     * How many bytes may be under way on one stream, in both kernels and on the link together.
     *
     * <p>8 MiB, which fill a link of 10 Gbit/s over 6 ms; less for small messages, which could not be sent fast enough to
     * fill that before every iteration; and at least two messages, so that one can travel while the next is written.
     */
    public static long windowBytes(int messageBytes) {
        long paced = Math.max(SMALLEST_WINDOW_BYTES, Math.min(ORDINARY_WINDOW_BYTES, WINDOW_MESSAGES * messageBytes));
        return Math.max(paced, 2L * messageBytes);
    }

    /** After so many bytes the receiver grants more, however little time they took. */
    static long grantStepBytes(int messageBytes) {
        return windowBytes(messageBytes) / 16;
    }

    /** Lets the sender send a full window beyond what was received. */
    public void grant() throws IOException {
        grant(received + windowBytes);
    }

    /** Lets the sender send one message when everything granted before was received, and receives it. */
    public void receiveAlone() throws IOException {
        grant(received + messageBytes);
        receiveUntil(received + messageBytes);
    }

    private void grant(long total) throws IOException {
        granted = total;
        grant.clear().putLong(granted).flip();
        while (grant.hasRemaining()) {
            channel.write(grant);
        }
        grantedAtNs = System.nanoTime();
    }

    /** Receives one message and grants more when it is time. */
    public void receive() throws IOException {
        receiveUntil(received + messageBytes);
        grantIfDue();
    }

    /** Receives what the sender may still send, and grants no more: afterwards nothing is under way. */
    public void drain() throws IOException {
        receiveUntil(granted - granted % messageBytes);
    }

    /** Whether a whole message has come that was not received yet, or as much of it as one read takes. */
    public boolean isWaiting() throws IOException {
        return VsockChannel.hasWaiting(channel, Math.min(messageBytes, buffer.capacity()));
    }

    /**
     * Receives what comes, whatever its length, and grants more when it is time.
     *
     * @return false when the sender has closed the connection
     */
    public boolean receiveSome() throws IOException {
        if (read(buffer.capacity()) < 0) {
            return false;
        }
        grantIfDue();
        return true;
    }

    /** Bytes received since the connection was opened. */
    public RunningTotal count() {
        return count;
    }

    private void receiveUntil(long total) throws IOException {
        while (received < total) {
            if (read((int) Math.min(buffer.capacity(), total - received)) < 0) {
                throw new EOFException("the sender closed the connection after " + received + " bytes");
            }
        }
    }

    private int read(int limit) throws IOException {
        buffer.clear().limit(limit);
        int came = channel.read(buffer);
        if (came > 0) {
            verify(came);
            received += came;
            count.set(received);
        }
        return came;
    }

    private void verify(int came) throws IOException {
        if (reads++ % WHOLE_READ_INTERVAL == 0 || came <= 2 * SAMPLE_BYTES) {
            Message.verify(buffer, 0, came, received, messageBytes);
        } else {
            Message.verify(buffer, 0, SAMPLE_BYTES, received, messageBytes);
            Message.verify(buffer, came - SAMPLE_BYTES, came, received + came - SAMPLE_BYTES, messageBytes);
        }
    }

    private void grantIfDue() throws IOException {
        long used = received + windowBytes - granted;
        if (used >= grantStepBytes || System.nanoTime() - grantedAtNs >= GRANT_INTERVAL_NS) {
            grant();
        }
    }
}
