package dev.tare.report.unit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How finely a metric is recorded. Percentiles come from histograms, whose buckets are far wider than what forks differ
 * by: forks that fall into one bucket are equal, and their variance says nothing of how exactly the value is known.
 */
public final class Resolution {
    /** JMH's own percentiles, of mode {@code sample}. */
    private static final Pattern SAMPLED = Pattern.compile("(.*:)?p[01]\\.\\d+");
    /** Percentiles that benchmarks and profilers record themselves. */
    private static final Pattern PERCENTILE = Pattern.compile(".*P\\d+(Ns|Us|Ms|S)");

    private static final Map<String, Double> NANOSECONDS_PER_UNIT =
            Map.of("s/op", 1e9, "s", 1e9, "ms", 1e6, "us", 1e3, "ns", 1.0);

    /** JMH 1.37's SampleBuffer keeps the ten leading bits of a value. */
    private static final int BITS_OF_JMH = 10;
    /** Three significant digits, as HdrHistogram is set up here. */
    private static final double OF_THREE_DIGITS = 1e-3;
    /** Earlier versions of the I/O benchmarks kept six leading bits and reported the last nanosecond of a bucket. */
    private static final int BITS_OF_EARLIER_VERSIONS = 6;

    /** A value is shown in four significant digits, and no interval is narrower than what is shown. */
    private static final int FEWEST_DIGITS = 4;

    private static final int MOST_DIGITS = 12;
    private static final double ROUNDING = 1e-13;

    private Resolution() {}

    /**
     * The relative distance of two values that can just be told apart.
     *
     * @param label the metric's label
     * @param unit the unit of the values
     * @param values the values of the forks
     */
    static double of(String label, String unit, List<Double> values) {
        double nanoseconds = NANOSECONDS_PER_UNIT.getOrDefault(unit, 0.0);
        if (nanoseconds > 0 && SAMPLED.matcher(label).matches()) {
            return values.stream()
                    .mapToDouble(value -> bucket(value * nanoseconds, BITS_OF_JMH))
                    .max()
                    .orElse(0);
        }
        if (nanoseconds > 0 && PERCENTILE.matcher(label).matches()) {
            return values.stream().allMatch(value -> endsBucket(value * nanoseconds))
                    ? values.stream()
                            .mapToDouble(value -> bucket(value * nanoseconds, BITS_OF_EARLIER_VERSIONS))
                            .max()
                            .orElse(0)
                    : OF_THREE_DIGITS;
        }
        return ofDigits(values);
    }

    /**
     * The resolution of values of which nothing is known but their digits: that of the value with the most, and at least
     * four.
     */
    public static double ofDigits(List<Double> values) {
        return values.stream().mapToDouble(Resolution::ofDigits).min().orElse(0);
    }

    private static double ofDigits(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return 0;
        }
        BigDecimal exact = new BigDecimal(value);
        int digits = FEWEST_DIGITS;
        while (digits < MOST_DIGITS
                && Math.abs(exact.round(new MathContext(digits)).doubleValue() - value) > ROUNDING * Math.abs(value)) {
            digits++;
        }
        BigDecimal rounded = exact.round(new MathContext(digits));
        int exponent = rounded.precision() - rounded.scale() - digits;
        return Math.pow(10, exponent) / Math.abs(value);
    }

    /** The relative width of the bucket of a histogram that keeps so many leading bits of whole nanoseconds. */
    private static double bucket(double ns, int bits) {
        return Double.isFinite(ns) && ns > 0 ? width(ns, bits) / ns : 0;
    }

    private static double width(double ns, int bits) {
        return Math.scalb(1.0, Math.max(0, Math.getExponent(ns) + 1 - bits));
    }

    private static boolean endsBucket(double ns) {
        if (!Double.isFinite(ns) || ns < 1) {
            return false;
        }
        double buckets = (ns + 1) / width(ns, BITS_OF_EARLIER_VERSIONS);
        return Math.abs(buckets - Math.rint(buckets)) < 1e-6;
    }
}
