package dev.tare.net.roundtrip;

import dev.tare.net.stream.ByteCount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
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
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bench-net resend");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> resending;
    private long number;
    private long seen;
    private volatile boolean waiting;
    private final AtomicLong resent = new AtomicLong();
    private volatile @Nullable IOException broken;

    /** Exchanges over a channel on which the peer already answers. */
    public UdpExchange(DatagramChannel channel, int messageBytes) {
        this.channel = channel;
        this.messageBytes = messageBytes;
        this.request = new Numbering(messageBytes);
        this.again = new Numbering(messageBytes);
        // A byte more than a response has shows one that is too long.
        this.response = ByteBuffer.allocateDirect(messageBytes + 1).order(ByteOrder.LITTLE_ENDIAN);
        this.resending = clock.scheduleWithFixedDelay(this::resend, RESEND_MS, RESEND_MS, TimeUnit.MILLISECONDS);
    }

    /** From now on, or no longer, a response is awaited: between iterations nothing may be sent again. */
    public void setWaiting(boolean waiting) {
        this.waiting = waiting;
    }

    @Override
    public void exchange() throws IOException {
        channel.write(request.numbered(number));
        do {
            response.clear();
            if (channel.read(response) == 0) {
                Thread.onSpinWait();
            }
        } while (response.position() != messageBytes || !request.answeredBy(response));
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
        resending.cancel(false);
        clock.shutdown();
        channel.close();
        if (broken != null) {
            throw broken;
        }
    }

    private void resend() {
        long done = count.total();
        if (waiting && done == seen) {
            try {
                channel.write(again.numbered(done));
                resent.incrementAndGet();
            } catch (IOException e) {
                broken = e;
                resending.cancel(false);
            }
        }
        seen = done;
    }
}
