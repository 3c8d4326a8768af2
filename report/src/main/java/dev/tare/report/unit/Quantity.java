package dev.tare.report.unit;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value with its unit.
 *
 * @param value the value in that unit; NaN when JMH's score was
 * @param unit such as {@code GFLOP/s}, {@code MB/s}, {@code IO/s} or {@code us/op}; of JMH's own scores {@code ops/s},
 *     {@code us/op}, or whatever a profiler named
 */
public record Quantity(double value, String unit) {

    /**
     * What a benchmark's result means, for display: its primary counter, or its own score in a readable unit.
     *
     * @param score JMH's own score
     * @param counters JMH's secondary results by label
     * @param threads JMH's number of threads, at least 1
     */
    public static Quantity primary(Quantity score, Map<String, Quantity> counters, int threads) {
        Map<String, String> units = counters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().unit()));
        Measure measure = Measure.primary(score.unit(), units, threads);
        double jmhScore = measure.name().equals(Measure.OWN_SCORE)
                ? score.value()
                : counters.getOrDefault(measure.name(), score).value();
        double value = measure.convert(jmhScore);
        DisplayUnit display = DisplayUnit.of(measure.unit(), value);
        return new Quantity(value * display.factor(), display.unit());
    }

    /** The value in four significant digits, a blank, the unit. */
    @Override
    public String toString() {
        return DisplayUnit.significant(value) + " " + unit;
    }
}
