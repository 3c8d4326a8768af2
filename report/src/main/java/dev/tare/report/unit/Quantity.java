package dev.tare.report.unit;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * A value with its physical unit, as shown to people.
 *
 * @param value the value in that unit; NaN when JMH's score was
 * @param unit such as {@code GFLOP/s}, {@code MB/s}, {@code IO/s} or {@code us/op}
 */
public record Quantity(double value, String unit) {

    /**
     * What a benchmark's result means, for display: its main physical quantity, or its own score in a readable unit.
     *
     * @param score the benchmark's own score
     * @param counters its secondary results by label
     * @param threads JMH's number of threads, at least 1
     */
    public static Quantity main(Score score, Map<String, Score> counters, int threads) {
        Map<String, String> units = counters.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().unit()));
        Measure measure = Measure.main(score.unit(), units, threads);
        double jmhScore = measure.name().equals(Measure.OWN_SCORE)
                ? score.value()
                : counters.getOrDefault(measure.name(), score).value();
        double value = measure.convert(jmhScore);
        ReadableUnit readable = ReadableUnit.of(measure.unit(), value);
        return new Quantity(value * readable.factor(), readable.unit());
    }

    /** The value in four significant digits, a blank, the unit. */
    @Override
    public String toString() {
        return Digits.significant(value) + " " + unit;
    }
}
