package dev.tare.clock.client;

import dev.tare.clock.ClockStatus;
import dev.tare.clock.estimate.ClockEstimator;
import dev.tare.clock.estimate.Estimate;
import dev.tare.clock.estimate.Exchange;
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

    private final Duration poll;
    private final ClockEstimator estimator;
    private final Timeline timeline;
    private volatile ClockState state;
    private long originNs;
    private long steeredDisruptions;

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

    ClockState state() {
        return state;
    }

    /**
     * Takes in what the server answered; nothing changes when it did not.
     *
     * @param next time until the next poll
     */
    synchronized void take(List<Exchange> exchanges, long nowLocalNs, Duration next) {
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

    private ClockState state(Estimate known, long nowLocalNs, boolean disrupted) {
        boolean useful = estimator.settled() && ClockState.rateIsUseful(known);
        ClockStatus unsettled = disrupted ? ClockStatus.DISRUPTED : ClockStatus.UNKNOWN;
        return new ClockState(
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

    /** The verdict on an interval whose end has just been read. */
    synchronized IntervalVerdict judge(IntervalEnd begin, IntervalEnd end) {
        return IntervalVerdict.of(begin, end, estimator);
    }
}
