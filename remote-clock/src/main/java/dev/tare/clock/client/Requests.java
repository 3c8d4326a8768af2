package dev.tare.clock.client;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.NanoSource;
import dev.tare.clock.estimate.Exchange;
import dev.tare.clock.transport.Exchanger;
import dev.tare.clock.transport.Outcome;
import dev.tare.clock.transport.SocketExchanger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks one server in bursts, as often as its {@link BackOff} allows. Belongs to one thread at a time. */
final class Requests implements AutoCloseable {
    private static final int LOSSES_THAT_END_A_BURST = 2;

    private final ClockAddress address;
    private final Exchanger exchanger;
    private final ReplyTimeout patience;
    private final BackOff backOff;
    private String lastFailure = "nothing";

    Requests(ClockAddress address, Exchanger exchanger, long timeoutNs, BackOff backOff) {
        this.address = address;
        this.exchanger = exchanger;
        this.patience = new ReplyTimeout(timeoutNs);
        this.backOff = backOff;
    }

    /** @param backOff shared by all who ask the same server for one clock: its demand is meant for them together */
    static Requests to(ClockAddress address, NanoSource local, Discipline discipline, BackOff backOff) {
        long wallClockNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        try {
            InetSocketAddress server = new InetSocketAddress(InetAddress.getByName(address.host()), address.port());
            Exchanger exchanger = new SocketExchanger(server, address.transport(), local, wallClockNs);
            return new Requests(address, exchanger, discipline.timeout().toNanos(), backOff);
        } catch (UnknownHostException e) {
            throw new ClockUnreachableException(
                    "clock server " + address + ": expected a host that can be reached, got " + e
                            + "; check its name and this machine's network",
                    e);
        }
    }

    /** Answers of which a direct reading can be made, or not when the server does not give them in time. */
    List<Exchange> reading(int requests, long patienceNs) {
        long beginNs = System.nanoTime();
        List<Exchange> exchanges = burst(requests);
        while (Edge.narrowest(exchanges) == null
                && backOff.allowsWithin(patienceNs)
                && Pause.unlessOver(beginNs, patienceNs)) {
            exchanges.addAll(burst(requests));
        }
        return exchanges;
    }

    /** Valid answers to up to that many requests, in the order in which they were made; none while the server is left alone. */
    List<Exchange> burst(int requests) {
        List<Exchange> exchanges = new ArrayList<>(requests);
        int lossesInARow = 0;
        boolean mayAsk = backOff.mayBegin();
        for (int i = 0; mayAsk && i < requests && lossesInARow < LOSSES_THAT_END_A_BURST; i++) {
            Outcome outcome = exchanger.exchange(patience.timeoutNs());
            lossesInARow = outcome instanceof Outcome.Loss ? lossesInARow + 1 : 0;
            mayAsk = !(outcome instanceof Outcome.Kiss);
            take(outcome, exchanges);
        }
        return exchanges;
    }

    private void take(Outcome outcome, List<Exchange> exchanges) {
        if (outcome instanceof Outcome.Answered answered) {
            exchanges.add(answered.exchange());
            patience.answered(answered.exchange().roundTripNs());
        } else if (outcome instanceof Outcome.Loss loss) {
            lastFailure = loss.reason();
        } else if (outcome instanceof Outcome.Rejection rejection) {
            lastFailure = "an answer that is not usable: " + rejection.fault().reason();
        } else if (outcome instanceof Outcome.Kiss kiss) {
            lastFailure = "the demand to be left alone (" + kiss.code() + ")";
            backOff.heed(kiss);
        }
    }

    /** Whether the server does not want to be asked ever again. */
    boolean refused() {
        return backOff.isFinal();
    }

    /** The message for a server that brings no time. */
    ClockUnreachableException unreachable() {
        String next = backOff.hasHeeded()
                ? "; ask the server's administrator, or use a server of your own (java -jar benchmarks.jar clock)"
                : "; check that the server runs there and that no firewall drops " + address.transport() + " port "
                        + address.port();
        return new ClockUnreachableException(
                "clock server " + address + ": expected the time, got " + lastFailure + next);
    }

    ExchangeCounts counts() {
        return exchanger.counts();
    }

    @Override
    public void close() {
        exchanger.close();
    }
}
