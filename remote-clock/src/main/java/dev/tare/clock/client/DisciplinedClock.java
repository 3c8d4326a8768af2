package dev.tare.clock.client;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.NanoSource;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.estimate.NtpExchange;
import dev.tare.clock.estimate.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the local monotonic clock in step with a server: a background thread asks, a reading only computes.
 *
 * <p>{@link #nanoTime()} costs a reading of the local clock and one multiplication, and allocates nothing as long as the
 * background thread keeps up. It follows the server's rate without steps; after a disruption it goes on from where it
 * was at the new rate.
 */
public final class DisciplinedClock implements RemoteClock {
    // Longer than a busy machine keeps a server from answering, short against an iteration.
    private static final Duration WITNESS_PATIENCE = Duration.ofMillis(500);

    private final ClockAddress address;
    private final ClockAddress server;
    private final Discipline discipline;
    private final NanoSource local;
    private final Timeline timeline;
    private final Regulator regulator;
    private final NtpRequests witness;
    private final Poller poller;

    private DisciplinedClock(
            ClockAddress address,
            ClockAddress server,
            Discipline discipline,
            NanoSource local,
            NtpRequests witness,
            Poller poller) {
        this.address = address;
        this.server = server;
        this.discipline = discipline;
        this.local = local;
        this.regulator = poller.regulator();
        this.timeline = regulator.timeline();
        this.witness = witness;
        this.poller = poller;
    }

    /**
     * Opens the clock; returns once its rate is known, usually within a fifth of a second.
     *
     * @throws ClockUnreachableException when the server brings no time within two seconds
     */
    public static DisciplinedClock open(ClockAddress address, Discipline discipline) {
        return open(address, discipline, System::nanoTime);
    }

    /** The same over another local clock. */
    public static DisciplinedClock open(ClockAddress address, Discipline discipline, NanoSource local) {
        return HostAddresses.first(address, (server, socket) -> {
            BackOff backOff = new BackOff(System::nanoTime);
            NtpRequests polls = NtpRequests.to(server, socket, local, discipline, backOff);
            NtpRequests witness = NtpRequests.to(server, socket, local, discipline, backOff);
            try {
                Poller poller = Poller.start("remote clock " + address, polls, local, discipline);
                return new DisciplinedClock(address, server, discipline, local, witness, poller);
            } catch (ClockUnreachableException e) {
                polls.close();
                throw e;
            }
        });
    }

    @Override
    public ClockAddress address() {
        return address;
    }

    @Override
    public ClockAddress server() {
        return server;
    }

    /** Nanoseconds at the server's rate; the origin is 1970 as long as nothing was disrupted. */
    @Override
    public long nanoTime() {
        Timeline.Piece piece = timeline.current();
        return timeline.at(piece, local.nanoTime());
    }

    @Override
    public ClockReading read() {
        long localNs = local.nanoTime();
        return regulator.state().reading(localNs);
    }

    /** What the server's recent answers are worth now. */
    public ClockStatus status() {
        return regulator.state().status(local.nanoTime());
    }

    /** How much faster than the server the local clock runs, in parts per million. */
    public double localRatePpm() {
        return regulator.state().estimate().localRatePpm();
    }

    /** How far {@link #localRatePpm()} may be from the truth. */
    public double localRateBoundPpm() {
        return regulator.state().estimate().localRateBoundPpm();
    }

    /** How often a clock was found to have stepped or changed its rate since this one was opened. */
    public long disruptions() {
        return regulator.state().disruptions();
    }

    @Override
    public OpenInterval beginInterval() {
        return end();
    }

    @Override
    public MeasuredInterval endInterval(OpenInterval begin) {
        if (!(begin instanceof IntervalEnd begun)) {
            throw new IllegalArgumentException("endInterval: expected an interval that a disciplined clock began");
        }
        IntervalEnd ended = end();
        return regulator.measure(
                begun, ended, counts().unanswered() - begun.before().unanswered());
    }

    private IntervalEnd end() {
        synchronized (witness) {
            ExchangeCounts before = counts();
            List<NtpExchange> exchanges = witness.reading(discipline.requestsPerReading(), WITNESS_PATIENCE.toNanos());
            return regulator.end(exchanges, local, before);
        }
    }

    @Override
    public ExchangeCounts counts() {
        return poller.counts().plus(witness.counts());
    }

    @Override
    public Optional<String> failure() {
        return poller.failure();
    }

    @Override
    public void close() {
        poller.close();
        synchronized (witness) {
            witness.close();
        }
    }
}
