package dev.tare.report.unit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * What a JMH score stands for: a name, a unit, the direction that is better, and the arithmetic that leads there. One
 * measure converts all scores of one metric, so that forks and runs are compared in the same unit.
 */
public final class Measure {
    /** The name of the measure that is JMH's own primary metric, not a counter's. */
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
     * The measure that a report shows first and compares: the primary counter, which is the first in the order GFLOP/s,
     * IO/s, MB/s, events per second (by name where two have the same unit), or JMH's own score where there is none.
     *
     * @param scoreUnit the unit of JMH's own score
     * @param counterUnits label to unit of all secondary results
     * @param threads JMH's number of threads
     */
    public static Measure primary(String scoreUnit, Map<String, String> counterUnits, int threads) {
        return counterUnits.keySet().stream()
                .filter(label -> Suffix.of(label).filter(Suffix::canBePrimary).isPresent())
                .sorted(Comparator.comparing((String label) -> Suffix.of(label).orElseThrow())
                        .thenComparing(Comparator.naturalOrder()))
                .flatMap(label -> physical(label, counterUnits.getOrDefault(label, ""), threads).stream())
                .findFirst()
                .orElseGet(() -> raw(OWN_SCORE, scoreUnit));
    }

    /**
     * The measure of a counter whose name ends with its unit; empty when the name has no such suffix, or when JMH's unit
     * contradicts it. In average-time mode JMH reports the inverse of a counter, per thread: it is inverted back and
     * multiplied by the threads.
     *
     * @param label the counter's name, such as {@code bandwidthMBps}
     * @param scoreUnit JMH's unit: {@code ops/T} or {@code T/op} for counters, the physical unit itself from profilers
     * @param threads JMH's number of threads, at least 1
     */
    public static Optional<Measure> physical(String label, String scoreUnit, int threads) {
        return Suffix.of(label)
                .flatMap(suffix -> conversion(suffix, scoreUnit, threads)
                        .map(arithmetic -> new Measure(label, suffix.unit, suffix.better, arithmetic)));
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

    private static Optional<DoubleUnaryOperator> conversion(Suffix suffix, String scoreUnit, int threads) {
        if (scoreUnit.equals(suffix.unit)) {
            return Optional.of(DoubleUnaryOperator.identity());
        }
        if (!suffix.rate) {
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

    /**
     * How finely values of this measure are known: the relative distance of two neighbouring values. What is context has
     * none, since nothing is concluded from it.
     *
     * @param values converted values
     */
    public double resolution(List<Double> values) {
        return better == Direction.NEITHER ? 0 : Resolution.of(name, unit, values);
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

    /** The suffixes of counter names that carry a physical unit, in the order in which they become primary. */
    private enum Suffix {
        GFLOPS("Gflops", "GFLOP/s", Direction.MORE_IS_BETTER, true),
        IOS("IOps", "IO/s", Direction.MORE_IS_BETTER, true),
        MEGABYTES("MBps", "MB/s", Direction.MORE_IS_BETTER, true),
        EVENTS("PerS", "1/s", Direction.MORE_IS_BETTER, true),
        CORES("Cores", "cores", Direction.NEITHER, true),
        NANOSECONDS("Ns", "ns", Direction.LESS_IS_BETTER, false),
        MICROSECONDS("Us", "us", Direction.LESS_IS_BETTER, false),
        MILLISECONDS("Ms", "ms", Direction.LESS_IS_BETTER, false),
        SECONDS("S", "s", Direction.LESS_IS_BETTER, false),
        PERCENT("Percent", "%", Direction.NEITHER, true),
        PPM("Ppm", "ppm", Direction.NEITHER, false);

        private final String text;
        private final String unit;
        private final Direction better;
        /** Whether JMH's operation counters can carry it: they are always divided by time, as a share of the time is. */
        private final boolean rate;

        Suffix(String text, String unit, Direction better, boolean rate) {
            this.text = text;
            this.unit = unit;
            this.better = better;
            this.rate = rate;
        }

        /** What a maximum or a CPU share says is context. */
        private boolean canBePrimary() {
            return rate && better != Direction.NEITHER;
        }

        private static Optional<Suffix> of(String label) {
            return Arrays.stream(values()).filter(suffix -> suffix.ends(label)).findFirst();
        }

        /** A suffix starts a new word: {@code responseMaxUs} is a time, {@code usedDNS} and {@code status} are not. */
        private boolean ends(String label) {
            if (!label.endsWith(text)) {
                return false;
            }
            int start = label.length() - text.length();
            return start == 0
                    || Character.isLowerCase(label.charAt(start - 1))
                    || Character.isDigit(label.charAt(start - 1));
        }
    }
}
