package dev.tare.report.efficiency;

import dev.tare.report.unit.Direction;
import dev.tare.report.unit.DisplayUnit;
import java.util.Optional;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What one side keeps of the other's performance: 1 means all of it, more is better, also for times.
 *
 * @param ratio the ratio of the geometric means of the forks
 * @param interval its confidence interval; empty when either side has one fork only
 * @param limitedByResolution whether the forks differ by so little that the interval is as wide as the resolution of
 *     their values, and not narrower
 */
public record Efficiency(double ratio, Optional<Interval> interval, boolean limitedByResolution) {

    /**
     * Compares two sides by Welch's t on the logarithms of their fork means: ratios of speeds are what people ask for,
     * logarithms make them differences, and Welch's form needs neither equal spread nor equal numbers of forks. Where that
     * is narrower than the resolution of the values, half a unit of both sides counts instead.
     *
     * @param baseline the native side, without {@link ForkMeans#obstacle()}
     * @param guest the other side, without {@link ForkMeans#obstacle()}
     * @param better which way the compared quantity improves, not {@link Direction#NEITHER}
     * @throws IllegalArgumentException when the sides have no ratio
     */
    public static Efficiency of(ForkMeans baseline, ForkMeans guest, Direction better) {
        require(baseline, "baseline");
        require(guest, "guest");
        int sign = switch (better) {
            case MORE_IS_BETTER -> 1;
            case LESS_IS_BETTER -> -1;
            case NEITHER ->
                throw new IllegalArgumentException(
                        "Expected a quantity that improves in one direction, got one that does not");
        };
        double[] reference = logarithms(baseline);
        double[] other = logarithms(guest);
        double difference = sign * (StatUtils.mean(other) - StatUtils.mean(reference));
        if (reference.length < 2 || other.length < 2) {
            return new Efficiency(Math.exp(difference), Optional.empty(), false);
        }
        double spread = halfWidth(reference, other);
        double halfUnits = baseline.logarithmicHalfUnit() + guest.logarithmicHalfUnit();
        double halfWidth = Math.max(spread, halfUnits);
        Interval interval = new Interval(Math.exp(difference - halfWidth), Math.exp(difference + halfWidth));
        return new Efficiency(Math.exp(difference), Optional.of(interval), spread < halfUnits);
    }

    /** In per cent, with the interval if there is one, such as {@code 79.3 % [66.8, 94.2]}. */
    public String inWords() {
        return DisplayUnit.percent(ratio)
                + interval.map(ends -> " " + DisplayUnit.percentInterval(ends.low(), ends.high()))
                        .orElse("");
    }

    private static void require(ForkMeans side, String name) {
        side.obstacle().ifPresent(obstacle -> {
            throw new IllegalArgumentException("The " + name + " has no efficiency: " + obstacle);
        });
    }

    private static double halfWidth(double[] a, double[] b) {
        double errorA = StatUtils.variance(a) / a.length;
        double errorB = StatUtils.variance(b) / b.length;
        double error = errorA + errorB;
        if (error == 0) {
            return 0;
        }
        // Welch and Satterthwaite; between min(n) - 1 and n + m - 2. Shares instead of squares: no underflow.
        double shareA = errorA / error;
        double shareB = errorB / error;
        double degreesOfFreedom = 1 / (shareA * shareA / (a.length - 1) + shareB * shareB / (b.length - 1));
        return ForkMeans.quantile(degreesOfFreedom) * Math.sqrt(error);
    }

    private static double[] logarithms(ForkMeans side) {
        double[] logarithms = side.array();
        for (int i = 0; i < logarithms.length; i++) {
            logarithms[i] = Math.log(logarithms[i]);
        }
        return logarithms;
    }
}
