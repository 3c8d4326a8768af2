package dev.tare.clock.client;

import dev.tare.clock.ClockStatus;
import dev.tare.clock.Witness;
import dev.tare.clock.estimate.ClockEstimator;
import dev.tare.clock.estimate.DurationBound;
import org.jspecify.annotations.Nullable;

/**
 * What the disciplined clock and the direct readings at both ends together say about a duration.
 *
 * <p>While nothing was disrupted both are true, so the duration is in their intersection. Across a disruption either the
 * local clock was wrong, or the server was: if the server promises that it never stepped, the direct readings count;
 * otherwise the duration is only known to be in one or the other.
 */
record IntervalVerdict(DurationBound bound, Witness witness, ClockStatus status) {
    private static final DurationBound ANY = new DurationBound(0, Long.MAX_VALUE);

    static IntervalVerdict of(IntervalEnd begin, IntervalEnd end, ClockEstimator estimator) {
        long beginNs = begin.edge().localNs();
        long endNs = end.edge().localNs();
        DurationBound direct = direct(begin.edge(), end.edge());
        if (begin.state().disruptions() == end.state().disruptions()) {
            DurationBound disciplined = estimator.duration(beginNs, endNs);
            if (direct == null) {
                return new IntervalVerdict(
                        disciplined, Witness.ABSENT, end.state().status(endNs));
            }
            if (direct.overlaps(disciplined)) {
                return new IntervalVerdict(
                        direct.intersection(disciplined),
                        Witness.CONFIRMED,
                        end.state().status(endNs));
            }
        }
        return direct == null
                ? new IntervalVerdict(ANY, Witness.ABSENT, ClockStatus.DISRUPTED)
                : new IntervalVerdict(
                        acrossDisruption(begin, end, direct), Witness.CONTRADICTED, ClockStatus.DISRUPTED);
    }

    private static @Nullable DurationBound direct(TimedEdge begin, TimedEdge end) {
        Edge first = begin.direct();
        Edge last = end.direct();
        return first == null || last == null ? null : first.until(last);
    }

    private static DurationBound acrossDisruption(IntervalEnd begin, IntervalEnd end, DurationBound direct) {
        Edge first = begin.edge().direct();
        Edge last = end.edge().direct();
        if (first != null && last != null && first.steadyUntil(last)) {
            return direct;
        }
        long localNs = end.edge().localNs() - begin.edge().localNs();
        return direct.hull(new DurationBound(
                (long) (localNs * begin.state().estimate().slowest()),
                (long) (localNs * begin.state().estimate().fastest()) + 1));
    }
}
