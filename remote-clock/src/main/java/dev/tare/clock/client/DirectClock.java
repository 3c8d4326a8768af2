package dev.tare.clock.client;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.NanoSource;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.estimate.DurationBound;
import dev.tare.clock.estimate.NtpExchange;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks the server for every reading, as the study of 2010 did, and leans on no local clock.
 *
 * <p>A reading is a few requests back to back, and a few more when all of them took unusually long. The instant meant is
 * the one between two of them where the server's times before and after are closest.
 */
public final class DirectClock implements RemoteClock {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * A burst is repeated when its best gap is so many times as wide as the narrowest so far: something held up all of its
     * requests, as a processor does that was asleep or taken away.
     */
    private static final int HELD_UP = 2;

    private static final int MAX_BURSTS = 4;

    /** A gap as narrow as this is never asked to be narrower. */
    private static final long FINEST_WIDTH_NS = 1_000;

    private final ClockAddress address;
    private final ClockAddress server;
    private final Discipline discipline;
    private final NtpRequests requests;
    private long lastNs = Long.MIN_VALUE;
    /** Width of the gap that this server and network can be expected to give. */
    private long usualWidthNs = Long.MAX_VALUE / HELD_UP;

    private DirectClock(ClockAddress address, ClockAddress server, Discipline discipline, NtpRequests requests) {
        this.address = address;
        this.server = server;
        this.discipline = discipline;
        this.requests = requests;
    }

    /**
     * Opens the clock and reads it once.
     *
     * @throws ClockUnreachableException when the server brings no time within two seconds
     */
    public static DirectClock open(ClockAddress address, Discipline discipline) {
        return open(address, discipline, System::nanoTime);
    }

    /** The same beside another local clock, which only measures round trips. */
    public static DirectClock open(ClockAddress address, Discipline discipline, NanoSource local) {
        return HostAddresses.first(address, (server, socket) -> {
            NtpRequests requests = NtpRequests.to(server, socket, local, discipline, new BackOff(System::nanoTime));
            return opened(asking(address, server, discipline, requests));
        });
    }

    private static DirectClock opened(DirectClock clock) {
        try {
            clock.read();
            return clock;
        } catch (ClockUnreachableException e) {
            clock.close();
            throw e;
        }
    }

    /** The clock that these requests read; nothing is asked yet. */
    static DirectClock asking(ClockAddress address, ClockAddress server, Discipline discipline, NtpRequests requests) {
        return new DirectClock(address, server, discipline, requests);
    }

    @Override
    public ClockAddress address() {
        return address;
    }

    @Override
    public ClockAddress server() {
        return server;
    }

    /**
     * Middle of a reading, nanoseconds since 1970 on the server's timescale.
     *
     * @throws ClockUnreachableException when the server brings no time within two seconds
     */
    @Override
    public synchronized long nanoTime() {
        lastNs = Math.max(lastNs, read().midpointNs());
        return lastNs;
    }

    @Override
    public ClockReading read() {
        return reading(directReading().reading);
    }

    private static ClockReading reading(DirectReading reading) {
        return new ClockReading(reading.earliestNs(), reading.latestNs(), ClockStatus.SYNCHRONIZED);
    }

    private synchronized Begun directReading() {
        ExchangeCounts before = requests.counts();
        List<NtpExchange> exchanges = requests.reading(discipline.requestsPerReading(), PATIENCE.toNanos());
        DirectReading reading = DirectReading.narrowest(exchanges);
        if (reading == null) {
            throw requests.unreachable();
        }
        reading = narrowed(reading, exchanges);
        long roundTripNs =
                exchanges.stream().mapToLong(NtpExchange::roundTripNs).min().orElseThrow();
        return new Begun(reading, roundTripNs, before);
    }

    /** The narrowest reading after more bursts, as many as an unusually wide one asks for. */
    private DirectReading narrowed(DirectReading first, List<NtpExchange> exchanges) {
        DirectReading reading = first;
        for (int bursts = 1; bursts < MAX_BURSTS && isHeldUp(reading); bursts++) {
            exchanges.addAll(requests.burst(discipline.requestsPerReading()));
            reading = Objects.requireNonNull(DirectReading.narrowest(exchanges), "a gap that was there");
        }
        // Where bursts did not help, the network itself has become slower.
        usualWidthNs = isHeldUp(reading)
                ? HELD_UP * usualWidthNs
                : Math.max(FINEST_WIDTH_NS, Math.min(usualWidthNs, reading.widthNs()));
        return reading;
    }

    private boolean isHeldUp(DirectReading reading) {
        return reading.widthNs() > HELD_UP * usualWidthNs;
    }

    @Override
    public OpenInterval beginInterval() {
        return directReading();
    }

    @Override
    public MeasuredInterval endInterval(OpenInterval begin) {
        if (!(begin instanceof Begun begun)) {
            throw new IllegalArgumentException("endInterval: expected an interval that a direct clock began");
        }
        Begun ended = directReading();
        DurationBound bound = begun.reading.until(ended.reading);
        long durationNs = Math.max(0, ended.reading.middleNs() - begun.reading.middleNs());
        boolean restarted = begun.reading.steadyTimescale() != ended.reading.steadyTimescale();
        long localNs = ended.reading.localNs() - begun.reading.localNs();
        double fastest = (double) localNs / Math.max(1, bound.shortestNs());
        double slowest = (double) localNs / Math.max(1, bound.longestNs());
        return new MeasuredInterval(
                durationNs,
                localNs,
                restarted ? 0 : Math.max(0, bound.shortestNs()),
                restarted ? Long.MAX_VALUE : Math.max(0, bound.longestNs()),
                restarted ? MeasuredInterval.Witness.CONTRADICTED : MeasuredInterval.Witness.CONFIRMED,
                restarted ? ClockStatus.DISRUPTED : ClockStatus.SYNCHRONIZED,
                Math.min(begun.roundTripNs, ended.roundTripNs),
                counts().unanswered() - begun.before.unanswered(),
                ((double) localNs / Math.max(1, durationNs) - 1) * 1e6,
                (fastest - slowest) * 1e6);
    }

    @Override
    public ExchangeCounts counts() {
        return requests.counts();
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        requests.close();
    }

    private record Begun(DirectReading reading, long roundTripNs, ExchangeCounts before) implements OpenInterval {}
}
