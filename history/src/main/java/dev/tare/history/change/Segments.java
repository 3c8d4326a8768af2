package dev.tare.history.change;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/** A series of logarithms cut at its changes, into stretches that have a mean each. */
final class Segments {
    /** Below it there is nothing to mend: so much comes by chance. With 0.3 there would be 25 false alarms instead of 15. */
    private static final double AUTOCORRELATED = 0.2;

    /** What differs by less does so by the arithmetic alone. */
    private static final double ROUNDING = 1e-12;

    private static final double HIGHEST = 0.95;

    private final double[] values;
    /** The first index of each stretch, then the end. */
    private final List<Integer> bounds;
    /** Lag-1 autocorrelation of the residuals, the bias of short series taken off. */
    private final double autocorrelation;

    Segments(double[] values, List<Integer> places) {
        this.values = values;
        this.bounds = new ArrayList<>(places);
        bounds.add(0, 0);
        bounds.add(values.length);
        this.autocorrelation = autocorrelation(values, bounds);
    }

    /** Changes at all places, not yet judged. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        for (int i = 1; i < bounds.size() - 1; i++) {
            changes.add(change(bounds.get(i - 1), bounds.get(i), bounds.get(i + 1)));
        }
        return changes;
    }

    private Change change(int from, int at, int to) {
        double before = mean(values, from, at);
        double after = mean(values, at, to);
        return new Change(at, Math.exp(before), Math.exp(after), p(from, at, to), autocorrelation, at - from, to - at);
    }

    /** Share of values that count: neighbours that resemble each other say the same thing twice. */
    private double effectiveShare() {
        return autocorrelation > AUTOCORRELATED ? (1 - autocorrelation) / (1 + autocorrelation) : 1;
    }

    private double p(int from, int at, int to) {
        double share = effectiveShare();
        double effectiveBefore = (at - from) * share;
        double effectiveAfter = (to - at) * share;
        double degreesOfFreedom = effectiveBefore + effectiveAfter - 2;
        if (!(degreesOfFreedom > 0)) {
            return 1;
        }
        // The mean of autocorrelated values follows them: what is left of their squares is that of fewer values.
        double variance =
                (squares(from, at) + squares(at, to)) / (to - from) * (degreesOfFreedom + 2) / degreesOfFreedom;
        double difference = Math.abs(mean(values, at, to) - mean(values, from, at));
        double error = Math.sqrt(variance * (1 / effectiveBefore + 1 / effectiveAfter));
        if (error == 0) {
            return difference == 0 ? 1 : 0;
        }
        return 2 * new TDistribution(degreesOfFreedom).cumulativeProbability(-difference / error);
    }

    private double squares(int from, int to) {
        double mean = mean(values, from, to);
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (values[i] - mean) * (values[i] - mean);
        }
        return sum;
    }

    private static double mean(double[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    /**
     * Of the residuals of a line through each stretch, for a slow drift is no resemblance of neighbours. The estimate of a
     * series whose mean is estimated too lies (1 + 4 r) / n too low (Kendall); a line has two such numbers.
     */
    private static double autocorrelation(double[] values, List<Integer> bounds) {
        double products = 0;
        double squares = 0;
        for (int segment = 0; segment + 1 < bounds.size(); segment++) {
            double[] residuals = residuals(values, bounds.get(segment), bounds.get(segment + 1));
            for (int i = 0; i < residuals.length; i++) {
                squares += residuals[i] * residuals[i];
                products += i > 0 ? residuals[i] * residuals[i - 1] : 0;
            }
        }
        if (squares < values.length * ROUNDING * ROUNDING) {
            return 0;
        }
        double raw = products / squares;
        double correction = 2.0 * (bounds.size() - 1) * (1 + 4 * raw) / values.length;
        return Math.min(HIGHEST, raw + correction);
    }

    private static double[] residuals(double[] values, int from, int to) {
        double mean = mean(values, from, to);
        double middle = (from + to - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int i = from; i < to; i++) {
            products += (i - middle) * (values[i] - mean);
            squares += (i - middle) * (i - middle);
        }
        double slope = squares == 0 ? 0 : products / squares;
        double[] residuals = new double[to - from];
        for (int i = from; i < to; i++) {
            residuals[i - from] = values[i] - mean - slope * (i - middle);
        }
        return residuals;
    }
}
