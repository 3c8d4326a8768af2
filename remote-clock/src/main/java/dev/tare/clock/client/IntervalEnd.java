package dev.tare.clock.client;

import dev.tare.clock.ClockStatus;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.MeasuredInterval.Witness;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.estimate.ClockEstimator;
import dev.tare.clock.estimate.DurationBound;
import org.jspecify.annotations.Nullable;

/**
 * One end of an interval of a disciplined clock: on the local clock, on the timeline, by direct reading, and what the
 * clock knew then.
 *
 * @param valueNs the timeline at that instant
 * @param roundTripNs shortest round trip; 0 when no request was answered
 * @param direct null when the server gave no direct reading
 * @param instant where it is on the local clock and on the server's, as far as it was known then
 * @param before the requests made before it
 */
record IntervalEnd(
        ClockEstimator.Instant instant,
        long valueNs,
        long roundTripNs,
        @Nullable DirectReading direct,
        Regulator.State state,
        ExchangeCounts before)
        implements RemoteClock.OpenInterval {
    private static final DurationBound ANY = new DurationBound(0, Long.MAX_VALUE);

    /**
     * What the disciplined clock and the direct readings at both ends together say about a duration.
     *
     * <p>While nothing was disrupted both are true, so the duration is in their intersection. Across a disruption either the
     * local clock was wrong, or the server was: if the server promises that it never stepped, the direct readings count;
     * otherwise the duration is only known to be in one or the other.
     */
    private record IntervalVerdict(DurationBound bound, Witness witness, ClockStatus status) {}

    /**
     * The interval that ends now.
     *
     * @param estimator has seen the exchanges at this end
     * @param requestsLost requests without a valid answer since it began
     */
    MeasuredInterval since(IntervalEnd begin, ClockEstimator estimator, long requestsLost) {
        IntervalVerdict verdict = verdict(begin, estimator);
        long durationNs = valueNs - begin.valueNs;
        long passedNs = localNs() - begin.localNs();
        long shortestNs = Math.max(0, verdict.bound.shortestNs());
        long longestNs = Math.max(0, verdict.bound.longestNs());
        boolean inWindow = estimator.remembers(begin.localNs());
        return new MeasuredInterval(
                durationNs,
                passedNs,
                shortestNs,
                longestNs,
                verdict.witness,
                verdict.status,
                shorterRoundTripNs(begin),
                requestsLost,
                inWindow ? state.estimate().localRatePpm() : ppm(passedNs, durationNs),
                inWindow
                        ? state.estimate().localRateBoundPpm()
                        : Math.max(
                                ppm(passedNs, shortestNs) - ppm(passedNs, durationNs),
                                ppm(passedNs, durationNs) - ppm(passedNs, longestNs)));
    }

    private static double ppm(long localNs, long serverNs) {
        return ((double) localNs / Math.max(1, serverNs) - 1) * 1e6;
    }

    private long localNs() {
        return instant.localNs();
    }

    private IntervalVerdict verdict(IntervalEnd begin, ClockEstimator estimator) {
        DurationBound byReadings = begin.direct == null || direct == null ? null : begin.direct.until(direct);
        if (begin.state.disruptions() == state.disruptions()) {
            DurationBound disciplined = estimator.duration(begin.instant, localNs());
            if (byReadings == null) {
                return new IntervalVerdict(disciplined, Witness.ABSENT, status(begin, estimator));
            }
            if (byReadings.overlaps(disciplined)) {
                return new IntervalVerdict(
                        byReadings.intersection(disciplined), Witness.CONFIRMED, status(begin, estimator));
            }
        }
        return byReadings == null
                ? new IntervalVerdict(ANY, Witness.ABSENT, ClockStatus.DISRUPTED)
                : new IntervalVerdict(acrossDisruption(begin, byReadings), Witness.CONTRADICTED, ClockStatus.DISRUPTED);
    }

    /** The status at this end; the one at the begin counts too when nothing that is still remembered speaks for it. */
    private ClockStatus status(IntervalEnd begin, ClockEstimator estimator) {
        ClockStatus last = state.status(localNs());
        ClockStatus first = begin.state.status(begin.localNs());
        return estimator.remembers(begin.localNs()) || last.compareTo(first) > 0 ? last : first;
    }

    private DurationBound acrossDisruption(IntervalEnd begin, DurationBound byReadings) {
        if (begin.direct != null && direct != null && begin.direct.steadyUntil(direct)) {
            return byReadings;
        }
        return byReadings.hull(begin.state.estimate().between(begin.localNs(), localNs()));
    }

    /** The shorter round trip of two ends; 0 when no request was answered at either. */
    private long shorterRoundTripNs(IntervalEnd other) {
        return roundTripNs == 0 || other.roundTripNs == 0
                ? Math.max(roundTripNs, other.roundTripNs)
                : Math.min(roundTripNs, other.roundTripNs);
    }
}
