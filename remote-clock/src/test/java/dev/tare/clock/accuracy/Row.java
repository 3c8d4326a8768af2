package dev.tare.clock.accuracy;

import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.MeasuredInterval.Witness;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The intervals of one length in one situation.
 *
 * @param intervals at least one; the truth is their {@link MeasuredInterval#localNs()}
 */
record Row(Situation situation, long lengthS, List<MeasuredInterval> intervals) {
    static final String HEADER = "| situation | interval | n | error p50 | p99 | bound p50 | p99 | goal: error, bound"
            + " | reached | honest | confirmed |\n|---|---|---|---|---|---|---|---|---|---|---|";

    private static final double NANOS_PER_MICRO = 1e3;

    /** How many bounds did not hold. */
    long violations() {
        return intervals.stream()
                .filter(i -> i.localNs() < i.shortestNs() || i.localNs() > i.longestNs())
                .count();
    }

    String text() {
        Situation.Goal goal = situation.goal();
        double boundGoalUs = lengthS == 1 ? goal.shortBoundUs() : goal.longBoundUs();
        double errorP99 = percentileUs(Row::errorNs, 0.99);
        double reachedBound = percentileUs(MeasuredInterval::boundNs, goal.medianBounds() ? 0.5 : 0.99);
        boolean errorReached = lengthS > 1 || errorP99 <= goal.errorUs();
        return String.format(
                Locale.ROOT,
                "| %s | %d s | %d | %.3f us | %.3f us | %.3f us | %.3f us | %s, %s%.0f us | %s | %.2f %% | %.2f %% |",
                situation.label(),
                lengthS,
                intervals.size(),
                percentileUs(Row::errorNs, 0.5),
                errorP99,
                percentileUs(MeasuredInterval::boundNs, 0.5),
                percentileUs(MeasuredInterval::boundNs, 0.99),
                lengthS > 1 ? "-" : goal.errorUs() + " us",
                goal.medianBounds() ? "p50 " : "",
                boundGoalUs,
                errorReached && reachedBound <= boundGoalUs ? "yes" : "no",
                100.0 * (intervals.size() - violations()) / intervals.size(),
                100.0
                        * intervals.stream()
                                .filter(i -> i.witness() == Witness.CONFIRMED)
                                .count()
                        / intervals.size());
    }

    private static long errorNs(MeasuredInterval interval) {
        return Math.abs(interval.durationNs() - interval.localNs());
    }

    private double percentileUs(ToLongFunction<MeasuredInterval> figureNs, double share) {
        long[] sorted = intervals.stream().mapToLong(figureNs).sorted().toArray();
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_PER_MICRO;
    }
}
