package dev.tare.clock.client;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.NanoSource;
import dev.tare.clock.estimate.NtpExchange;
import dev.tare.clock.wire.NtpReply;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks one server in bursts, as often as its {@link BackOff} allows. Belongs to one thread at a time. */
final class NtpRequests implements AutoCloseable {
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final int LOSSES_THAT_END_A_BURST = 2;

    private final ClockAddress server;
    private final Exchanger exchanger;
    private final ReplyTimeout patience;
    private final BackOff backOff;
    private String failure = "expected the time, got nothing; ask again";

    /** @param server a literal address */
    NtpRequests(ClockAddress server, Exchanger exchanger, long timeoutNs, BackOff backOff) {
        this.server = server;
        this.exchanger = exchanger;
        this.patience = new ReplyTimeout(timeoutNs);
        this.backOff = backOff;
    }

    /** @param backOff shared by all who ask the same server for one clock: its demand is meant for them together */
    static NtpRequests to(
            ClockAddress server, InetSocketAddress socket, NanoSource local, Discipline discipline, BackOff backOff) {
        long wallClockNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        Exchanger exchanger = new SocketExchanger(socket, server.transport(), local, wallClockNs);
        return new NtpRequests(server, exchanger, discipline.timeout().toNanos(), backOff);
    }

    /** Answers of which a direct reading can be made, or not when the server does not give them in time. */
    List<NtpExchange> reading(int requests, long patienceNs) {
        long beginNs = System.nanoTime();
        List<NtpExchange> exchanges = burst(requests);
        while (DirectReading.narrowest(exchanges) == null
                && backOff.allowsWithin(patienceNs)
                && pauseUnlessOver(beginNs, patienceNs)) {
            exchanges.addAll(burst(requests));
        }
        return exchanges;
    }

    /** Valid answers to up to that many requests, in the order in which they were made; none while the server is left alone. */
    List<NtpExchange> burst(int requests) {
        List<NtpExchange> exchanges = new ArrayList<>(requests);
        int lossesInARow = 0;
        boolean mayAsk = backOff.mayBegin();
        for (int i = 0; mayAsk && i < requests && lossesInARow < LOSSES_THAT_END_A_BURST; i++) {
            Exchanger.ExchangeOutcome outcome = exchanger.exchange(patience.timeoutNs());
            lossesInARow = outcome instanceof Exchanger.Loss ? lossesInARow + 1 : 0;
            mayAsk = !(outcome instanceof Exchanger.Kiss);
            take(outcome, exchanges);
        }
        return exchanges;
    }

    /** Waits a little and returns true, or returns false when the time since {@code beginNs} is over. */
    static boolean pauseUnlessOver(long beginNs, long limitNs) {
        if (System.nanoTime() - beginNs >= limitNs || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(PAUSE_NS);
        return true;
    }

    private void take(Exchanger.ExchangeOutcome outcome, List<NtpExchange> exchanges) {
        if (outcome instanceof Exchanger.Answered answered) {
            exchanges.add(answered.exchange());
            patience.answered(answered.exchange().roundTripNs());
        } else if (outcome instanceof Exchanger.Loss loss) {
            failure = "expected the time, got " + loss.reason() + "; " + loss.advice();
        } else if (outcome instanceof Exchanger.Rejection rejection) {
            NtpReply.Fault fault = rejection.fault();
            failure = "expected the time; it answered, but " + fault.reason() + "; " + fault.advice();
        } else if (outcome instanceof Exchanger.Kiss kiss) {
            failure = "expected the time, got the demand to be left alone (" + kiss.code() + "); ask the server's"
                    + " administrator, or use a server of your own (java -jar benchmarks.jar clock)";
            backOff.heed(kiss);
        }
    }

    /** Whether the server does not want to be asked ever again. */
    boolean refused() {
        return backOff.isFinal();
    }

    /** The message for a server that brings no time. */
    ClockUnreachableException unreachable() {
        return new ClockUnreachableException("clock server " + server + ": " + failure);
    }

    ExchangeCounts counts() {
        return exchanger.counts();
    }

    @Override
    public void close() {
        exchanger.close();
    }

    /**
     * How long a reply is waited for: the usual round trip and four times its deviation (RFC 6298), within limits.
     *
     * <p>Round trips come from the local clock, which may lie by its factor; the limits hold on real time.
     */
    private static final class ReplyTimeout {
        private static final long LEAST_NS = 30_000_000;
        private static final double DEVIATIONS = 4;
        private static final double GAIN = 0.125;
        private static final double DEVIATION_GAIN = 0.25;

        private final long mostNs;
        private double roundTripNs;
        private double deviationNs;
        private boolean known;

        ReplyTimeout(long mostNs) {
            this.mostNs = mostNs;
        }

        void answered(long tookNs) {
            if (known) {
                deviationNs += DEVIATION_GAIN * (Math.abs(tookNs - roundTripNs) - deviationNs);
                roundTripNs += GAIN * (tookNs - roundTripNs);
            } else {
                roundTripNs = tookNs;
                deviationNs = 0.5 * tookNs;
                known = true;
            }
        }

        long timeoutNs() {
            return known
                    ? Math.min(mostNs, Math.max(LEAST_NS, (long) (roundTripNs + DEVIATIONS * deviationNs)))
                    : mostNs;
        }
    }
}
