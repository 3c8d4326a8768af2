package dev.tare.net.roundtrip;

import dev.tare.harness.RepeatedTask;
import dev.tare.net.stream.ByteCount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges over a connected UDP socket; on a non-blocking channel it spins until the response is there.
 *
 * <p>A request or response that is lost is sent again by a thread of its own, so that the exchange itself needs neither a
 * timer nor a selector. It counts as lost, and its exchange takes as long as it took.
 */
public final class UdpExchange implements Exchange {
    private static final long RESEND_MS = 100;

    private final DatagramChannel channel;
    private final int messageBytes;
    private final Numbering request;
    private final Numbering again;
    private final ByteBuffer response;
    private final ByteCount count = new ByteCount();
    private final RepeatedTask resending;
    private long number;
    private long seen;
    private volatile boolean waiting;
    private final AtomicLong resent = new AtomicLong();
    private volatile @Nullable Throwable broken;

    /** Exchanges over a channel on which the peer already answers. */
    public UdpExchange(DatagramChannel channel, int messageBytes) {
        this.channel = channel;
        this.messageBytes = messageBytes;
        this.request = new Numbering(messageBytes);
        this.again = new Numbering(messageBytes);
        // A byte more than a response has shows one that is too long.
        this.response = ByteBuffer.allocateDirect(messageBytes + 1).order(ByteOrder.LITTLE_ENDIAN);
        this.resending = RepeatedTask.start("bench-net resend", RESEND_MS, this::resend, this::stop);
    }

    /** From now on, or no longer, a response is awaited: between iterations nothing may be sent again. */
    public void setWaiting(boolean waiting) {
        this.waiting = waiting;
    }

    @Override
    public void exchange() throws IOException {
        try {
            channel.write(request.numbered(number));
            do {
                response.clear();
                if (channel.read(response) == 0) {
                    Thread.onSpinWait();
                }
            } while (response.position() != messageBytes || !request.answeredBy(response));
        } catch (IOException e) {
            Throwable reason = broken;
            throw reason == null ? e : new IOException("what was lost cannot be sent again: " + reason, reason);
        }
        count.set(++number);
    }

    @Override
    public void verify() throws IOException {
        if (number > 0) {
            request.verify(response);
        }
    }

    @Override
    public ByteCount count() {
        return count;
    }

    /** Requests that had to be sent again. */
    public long resent() {
        return resent.get();
    }

    @Override
    public void close() throws IOException {
        resending.close();
        channel.close();
    }

    private void resend() throws IOException {
        long done = count.total();
        if (waiting && done == seen) {
            channel.write(again.numbered(done));
            resent.incrementAndGet();
        }
        seen = done;
    }

    /** An exchange that nobody repeats could wait for ever. */
    private void stop(Throwable why) {
        broken = why;
        try {
            close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }
}
