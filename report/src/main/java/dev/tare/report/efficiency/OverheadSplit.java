package dev.tare.report.efficiency;

import dev.tare.report.unit.DisplayUnit;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.FDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Time per operation as a fixed cost and a cost per byte: {@code time = fixed + bytes / bandwidth}, fitted to the fork means
 * of several sizes by weighted least squares. Forks of small and of large operations differ by about the same share of
 * their times, so weights are the inverse squares of the fitted times, and the variance is that of the logarithms within
 * the sizes. Where the sizes miss the line by more than their forks explain, that counts instead.
 *
 * @param fixedS what an operation costs however small it is, in seconds
 * @param fixedErrorS its standard error
 * @param perByteS what a byte costs, in seconds
 * @param perByteErrorS its standard error
 * @param degreesOfFreedom of both errors
 * @param largestResidual how far the size that fits worst is from the line, as a share of the line
 * @param refusal why the line says nothing; empty where it fits
 */
public record OverheadSplit(
        double fixedS,
        double fixedErrorS,
        double perByteS,
        double perByteErrorS,
        double degreesOfFreedom,
        double largestResidual,
        Optional<String> refusal) {
    /** A line through fewer sizes fits whatever they are. */
    public static final int LEAST_SIZES = 4;

    /** A line that misses a size by more, and not by chance, explains nothing. */
    private static final double MOST_RESIDUAL = 0.1;

    private static final double SIGNIFICANCE = 0.05;
    private static final int REWEIGHTINGS = 5;
    private static final int COEFFICIENTS = 2;

    /**
     * The operations of one size.
     *
     * @param bytes the size
     * @param seconds the time of one operation, fork by fork
     */
    public record Size(double bytes, List<Double> seconds) {
        /** Keeps a copy. */
        public Size {
            seconds = List.copyOf(seconds);
        }

        private double[] array() {
            return seconds.stream().mapToDouble(Double::doubleValue).toArray();
        }
    }

    /**
     * Fits the line.
     *
     * @param sizes at least {@link #LEAST_SIZES} different ones, with positive times
     */
    public static OverheadSplit of(List<Size> sizes) {
        long different = sizes.stream().map(Size::bytes).distinct().count();
        if (different < LEAST_SIZES) {
            throw new IllegalArgumentException(
                    "Expected at least " + LEAST_SIZES + " sizes to split an overhead, got " + different);
        }
        for (Size size : sizes) {
            if (size.seconds().isEmpty() || !size.seconds().stream().allMatch(time -> time > 0 && time < 1e300)) {
                throw new IllegalArgumentException("Expected positive times, got " + size);
            }
        }
        double[] line = new double[] {0, 0};
        double[] weights = new double[sizes.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weight(sizes.get(i), StatUtils.mean(sizes.get(i).array()));
        }
        for (int round = 0; round < REWEIGHTINGS; round++) {
            line = solve(sizes, weights);
            for (int i = 0; i < weights.length; i++) {
                double fitted = line[0] + line[1] * sizes.get(i).bytes();
                // A line that is not positive everywhere gives no weights; it is refused below.
                weights[i] = fitted > 0 ? weight(sizes.get(i), fitted) : weights[i];
            }
        }
        return judged(sizes, weights, line);
    }

    private static double weight(Size size, double time) {
        return size.seconds().size() / (time * time);
    }

    /** Fixed cost and cost per byte that leave the least weighted squares. */
    private static double[] solve(List<Size> sizes, double[] weights) {
        Sums sums = Sums.of(sizes, weights);
        double perByte = (sums.w * sums.wxy - sums.wx * sums.wy) / sums.determinant();
        return new double[] {(sums.wy - perByte * sums.wx) / sums.w, perByte};
    }

    private record Sums(double w, double wx, double wxx, double wy, double wxy) {
        static Sums of(List<Size> sizes, double[] weights) {
            double w = 0;
            double wx = 0;
            double wxx = 0;
            double wy = 0;
            double wxy = 0;
            for (int i = 0; i < weights.length; i++) {
                double x = sizes.get(i).bytes();
                double y = StatUtils.mean(sizes.get(i).array());
                w += weights[i];
                wx += weights[i] * x;
                wxx += weights[i] * x * x;
                wy += weights[i] * y;
                wxy += weights[i] * x * y;
            }
            return new Sums(w, wx, wxx, wy, wxy);
        }

        double determinant() {
            return w * wxx - wx * wx;
        }
    }

    private static OverheadSplit judged(List<Size> sizes, double[] weights, double[] line) {
        double largest = 0;
        double missed = 0;
        double within = 0;
        int forks = 0;
        for (int i = 0; i < weights.length; i++) {
            Size size = sizes.get(i);
            double fitted = line[0] + line[1] * size.bytes();
            double residual = StatUtils.mean(size.array()) - fitted;
            largest = Math.max(largest, Math.abs(residual / fitted));
            missed += weights[i] * residual * residual;
            double[] logarithms = size.seconds().stream().mapToDouble(Math::log).toArray();
            within += StatUtils.populationVariance(logarithms) * logarithms.length;
            forks += logarithms.length;
        }
        int missedDegrees = weights.length - COEFFICIENTS;
        int forkDegrees = forks - weights.length;
        double ofLine = missed / missedDegrees;
        double ofForks = forkDegrees == 0 ? 0 : within / forkDegrees;
        boolean lineDecides = ofLine > ofForks;
        boolean beyondChance = forkDegrees == 0
                || (ofForks == 0 ? ofLine > 1e-12 : isBeyondChance(ofLine / ofForks, missedDegrees, forkDegrees));
        Sums sums = Sums.of(sizes, weights);
        double variance = Math.max(ofLine, ofForks);
        OverheadSplit split = new OverheadSplit(
                line[0],
                Math.sqrt(variance * sums.wxx / sums.determinant()),
                line[1],
                Math.sqrt(variance * sums.w / sums.determinant()),
                lineDecides ? missedDegrees : forkDegrees,
                largest,
                Optional.empty());
        return split.refused(beyondChance);
    }

    private static boolean isBeyondChance(double ratio, int above, int below) {
        return new FDistribution(above, below).cumulativeProbability(ratio) > 1 - SIGNIFICANCE;
    }

    private OverheadSplit refused(boolean beyondChance) {
        Optional<String> why = Optional.empty();
        if (!(perByteS > 0)) {
            why = Optional.of("refused: an operation does not take longer with its size");
        } else if (!(largestResidual <= MOST_RESIDUAL) && beyondChance) {
            why = Optional.of("refused: the line misses a size by " + DisplayUnit.percent(largestResidual));
        } else if (fixed().high() < 0) {
            why = Optional.of("refused: the fixed cost would be less than nothing");
        }
        return new OverheadSplit(fixedS, fixedErrorS, perByteS, perByteErrorS, degreesOfFreedom, largestResidual, why);
    }

    /** The fixed cost in seconds. */
    public Interval fixed() {
        return around(fixedS, fixedErrorS, degreesOfFreedom);
    }

    /** Bytes per second; empty where the cost of a byte cannot be told from none, so that there is no upper end. */
    public Optional<Interval> bandwidth() {
        Interval perByte = around(perByteS, perByteErrorS, degreesOfFreedom);
        return perByte.low() > 0 ? Optional.of(new Interval(1 / perByte.high(), 1 / perByte.low())) : Optional.empty();
    }

    /** What this side adds to the fixed cost of the other, in seconds: Welch's interval of the difference. */
    public Interval addedTo(OverheadSplit baseline) {
        double own = fixedErrorS * fixedErrorS;
        double other = baseline.fixedErrorS * baseline.fixedErrorS;
        double both = own + other;
        double degrees = both == 0
                ? degreesOfFreedom
                : 1
                        / (own / both * (own / both) / degreesOfFreedom
                                + other / both * (other / both) / baseline.degreesOfFreedom);
        return around(fixedS - baseline.fixedS, Math.sqrt(both), degrees);
    }

    private static Interval around(double value, double error, double degrees) {
        double half = error == 0 ? 0 : ForkMeans.quantile(degrees) * error;
        return new Interval(value - half, value + half);
    }
}
