package dev.tare.report.unit;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What a JMH score stands for: a name, a unit, the direction that is better, and the arithmetic that leads there. One
 * measure converts all scores of one metric, so that forks and runs are compared in the same unit.
 */
public final class Measure {
    /** The name of the measure that is the benchmark's own score, not a counter's. */
    public static final String OWN_SCORE = "score";

    private final String name;
    private final String unit;
    private final Direction better;
    private final DoubleUnaryOperator conversion;

    private Measure(String name, String unit, Direction better, DoubleUnaryOperator conversion) {
        this.name = name;
        this.unit = unit;
        this.better = better;
        this.conversion = conversion;
    }

    /**
     * The measure by which a benchmark is judged: its first counter in the order GFLOP/s, IO/s, MB/s, events per second
     * (by name where two have the same unit), or its raw score when it has none.
     *
     * @param scoreUnit the unit of the benchmark's own score
     * @param counterUnits label to unit of all secondary results
     * @param threads JMH's number of threads
     */
    public static Measure main(String scoreUnit, Map<String, String> counterUnits, int threads) {
        return counterUnits.keySet().stream()
                .filter(label -> Ending.of(label).filter(Ending::judges).isPresent())
                .sorted(Comparator.comparing((String label) -> Ending.of(label).orElseThrow())
                        .thenComparing(Comparator.naturalOrder()))
                .flatMap(label -> physical(label, counterUnits.getOrDefault(label, ""), threads).stream())
                .findFirst()
                .orElseGet(() -> raw(OWN_SCORE, scoreUnit));
    }

    /**
     * The measure of a counter whose name ends with its unit; empty when the name has no such ending, or when JMH's unit
     * contradicts it. In average-time mode JMH reports the inverse of a counter, per thread: it is inverted back and
     * multiplied by the threads.
     *
     * @param label the counter's name, such as {@code bandwidthMBps}
     * @param scoreUnit JMH's unit: {@code ops/T} or {@code T/op} for counters, the physical unit itself from profilers
     * @param threads JMH's number of threads, at least 1
     */
    public static Optional<Measure> physical(String label, String scoreUnit, int threads) {
        return Ending.of(label)
                .flatMap(ending -> conversion(ending, scoreUnit, threads)
                        .map(arithmetic -> new Measure(label, ending.unit, ending.better, arithmetic)));
    }

    /**
     * The measure of a score without a physical counter: operations per second, or a time in seconds. Whatever else a
     * profiler reports keeps its unit and improves in no direction.
     */
    public static Measure raw(String name, String scoreUnit) {
        Optional<Double> perTime = TimeUnits.perTime(scoreUnit);
        if (perTime.isPresent()) {
            double seconds = perTime.get();
            return new Measure(name, "ops/s", Direction.MORE_IS_BETTER, score -> score / seconds);
        }
        Optional<Double> perOperation = TimeUnits.perOperation(scoreUnit);
        Optional<Double> time = perOperation.or(() -> TimeUnits.seconds(scoreUnit));
        if (time.isPresent()) {
            double seconds = time.get();
            String unit = perOperation.isPresent() ? "s/op" : "s";
            return new Measure(name, unit, Direction.LESS_IS_BETTER, score -> score * seconds);
        }
        return new Measure(name, scoreUnit, Direction.NEITHER, DoubleUnaryOperator.identity());
    }

    private static Optional<DoubleUnaryOperator> conversion(Ending ending, String scoreUnit, int threads) {
        if (scoreUnit.equals(ending.unit)) {
            return Optional.of(DoubleUnaryOperator.identity());
        }
        if (!ending.rate) {
            return Optional.empty();
        }
        Optional<DoubleUnaryOperator> throughput =
                TimeUnits.perTime(scoreUnit).map(seconds -> (DoubleUnaryOperator) score -> score / seconds);
        return throughput.or(
                () -> TimeUnits.perOperation(scoreUnit).map(seconds -> score -> threads / (score * seconds)));
    }

    /** The physical value of one of JMH's scores. */
    public double convert(double score) {
        return conversion.applyAsDouble(score);
    }

    /** The counter's label, or {@link #OWN_SCORE}. */
    public String name() {
        return name;
    }

    /** The unit as printed: {@code GFLOP/s}, {@code MB/s}, {@code IO/s}, {@code 1/s}, {@code us}, ... */
    public String unit() {
        return unit;
    }

    /** Which way this measure improves. */
    public Direction better() {
        return better;
    }
}
