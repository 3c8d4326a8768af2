package dev.tare.clock.transport;

import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.NanoSource;
import dev.tare.clock.wire.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;

/**
 * Exchanges over UDP.
 *
 * <p>The socket is connected, so that the kernel drops what other hosts send, and its port is ephemeral. An error of the
 * network (nothing listens there, a firewall refuses) is a loss like any other: it may be gone at the next request.
 */
public final class UdpExchanger implements Exchanger {
    private final InetSocketAddress server;
    private final NanoSource local;
    private final ReplyJudge judge;
    private final Nonces nonces = new Nonces();
    private final Tally tally = new Tally();
    private final ByteBuffer request = ByteBuffer.allocateDirect(Request.BYTES);
    // One byte more than a reply has, so that a longer datagram is seen to be longer.
    private final ByteBuffer received = ByteBuffer.allocateDirect(Request.BYTES + 1);
    private DatagramChannel channel;
    private Patience patience;

    /**
     * Opens a socket; nothing is sent yet.
     *
     * @param local the clock whose times the exchanges carry
     * @param pivotUnixNs an instant within 68 years of the server's present
     */
    public UdpExchanger(InetSocketAddress server, NanoSource local, long pivotUnixNs) throws IOException {
        this.server = server;
        this.local = local;
        this.judge = new ReplyJudge(pivotUnixNs);
        this.channel = connect(server);
        this.patience = new Patience(channel);
    }

    private static DatagramChannel connect(InetSocketAddress server) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.connect(server).configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public Outcome exchange(long timeoutNs) {
        // A thread that has been interrupted would close the channel by its mere touch.
        boolean interrupted = Thread.interrupted();
        try {
            return tally.count(attempt(timeoutNs));
        } catch (ClosedByInterruptException e) {
            interrupted |= Thread.interrupted();
            return tally.count(reopen());
        } catch (IOException e) {
            return tally.count(new Outcome.Loss(String.valueOf(e.getMessage())));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Outcome attempt(long timeoutNs) throws IOException {
        long nonce = nonces.next();
        Request.write(request, nonce);
        patience.begin(timeoutNs);
        long sentNs = local.nanoTime();
        channel.write(request);
        do {
            received.clear();
            int length = channel.read(received);
            long arrivedNs = local.nanoTime();
            if (length > 0) {
                Outcome outcome = judge.judge(received, length, nonce, sentNs, arrivedNs);
                if (outcome != null) {
                    return outcome;
                }
                tally.stray();
            }
        } while (patience.await());
        return new Outcome.Loss("no reply within " + timeoutNs / 1_000_000 + " ms");
    }

    private Outcome reopen() {
        close();
        try {
            channel = connect(server);
            patience = new Patience(channel);
            return new Outcome.Loss("interrupted");
        } catch (IOException e) {
            return new Outcome.Loss(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public ExchangeCounts counts() {
        return tally.snapshot();
    }

    @Override
    public void close() {
        Closing.all(patience, channel);
    }
}
