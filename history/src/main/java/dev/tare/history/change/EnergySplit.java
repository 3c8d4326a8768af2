package dev.tare.history.change;

import java.util.Arrays;

/**
 * The place where a stretch of values falls apart most, by the energy statistic of E-divisive: Matteson and James, "A
 * nonparametric approach for multiple change point analysis of multivariate data", JASA 109 (2014), equations 5 to 7, with
 * distances to the power of 1.
 *
 * @param at index of the first value after the change
 * @param end end of the values after it, exclusive: the paper's kappa, which keeps a step that returns from hiding
 * @param statistic the paper's q, larger the less alike both sides are; negative infinity when the stretch is too short
 */
record EnergySplit(int at, int end, double statistic) {
    private static final EnergySplit NONE = new EnergySplit(-1, -1, Double.NEGATIVE_INFINITY);

    /**
     * Tries all pairs of a change and an end, in time that grows with the square of the length: sums of distances within
     * both sides are carried from one pair to the next, and those between the sides are what they lack of the whole.
     *
     * @param fewest the fewest values on either side, at least 2
     */
    static EnergySplit best(double[] values, int from, int to, int fewest) {
        int length = to - from;
        if (length < 2 * fewest) {
            return NONE;
        }
        double[] leading = leading(values, from, to);
        // within[k]: distances within the values from the change to k, for the change of the current pass.
        double[] within = new double[length + 1];
        double[] over = new double[length + 1];
        for (int count = 1; count <= length; count++) {
            over[count] = 1.0 / count;
        }
        double largest = Double.NEGATIVE_INFINITY;
        int bestAt = -1;
        int bestEnd = -1;
        for (int at = length - 1; at >= fewest; at--) {
            double pivot = values[from + at];
            double toPivot = 0;
            double left = leading[at];
            double leftScale = over[at - 1];
            for (int end = at + 1; end <= length; end++) {
                toPivot += Math.abs(values[from + end - 1] - pivot);
                double right = within[end] + toPivot;
                within[end] = right;
                int after = end - at;
                if (after >= fewest) {
                    double between = leading[end] - left - right;
                    double statistic =
                            2 * over[end] * (between - left * after * leftScale - right * at * over[after - 1]);
                    if (statistic > largest) {
                        largest = statistic;
                        bestAt = at;
                        bestEnd = end;
                    }
                }
            }
        }
        return new EnergySplit(from + bestAt, from + bestEnd, largest);
    }

    /** Sums of the distances within the first k values, for each k; added so that the compiler can make vectors of it. */
    private static double[] leading(double[] values, int from, int to) {
        double[] stretch = Arrays.copyOfRange(values, from, to);
        double[] distances = new double[stretch.length];
        for (int other = 0; other < stretch.length; other++) {
            double value = stretch[other];
            for (int i = other + 1; i < stretch.length; i++) {
                distances[i] += Math.abs(value - stretch[i]);
            }
        }
        double[] sums = new double[stretch.length + 1];
        for (int i = 0; i < stretch.length; i++) {
            sums[i + 1] = sums[i] + distances[i];
        }
        return sums;
    }
}
