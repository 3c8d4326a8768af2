package dev.tare.clock.client;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.NanoSource;
import dev.tare.clock.estimate.Exchange;
import dev.tare.clock.transport.Exchanger;
import dev.tare.clock.transport.Outcome;
import dev.tare.clock.transport.TcpExchanger;
import dev.tare.clock.transport.UdpExchanger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks one server in bursts and leaves it alone when it asks for that. Belongs to one thread at a time. */
final class Requests implements AutoCloseable {
    private static final int LOSSES_THAT_END_A_BURST = 2;
    private static final int BURSTS_PER_READING = 3;
    private static final long FIRST_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NS = TimeUnit.SECONDS.toNanos(64);

    private final ClockAddress address;
    private final Exchanger exchanger;
    private final ReplyTimeout patience;
    private long pauseNs = FIRST_PAUSE_NS;
    private long quietUntilNs = System.nanoTime();
    private boolean refused;
    private String lastFailure = "nothing";

    private Requests(ClockAddress address, Exchanger exchanger, long timeoutNs) {
        this.address = address;
        this.exchanger = exchanger;
        this.patience = new ReplyTimeout(timeoutNs);
    }

    static Requests to(ClockAddress address, NanoSource local, Discipline discipline) {
        long wallClockNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        try {
            InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
            Exchanger exchanger = address.transport() == ClockTransport.UDP
                    ? new UdpExchanger(server, local, wallClockNs)
                    : new TcpExchanger(server, local, wallClockNs);
            return new Requests(address, exchanger, discipline.timeout().toNanos());
        } catch (IOException e) {
            throw new ClockUnreachableException(
                    "clock server " + address + ": expected a host that can be reached, got " + e
                            + "; check its name and this machine's network",
                    e);
        }
    }

    /** Answers from which a direct reading can be made, or few of them when the server does not give them. */
    List<Exchange> reading(int requests) {
        List<Exchange> exchanges = burst(requests);
        for (int more = 1; exchanges.size() < 2 && more < BURSTS_PER_READING && mayAsk(); more++) {
            exchanges.addAll(burst(requests));
        }
        return exchanges;
    }

    /** Valid answers to up to that many requests, in the order in which they were made. */
    List<Exchange> burst(int requests) {
        List<Exchange> exchanges = new ArrayList<>(requests);
        int lossesInARow = 0;
        for (int i = 0; i < requests && lossesInARow < LOSSES_THAT_END_A_BURST && mayAsk(); i++) {
            Outcome outcome = exchanger.exchange(patience.timeoutNs());
            lossesInARow = outcome instanceof Outcome.Loss ? lossesInARow + 1 : 0;
            take(outcome, exchanges);
        }
        return exchanges;
    }

    private boolean mayAsk() {
        return !refused && System.nanoTime() - quietUntilNs >= 0;
    }

    private void take(Outcome outcome, List<Exchange> exchanges) {
        if (outcome instanceof Outcome.Answered answered) {
            exchanges.add(answered.exchange());
            patience.answered(answered.exchange().roundTripNs());
            pauseNs = FIRST_PAUSE_NS;
        } else if (outcome instanceof Outcome.Loss loss) {
            lastFailure = loss.reason();
        } else if (outcome instanceof Outcome.Rejection rejection) {
            lastFailure = "an answer that is not usable: " + rejection.fault().reason();
        } else if (outcome instanceof Outcome.Kiss kiss) {
            lastFailure = "the demand to be left alone (" + kiss.code() + ")";
            refused = !kiss.onlyTooFast();
            quietUntilNs = System.nanoTime() + pauseNs;
            pauseNs = Math.min(2 * pauseNs, LONGEST_PAUSE_NS);
        }
    }

    /** The message for a server that brings no time. */
    ClockUnreachableException unreachable() {
        return new ClockUnreachableException("clock server " + address + ": expected the time, got " + lastFailure
                + "; check that the server runs there and that no firewall drops " + address.transport()
                + " port " + address.port());
    }

    ExchangeCounts counts() {
        return exchanger.counts();
    }

    @Override
    public void close() {
        exchanger.close();
    }
}
