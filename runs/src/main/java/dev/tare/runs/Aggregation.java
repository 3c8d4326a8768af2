package dev.tare.runs;

import java.util.Arrays;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;

/**
 * How JMH makes one score of many iterations. Profilers choose it (a maximum of maxima, a sum of counts), its JSON does
 * not say which: it is the one that leads from the raw data to JMH's own score.
 */
enum Aggregation {
    MEAN,
    MAXIMUM,
    MINIMUM,
    SUM;

    private static final double ROUNDING = 1e-9;

    /** NaN for no values. */
    double of(Collection<Double> values) {
        DoubleSummaryStatistics statistics =
                values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        if (statistics.getCount() == 0) {
            return Double.NaN;
        }
        return switch (this) {
            case MEAN -> statistics.getAverage();
            case MAXIMUM -> statistics.getMax();
            case MINIMUM -> statistics.getMin();
            case SUM -> statistics.getSum();
        };
    }

    /** The aggregation that makes this score of all iterations of all forks; empty when none does. */
    static Optional<Aggregation> behind(double score, List<List<Double>> forks) {
        List<Double> all = forks.stream().flatMap(List::stream).toList();
        return Arrays.stream(values())
                .filter(candidate -> close(candidate.of(all), score))
                .findFirst();
    }

    private static boolean close(double a, double b) {
        return Double.compare(a, b) == 0 || Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
    }
}
