package dev.tare.clock.client;

import dev.tare.clock.ClockTransport;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.NanoSource;
import dev.tare.clock.wire.NtpPacket;
import dev.tare.harness.Reasons;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges through a socket, which is opened at the first request and again at the next one after it failed.
 *
 * <p>An error of the network (nothing listens there, a firewall refuses, the connection broke) is a loss like any other:
 * it may be gone at the next request. A late reply is told from the one that is waited for by its nonce.
 */
final class SocketExchanger implements Exchanger {
    private final InetSocketAddress server;
    private final ClockTransport transport;
    private final NanoSource local;
    private final ReplyJudge judge;
    private final Nonces nonces = new Nonces();
    private final ExchangeCounter tally = new ExchangeCounter();
    private final ByteBuffer request = ByteBuffer.allocateDirect(NtpPacket.BYTES);
    private @Nullable NtpLink link;
    private boolean interrupted;

    /**
     * Opens nothing yet.
     *
     * @param local the clock whose times the exchanges carry
     * @param pivotUnixNs an instant within 68 years of the server's present
     */
    SocketExchanger(InetSocketAddress server, ClockTransport transport, NanoSource local, long pivotUnixNs) {
        this.server = server;
        this.transport = transport;
        this.local = local;
        this.judge = new ReplyJudge(pivotUnixNs);
    }

    @Override
    public ExchangeOutcome exchange(long timeoutNs) {
        interrupted = Thread.interrupted();
        try {
            return tally.count(attempt(timeoutNs));
        } catch (IOException e) {
            close();
            return tally.count(lost(e));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ExchangeOutcome attempt(long timeoutNs) throws IOException {
        NtpLink open = open(timeoutNs);
        long nonce = nonces.next();
        long straysBefore = tally.strays();
        NtpPacket.writeRequest(request, nonce);
        open.beginWait(timeoutNs);
        long sentNs = local.nanoTime();
        open.send(request);
        do {
            int length = open.receive();
            long arrivedNs = local.nanoTime();
            if (length > 0) {
                ExchangeOutcome outcome = judge.judge(open.received(), length, nonce, sentNs, arrivedNs);
                if (outcome != null) {
                    return outcome;
                }
                tally.stray();
            }
            // It would end every further wait at once; it is kept for the caller, who may wait for the timeout.
            interrupted |= Thread.interrupted();
        } while (open.await());
        return silence(timeoutNs, tally.strays() - straysBefore);
    }

    private static Loss lost(IOException e) {
        boolean refused = e instanceof PortUnreachableException || e instanceof ConnectException;
        return new Loss(
                Reasons.of(e),
                refused
                        ? "start one there with: java -jar benchmarks.jar clock --bind ADDRESS"
                        : "check its address, and this machine's routes to it");
    }

    private Loss silence(long timeoutNs, long strays) {
        String reply = "no reply within " + timeoutNs / 1_000_000 + " ms";
        return strays == 0
                ? new Loss(
                        reply,
                        "check that the server runs there and that no firewall drops " + transport + " port "
                                + server.getPort())
                : new Loss(
                        reply + ", but " + strays + " packets that do not carry the request's nonce",
                        "they are late, or another program has this port there; move the server nearer, or see what it is");
    }

    private NtpLink open(long timeoutNs) throws IOException {
        NtpLink open = link;
        if (open == null) {
            open = NtpLink.open(server, transport, timeoutNs);
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
        NtpLink open = link;
        link = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException("a socket that cannot be closed is a defect, not a condition", e);
            }
        }
    }

    /** Unguessable 64-bit numbers, drawn by the hundred: one by one they would cost more than the exchange they protect. */
    private static final class Nonces {
        private static final int DRAWN_AT_ONCE = 512;

        private final SecureRandom random = new SecureRandom();
        private final byte[] bytes = new byte[DRAWN_AT_ONCE * Long.BYTES];
        private final ByteBuffer drawn = ByteBuffer.wrap(bytes).limit(0);

        /** Never zero, which many senders would put there by accident. */
        long next() {
            while (true) {
                if (!drawn.hasRemaining()) {
                    random.nextBytes(bytes);
                    drawn.clear();
                }
                long nonce = drawn.getLong();
                if (nonce != 0) {
                    return nonce;
                }
            }
        }
    }

    /** Counts what becomes of requests. */
    private static final class ExchangeCounter {
        private final LongAdder sent = new LongAdder();
        private final LongAdder answered = new LongAdder();
        private final LongAdder lost = new LongAdder();
        private final LongAdder rejected = new LongAdder();
        private final LongAdder kisses = new LongAdder();
        private final LongAdder strays = new LongAdder();

        ExchangeOutcome count(ExchangeOutcome outcome) {
            sent.increment();
            if (outcome instanceof Answered) {
                answered.increment();
            } else if (outcome instanceof Loss) {
                lost.increment();
            } else if (outcome instanceof Kiss) {
                kisses.increment();
            } else {
                rejected.increment();
            }
            return outcome;
        }

        long strays() {
            return strays.sum();
        }

        void stray() {
            strays.increment();
        }

        ExchangeCounts snapshot() {
            return new ExchangeCounts(
                    sent.sum(), answered.sum(), lost.sum(), rejected.sum(), kisses.sum(), strays.sum());
        }
    }
}
