package dev.tare.clock.transport;

import dev.tare.clock.ClockTransport;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.NanoSource;
import dev.tare.clock.wire.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges through a socket, which is opened at the first request and again at the next one after it failed.
 *
 * <p>An error of the network (nothing listens there, a firewall refuses, the connection broke) is a loss like any other:
 * it may be gone at the next request. A late reply is told from the one that is waited for by its nonce.
 */
public final class SocketExchanger implements Exchanger {
    private final Link.Opener opener;
    private final NanoSource local;
    private final ReplyJudge judge;
    private final Nonces nonces = new Nonces();
    private final Tally tally = new Tally();
    private final ByteBuffer request = ByteBuffer.allocateDirect(Request.BYTES);
    private @Nullable Link link;
    private boolean interrupted;

    /**
     * Opens nothing yet.
     *
     * @param local the clock whose times the exchanges carry
     * @param pivotUnixNs an instant within 68 years of the server's present
     */
    public SocketExchanger(InetSocketAddress server, ClockTransport transport, NanoSource local, long pivotUnixNs) {
        this.opener = transport == ClockTransport.UDP
                ? timeoutNs -> new UdpLink(server)
                : timeoutNs -> TcpLink.connect(server, timeoutNs);
        this.local = local;
        this.judge = new ReplyJudge(pivotUnixNs);
    }

    @Override
    public Outcome exchange(long timeoutNs) {
        interrupted = Thread.interrupted();
        try {
            return tally.count(attempt(timeoutNs));
        } catch (IOException e) {
            close();
            return tally.count(new Outcome.Loss(String.valueOf(e.getMessage())));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Outcome attempt(long timeoutNs) throws IOException {
        Link open = open(timeoutNs);
        long nonce = nonces.next();
        Request.write(request, nonce);
        open.patience().begin(timeoutNs);
        long sentNs = local.nanoTime();
        open.send(request);
        do {
            int length = open.receive();
            long arrivedNs = local.nanoTime();
            if (length > 0) {
                Outcome outcome = judge.judge(open.received(), length, nonce, sentNs, arrivedNs);
                if (outcome != null) {
                    return outcome;
                }
                tally.stray();
            }
            // It would end every further wait at once; it is kept for the caller, who may wait for the timeout.
            interrupted |= Thread.interrupted();
        } while (open.patience().await());
        return new Outcome.Loss("no reply within " + timeoutNs / 1_000_000 + " ms");
    }

    private Link open(long timeoutNs) throws IOException {
        Link open = link;
        if (open == null) {
            open = opener.open(timeoutNs);
            link = open;
        }
        return open;
    }

    @Override
    public ExchangeCounts counts() {
        return tally.snapshot();
    }

    @Override
    public void close() {
        Link open = link;
        link = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a socket that cannot be closed is a defect, not a condition", e);
            }
        }
    }
}
