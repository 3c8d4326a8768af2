package dev.tare.clock.client;

import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.NanoSource;
import dev.tare.clock.estimate.ClockEstimator;
import dev.tare.clock.estimate.Estimate;
import dev.tare.clock.estimate.NtpExchange;
import dev.tare.clock.estimate.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Feeds exchanges to the estimator, steers the timeline after it, and publishes what is known. */
final class Regulator {
    private static final int SILENT_POLLS = 4;
    // An offset is worked off over this time: slow enough to leave the rate alone, quick against the window.
    private static final double OFFSET_TIME_NS = TimeUnit.SECONDS.toNanos(8);
    private static final double LARGEST_CORRECTION = 0.25;
    /** A rate known no better than this bounds nothing useful. */
    private static final double USEFUL_RATE_BOUND_PPM = 1000;

    private final Duration poll;
    private final ClockEstimator estimator;
    private final Timeline timeline;
    private volatile State state;
    private long originNs;
    private long steeredDisruptions;

    /**
     * What is known after a poll.
     *
     * @param silentFromNs local time from which on the server counts as silent unless it answers again
     * @param answering the status until then
     */
    record State(Estimate estimate, long silentFromNs, long disruptions, ClockStatus answering) {
        ClockStatus status(long localNs) {
            return localNs - silentFromNs >= 0 && answering == ClockStatus.SYNCHRONIZED
                    ? ClockStatus.FREE_RUNNING
                    : answering;
        }

        ClockReading reading(long localNs) {
            return new ClockReading(estimate.earliestNs(localNs), estimate.latestNs(localNs), status(localNs));
        }
    }

    /** @param estimator has seen exchanges already */
    Regulator(ClockEstimator estimator, Estimate known, long nowLocalNs, Discipline discipline) {
        this.poll = discipline.poll();
        this.estimator = estimator;
        this.timeline = new Timeline(
                nowLocalNs,
                known.serverNs(nowLocalNs),
                known.rate(),
                discipline.poll().toNanos() / 8);
        this.state = state(known, nowLocalNs, false);
        this.steeredDisruptions = estimator.disruptions();
    }

    Timeline timeline() {
        return timeline;
    }

    State state() {
        return state;
    }

    static boolean rateIsUseful(Estimate estimate) {
        return estimate.fastest() - estimate.slowest() <= 2e-6 * USEFUL_RATE_BOUND_PPM;
    }

    /**
     * Takes in what the server answered; nothing changes when it did not.
     *
     * @param next time until the next poll
     */
    synchronized void take(List<NtpExchange> exchanges, long nowLocalNs, Duration next) {
        long before = estimator.disruptions();
        estimator.add(exchanges);
        Estimate known = estimator.estimate();
        if (exchanges.isEmpty() || known == null) {
            return;
        }
        boolean disrupted = estimator.disruptions() != before || state.answering() == ClockStatus.DISRUPTED;
        state = state(known, nowLocalNs, disrupted);
        timeline.steer(nowLocalNs, (localNs, valueNs) -> steer(known, localNs, valueNs), next.toNanos());
    }

    /** Counts the server as silent from now on, until it answers again. */
    synchronized void runFree() {
        State last = state;
        state = new State(last.estimate(), last.estimate().localNs(), last.disruptions(), last.answering());
    }

    private State state(Estimate known, long nowLocalNs, boolean disrupted) {
        boolean useful = estimator.settled() && rateIsUseful(known);
        ClockStatus unsettled = disrupted ? ClockStatus.DISRUPTED : ClockStatus.UNKNOWN;
        return new State(
                known,
                nowLocalNs + SILENT_POLLS * poll.toNanos(),
                estimator.disruptions(),
                useful ? ClockStatus.SYNCHRONIZED : unsettled);
    }

    /** The estimated rate, bent a little to work off an offset; an offset too large for that is accepted instead. */
    private double steer(Estimate known, long localNs, long valueNs) {
        double offsetNs = known.serverNs(localNs) - originNs - valueNs;
        double correction = offsetNs / OFFSET_TIME_NS;
        boolean tooLarge = Math.abs(correction) > LARGEST_CORRECTION * (known.fastest() - known.slowest()) / 2;
        if (tooLarge || steeredDisruptions != estimator.disruptions()) {
            steeredDisruptions = estimator.disruptions();
            originNs = known.serverNs(localNs) - valueNs;
            return known.rate();
        }
        return Math.max(known.slowest(), Math.min(known.fastest(), known.rate() + correction));
    }

    /**
     * Takes in the exchanges of a direct reading, and makes an end of an interval of them.
     *
     * @param exchanges in the order in which they were made; empty when the server was silent
     * @param before the requests made before them
     */
    synchronized IntervalEnd end(List<NtpExchange> exchanges, NanoSource local, ExchangeCounts before) {
        take(exchanges, local.nanoTime(), poll);
        Timeline.Piece piece = timeline.current();
        DirectReading direct = DirectReading.narrowest(exchanges);
        long localNs = direct == null ? local.nanoTime() : direct.localNs();
        long roundTripNs =
                exchanges.stream().mapToLong(NtpExchange::roundTripNs).min().orElse(0);
        // Before three polls agree, what was proved may be a step that looks like a rate; a direct reading is true.
        ClockEstimator.Instant instant = estimator.settled() || direct == null
                ? estimator.instant(localNs)
                : new ClockEstimator.Instant(localNs, direct.earliestNs(), direct.latestNs());
        return new IntervalEnd(instant, timeline.at(piece, localNs), roundTripNs, direct, state, before);
    }

    /** An interval whose end has just been read. */
    synchronized MeasuredInterval measure(IntervalEnd begin, IntervalEnd end, long requestsLost) {
        return end.since(begin, estimator, requestsLost);
    }
}
