package dev.tare.clock.profile;

import dev.tare.clock.MeasuredInterval;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.ScalarResult;

/** Secondary results of an iteration, all named {@code clock.…} with their unit at the end. */
final class IterationNumbers {
    private IterationNumbers() {}

    /** Of an iteration that the local clock measured, with nothing to compare it to. */
    static List<ScalarResult> local() {
        return List.of(swapped(false));
    }

    static List<ScalarResult> of(IterationVerdict verdict, double maxErrorPercent, boolean swapped) {
        MeasuredInterval interval = verdict.interval();
        List<ScalarResult> numbers = new ArrayList<>();
        numbers.add(swapped(swapped));
        numbers.add(new ScalarResult(
                "clock.errorPercent",
                swapped ? verdict.errorPercent() : verdict.localErrorPercent(),
                "%",
                AggregationPolicy.MAX));
        // Two numbers for one, because JMH prints every negative score as "≈ 0".
        numbers.add(new ScalarResult(
                "clock.localFastPpm", Math.max(0, interval.localRatePpm()), "ppm", AggregationPolicy.AVG));
        numbers.add(new ScalarResult(
                "clock.localSlowPpm", Math.max(0, -interval.localRatePpm()), "ppm", AggregationPolicy.AVG));
        numbers.add(new ScalarResult(
                "clock.localRateBoundPpm", interval.localRateBoundPpm(), "ppm", AggregationPolicy.MAX));
        numbers.add(new ScalarResult("clock.roundTripUs", interval.roundTripNs() / 1e3, "us", AggregationPolicy.AVG));
        numbers.add(new ScalarResult("clock.requestsLost", interval.requestsLost(), "requests", AggregationPolicy.SUM));
        double shortestNs = verdict.shortestIterationNs(maxErrorPercent);
        if (swapped && Double.isFinite(shortestNs)) {
            numbers.add(new ScalarResult("clock.shortestIterationUs", shortestNs / 1e3, "us", AggregationPolicy.MAX));
        }
        return numbers;
    }

    private static ScalarResult swapped(boolean swapped) {
        return new ScalarResult("clock.swapped", swapped ? 1 : 0, "of 1", AggregationPolicy.MIN);
    }
}
