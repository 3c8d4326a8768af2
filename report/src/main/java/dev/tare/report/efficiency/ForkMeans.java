package dev.tare.report.efficiency;

import dev.tare.report.unit.Resolution;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The sample that everything here is computed from: one mean per fork. Iterations of one fork share a JVM, its memory
 * layout and its compiled code, so they are no independent samples; forks are.
 *
 * @param values one mean per fork, in one unit; NaN and values that are not positive are allowed and spoken of
 * @param resolution the relative distance of two values that can just be told apart: no interval is narrower
 */
public record ForkMeans(List<Double> values, double resolution) {
    /** Keeps a copy of the values. */
    public ForkMeans {
        values = List.copyOf(values);
    }

    /** Means of which nothing is known but their digits. */
    public ForkMeans(List<Double> values) {
        this(values, Resolution.ofDigits(values));
    }

    /** The mean over the forks; NaN when there is none, or when one is NaN. */
    public double mean() {
        return StatUtils.mean(array());
    }

    /**
     * Student's t interval of the mean, or half a unit of the resolution on both sides where that is wider; empty for
     * fewer than two forks, or when a fork has no finite value.
     */
    public Optional<Interval> interval() {
        if (values.size() < 2 || !values.stream().allMatch(Double::isFinite)) {
            return Optional.empty();
        }
        double halfWidth = Math.max(spread(), resolution / 2 * Math.abs(mean()));
        return Optional.of(new Interval(mean() - halfWidth, mean() + halfWidth));
    }

    /** Whether the forks differ by so little that {@link #interval()} is as wide as the resolution, and not narrower. */
    public boolean isLimitedByResolution() {
        return interval().isPresent() && spread() < resolution / 2 * Math.abs(mean());
    }

    private double spread() {
        return quantile(values.size() - 1) * Math.sqrt(StatUtils.variance(array()) / values.size());
    }

    /** How far the logarithm of a value may be from the truth by its resolution alone: half a unit. */
    double logarithmicHalfUnit() {
        return Math.log1p(resolution / 2);
    }

    /** What keeps these forks from being compared as a ratio, in words; empty when nothing does. */
    public Optional<String> obstacle() {
        if (values.isEmpty()) {
            return Optional.of("no fork has a value");
        }
        for (int i = 0; i < values.size(); i++) {
            double value = values.get(i);
            if (!(value > 0 && Double.isFinite(value))) {
                return Optional.of(
                        "fork " + (i + 1) + " of " + values.size() + " is " + value + ", expected a positive number");
            }
        }
        return Optional.empty();
    }

    double[] array() {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The two-sided quantile of Student's distribution for {@link Interval#CONFIDENCE}. */
    public static double quantile(double degreesOfFreedom) {
        return new TDistribution(degreesOfFreedom).inverseCumulativeProbability((1 + Interval.CONFIDENCE) / 2);
    }
}
