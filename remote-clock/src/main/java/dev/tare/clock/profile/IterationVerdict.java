package dev.tare.clock.profile;

import dev.tare.clock.ClockStatus;
import dev.tare.clock.MeasuredInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * What a finished iteration's timing is worth.
 *
 * @param interval the iteration from its outer ends, on the remote timescale
 * @param timedNs the part of it that decided the score
 * @param rateUncertaintyPpm how much the bound of a longer iteration may grow with its length; 0 when nothing leans on the local
 *     clock
 */
record IterationVerdict(MeasuredInterval interval, double timedNs, double rateUncertaintyPpm) {
    /** How the labels of all our results begin. */
    static final String PREFIX = "clock.";

    private static final String SWAPPED = "clock.swapped";
    private static final String ERROR_PERCENT = "clock.errorPercent";

    /**
     * The verdict on an iteration.
     *
     * @param rateUncertaintyPpm as in the record
     */
    static IterationVerdict of(
            BenchmarkParams params, IterationResult result, MeasuredInterval interval, double rateUncertaintyPpm) {
        return new IterationVerdict(interval, timedNs(params, result, interval.durationNs()), rateUncertaintyPpm);
    }

    /**
     * The time in nanoseconds that decided the score, recovered from it; fixtures and hand-overs around it do not lengthen
     * it.
     *
     * @param wholeNs the whole iteration, which counts in sample mode: a score there is the mean of many short times
     */
    private static double timedNs(BenchmarkParams params, IterationResult result, long wholeNs) {
        Mode mode = params.getMode();
        if (result.getRawPrimaryResults().isEmpty() || mode == Mode.SampleTime) {
            return wholeNs;
        }
        double score = result.getPrimaryResult().getScore();
        double operations = result.getMetadata().getMeasuredOps();
        double unitNs = TimeUnit.NANOSECONDS.convert(1, params.getTimeUnit());
        return switch (mode) {
            case Throughput -> operations / score * unitNs;
            case AverageTime -> score * operations / params.getThreads() * unitNs;
            default -> score * unitNs;
        };
    }

    /** Bound of the error of the score's time, in percent of the shortest that it can be. */
    double errorPercent() {
        return percentOf(timedNs - interval.boundNs(), (double) interval.boundNs());
    }

    /** The same for a score that was measured with the local clock. */
    double localErrorPercent() {
        double boundNs = Math.max(
                Math.abs((double) interval.localNs() - interval.shortestNs()),
                Math.abs((double) interval.longestNs() - interval.localNs()));
        return percentOf((double) interval.shortestNs(), boundNs);
    }

    private static double percentOf(double shortestNs, double boundNs) {
        return shortestNs > 0 ? 100 * boundNs / shortestNs : Double.POSITIVE_INFINITY;
    }

    /**
     * How long an iteration must be so that its timing error stays below a share of it. A shorter one than this is bound
     * at least as well; a longer one by at most its rate's uncertainty more. Infinite when no length is enough.
     */
    double shortestIterationNs(double sharePercent) {
        double share = sharePercent / 100;
        double shortestNs = interval.boundNs() / share;
        if (shortestNs <= interval.durationNs()) {
            return shortestNs;
        }
        double rateUncertainty = rateUncertaintyPpm / 1e6;
        return share > rateUncertainty
                ? (interval.boundNs() - rateUncertainty * interval.durationNs()) / (share - rateUncertainty)
                : Double.POSITIVE_INFINITY;
    }

    /** Why a score must not come from this iteration, or empty when it may. */
    Optional<String> objection(double maxErrorPercent) {
        if (interval.status() == ClockStatus.DISRUPTED) {
            return Optional.of(
                    "remote clock: expected a steady clock during the iteration, got a step or a change of rate"
                            + " of the local clock or of the server's (direct readings: "
                            + interval.witness().name().toLowerCase(Locale.ROOT)
                            + "); run again, or use mode=direct if the local clock keeps stepping");
        }
        if (!(errorPercent() <= maxErrorPercent)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "remote clock: expected an error of at most %s %% of the iteration's time, got a bound of %.3g %%"
                            + " (%.1f us of %.3f ms, status %s, %d requests lost); make iterations at least %.3g ms long,"
                            + " move the server nearer, or raise max-error",
                    plain(maxErrorPercent),
                    errorPercent(),
                    interval.boundNs() / 1e3,
                    timedNs / 1e6,
                    interval.status().name().toLowerCase(Locale.ROOT),
                    interval.requestsLost(),
                    shortestIterationNs(maxErrorPercent) / 1e6));
        }
        return Optional.empty();
    }

    /** A number without digits that say nothing, such as {@code 0.1} and {@code 5}. */
    static String plain(double number) {
        return number == Math.rint(number) ? String.format(Locale.ROOT, "%.0f", number) : Double.toString(number);
    }

    /** Secondary results of an iteration that the local clock measured, with nothing to compare it to. */
    static List<ScalarResult> localResults() {
        return List.of(swapped(false));
    }

    /** Secondary results of the iteration, all named {@code clock.…} with their unit at the end. */
    List<ScalarResult> results(double maxErrorPercent, boolean swapped) {
        List<ScalarResult> numbers = new ArrayList<>();
        numbers.add(swapped(swapped));
        numbers.add(new ScalarResult(
                ERROR_PERCENT, swapped ? errorPercent() : localErrorPercent(), "%", AggregationPolicy.MAX));
        // Two numbers for one, because JMH prints every negative score as "≈ 0".
        numbers.add(new ScalarResult(
                "clock.localFastPpm", Math.max(0, interval.localRatePpm()), "ppm", AggregationPolicy.AVG));
        numbers.add(new ScalarResult(
                "clock.localSlowPpm", Math.max(0, -interval.localRatePpm()), "ppm", AggregationPolicy.AVG));
        numbers.add(new ScalarResult(
                "clock.localRateBoundPpm", interval.localRateBoundPpm(), "ppm", AggregationPolicy.MAX));
        numbers.add(new ScalarResult("clock.roundTripUs", interval.roundTripNs() / 1e3, "us", AggregationPolicy.AVG));
        numbers.add(new ScalarResult("clock.requestsLost", interval.requestsLost(), "requests", AggregationPolicy.SUM));
        double shortestNs = shortestIterationNs(maxErrorPercent);
        if (swapped && Double.isFinite(shortestNs)) {
            numbers.add(new ScalarResult("clock.shortestIterationUs", shortestNs / 1e3, "us", AggregationPolicy.MAX));
        }
        return numbers;
    }

    /** Whether a result of this label says which clock measured, or how far it can be trusted. */
    static boolean isEssential(String label) {
        return label.equals(SWAPPED) || label.equals(ERROR_PERCENT);
    }

    private static ScalarResult swapped(boolean swapped) {
        return new ScalarResult(SWAPPED, swapped ? 1 : 0, "of 1", AggregationPolicy.MIN);
    }
}
