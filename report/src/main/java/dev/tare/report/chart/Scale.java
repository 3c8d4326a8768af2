package dev.tare.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Where values stand on an axis, linear or logarithmic, and which of them are named. {@link StrictMath} makes the same
 * places on every JVM.
 */
final class Scale {
    private static final double LEAST_POSITIVE = 1e-300;
    /** What a single value gets around it on an axis that does not begin at zero. */
    private static final double WIDENING = 0.1;

    private static final double LOG_WIDENING = 2;
    /** Above so large a ratio of the ends, a step that is the same everywhere would crowd the upper end. */
    private static final double MOST_FOR_STEPS = 12;

    private static final int MOST_TICKS = 60;
    private static final List<List<Integer>> MANTISSAS =
            List.of(IntStream.range(1, 10).boxed().toList(), List.of(1, 2, 5), List.of(1, 3), List.of(1));

    private final double low;
    private final double high;
    private final double from;
    private final double to;
    private final boolean logarithmic;

    private Scale(double low, double high, double from, double to, boolean logarithmic) {
        this.low = low;
        this.high = high;
        this.from = from;
        this.to = to;
        this.logarithmic = logarithmic;
    }

    /**
     * A linear scale from one value to another.
     *
     * @param from the place of {@code low} in pixels
     * @param to the place of {@code high}, which may be less
     */
    static Scale linear(double low, double high, double from, double to) {
        double least = Math.min(low, high);
        double most = Math.max(low, high);
        if (!(most > least)) {
            double around = least == 0 ? 1 : Math.abs(least) * WIDENING;
            return new Scale(least - around, most + around, from, to, false);
        }
        return new Scale(least, most, from, to, false);
    }

    /** A linear scale from zero to a round number that is not below the largest value, with at most so many ticks. */
    static Scale fromZero(double largest, double from, double to, int ticks) {
        double most = largest > LEAST_POSITIVE && Double.isFinite(largest) ? largest : 1;
        BigDecimal step = step(most, ticks);
        double end = step.doubleValue() * Math.ceil(most / step.doubleValue() - 1e-9);
        return new Scale(0, end, from, to, false);
    }

    /** A logarithmic scale; what is not positive has no place on it. */
    static Scale logarithmic(double low, double high, double from, double to) {
        double least = Math.max(LEAST_POSITIVE, Math.min(low, high));
        double most = Math.max(least, Math.max(low, high));
        if (most / least < 1 + 1e-9) {
            return new Scale(least / LOG_WIDENING, most * LOG_WIDENING, from, to, true);
        }
        return new Scale(least, most, from, to, true);
    }

    /** The least value. */
    double low() {
        return low;
    }

    /** The largest value. */
    double high() {
        return high;
    }

    /** The place of a value in pixels, also outside of the ends; NaN of what has none. */
    double at(double value) {
        double share = logarithmic
                ? (StrictMath.log(value) - StrictMath.log(low)) / (StrictMath.log(high) - StrictMath.log(low))
                : (value - low) / (high - low);
        return from + share * (to - from);
    }

    /** The place of a value, or of the end that it lies beyond. */
    double clamped(double value) {
        return at(Math.max(low, Math.min(high, value)));
    }

    /** Whether a value lies between the ends, a rounding error aside. */
    boolean holds(double value) {
        double slack = 1e-9 * (logarithmic ? Math.abs(value) : high - low);
        return value >= low - slack && value <= high + slack;
    }

    /**
     * A value that is named on the axis.
     *
     * @param value where
     * @param label how it reads
     */
    record Tick(double value, String label) {}

    /** As many round values as fit when neighbours are at least so many pixels apart; at least one. */
    List<Tick> ticks(double gap) {
        for (List<BigDecimal> candidate : logarithmic ? logarithmicTicks(gap) : List.of(linearTicks(gap))) {
            // Where ticks fit exactly, a rounding error must not leave but one of them.
            if (candidate.size() > 1 && leastGap(candidate) >= gap * (1 - 1e-9)) {
                return named(candidate);
            }
        }
        double middle = logarithmic ? StrictMath.sqrt(low) * StrictMath.sqrt(high) : (low + high) / 2;
        return named(List.of(new BigDecimal(middle).round(new MathContext(2))));
    }

    private static List<Tick> named(List<BigDecimal> values) {
        return values.stream()
                .map(value -> new Tick(value.doubleValue(), Numerals.axis(value)))
                .toList();
    }

    private double leastGap(List<BigDecimal> values) {
        double least = Double.MAX_VALUE;
        for (int i = 1; i < values.size(); i++) {
            least = Math.min(
                    least,
                    Math.abs(at(values.get(i).doubleValue())
                            - at(values.get(i - 1).doubleValue())));
        }
        return least;
    }

    private List<BigDecimal> linearTicks(double gap) {
        int most = Math.max(1, (int) Math.floor(Math.abs(to - from) / gap));
        return multiples(step(high - low, most));
    }

    /** From the most to the fewest. */
    private List<List<BigDecimal>> logarithmicTicks(double gap) {
        List<List<BigDecimal>> candidates = new ArrayList<>();
        if (high / low < MOST_FOR_STEPS) {
            for (int most = MOST_TICKS; most >= 2; most = most * 4 / 5) {
                candidates.add(multiples(step(high - low, most)));
            }
        }
        for (List<Integer> mantissas : MANTISSAS) {
            candidates.add(decades(mantissas, 1));
        }
        int everyNth = 2;
        while (everyNth < Math.max(3, gap * 20)) {
            candidates.add(decades(List.of(1), everyNth));
            everyNth++;
        }
        return candidates;
    }

    private List<BigDecimal> decades(List<Integer> mantissas, int everyNth) {
        int first = (int) Math.floor(StrictMath.log10(low));
        int last = (int) Math.ceil(StrictMath.log10(high));
        List<BigDecimal> values = new ArrayList<>();
        for (int exponent = first; exponent <= last; exponent++) {
            if (Math.floorMod(exponent, everyNth) == 0) {
                for (int mantissa : mantissas) {
                    values.add(BigDecimal.valueOf(mantissa, -exponent));
                }
            }
        }
        values.removeIf(value -> !holds(value.doubleValue()));
        return values;
    }

    private List<BigDecimal> multiples(BigDecimal step) {
        double size = step.doubleValue();
        double first = Math.ceil(low / size - 1e-9);
        double last = Math.floor(high / size + 1e-9);
        return last - first > MOST_TICKS
                ? List.of()
                : DoubleStream.iterate(first, n -> n <= last, n -> n + 1)
                        .mapToObj(n -> step.multiply(new BigDecimal(n)))
                        .toList();
    }

    /** 1, 2 or 5 times a power of ten, so that a range has at most so many of them. */
    private static BigDecimal step(double range, int most) {
        double least = range / most;
        int exponent = (int) Math.floor(StrictMath.log10(least));
        for (int mantissa : List.of(1, 2, 5)) {
            BigDecimal step = BigDecimal.valueOf(mantissa, -exponent);
            if (step.doubleValue() >= least * (1 - 1e-9)) {
                return step;
            }
        }
        return BigDecimal.valueOf(1, -exponent - 1);
    }
}
