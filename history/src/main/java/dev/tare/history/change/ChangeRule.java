package dev.tare.history.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.stat.descriptive.StorelessUnivariateStatistic;
import org.apache.commons.math3.stat.descriptive.moment.Mean;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/**
 * When a series has changed. E-divisive finds the places, one after the other, and goes on as long as random orders of the
 * same values hardly ever fall apart as much; each place must then stand a t-test of its neighbours, and be large enough to
 * matter.
 *
 * @param permutations random orders that each place is held against
 * @param placeSignificance the largest p of E-divisive's own test, which lets a place be looked at
 * @param significance the largest p of the t-test, which lets it be believed
 * @param smallest the smallest change of the mean that is told, as a ratio: 0.02 means 2 %; where two nights of the series
 *     usually differ by more, that
 * @param seed where random orders begin
 */
public record ChangeRule(int permutations, double placeSignificance, double significance, double smallest, long seed) {
    /** The rule whose rates of false alarms docs/history.md has. */
    public static final ChangeRule DEFAULT = new ChangeRule(999, 1e-3, 1e-4, 0.02, 20140101);

    /** After so many orders, none of which falls apart as much, what is {@link #BEYOND_DOUBT} needs no more of them. */
    private static final int FIRST_LOOK = 99;

    /**
     * So many standard deviations above the mean of the orders a place is believed at the first look: their tail falls off at least as
     * fast as an exponential's, of which e^-15 lies beyond: three ten-thousandths of the probability that is tested.
     */
    private static final double BEYOND_DOUBT = 14;

    /** Fewer values have a variance, but none that can be relied on. */
    static final int FEWEST = 3;

    /** The same rule with another smallest change, where that is larger. */
    public ChangeRule atLeast(double other) {
        return new ChangeRule(permutations, placeSignificance, significance, Math.max(smallest, other), seed);
    }

    /**
     * The changes of a series.
     *
     * @param values one for each night, positive and finite, in the order of time
     * @return in the order of time
     * @throws IllegalArgumentException when a value is not positive and finite
     */
    public List<Change> changes(double[] values) {
        double[] logarithms = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] > 0 && Double.isFinite(values[i]))) {
                throw new IllegalArgumentException("Expected positive values, got " + values[i] + " at " + i);
            }
            logarithms[i] = Math.log(values[i]);
        }
        return atLeast(Math.expm1(usualDifference(logarithms))).confirmed(logarithms, places(logarithms));
    }

    /**
     * The A/A floor: what a night and the next differ by in half of all cases. A step or two do not move it.
     *
     * @return of logarithms; 0 for fewer than two values
     */
    private static double usualDifference(double[] logarithms) {
        double[] differences = new double[Math.max(0, logarithms.length - 1)];
        for (int i = 0; i < differences.length; i++) {
            differences[i] = Math.abs(logarithms[i + 1] - logarithms[i]);
        }
        Arrays.sort(differences);
        return differences.length == 0 ? 0 : differences[differences.length / 2];
    }

    /** A stretch without a change, with the place where it would fall apart next. */
    private record Cluster(int from, int to, EnergySplit split) {
        static Cluster of(double[] values, int from, int to) {
            return new Cluster(from, to, EnergySplit.best(values, from, to, FEWEST));
        }
    }

    /** Where E-divisive cuts the series. */
    private List<Integer> places(double[] values) {
        List<Cluster> clusters = new ArrayList<>(List.of(Cluster.of(values, 0, values.length)));
        List<Integer> places = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        while (true) {
            Cluster weakest = clusters.stream()
                    .max(Comparator.comparingDouble(cluster -> cluster.split().statistic()))
                    .orElseThrow();
            double statistic = weakest.split().statistic();
            // Equal values fall apart nowhere: their statistic is 0, or a rounding error.
            if (!(statistic > 1e-12) || !isSignificant(values, clusters, statistic, random)) {
                places.sort(Comparator.naturalOrder());
                return places;
            }
            places.add(weakest.split().at());
            clusters.remove(weakest);
            clusters.add(Cluster.of(values, weakest.from(), weakest.split().at()));
            clusters.add(Cluster.of(values, weakest.split().at(), weakest.to()));
        }
    }

    /**
     * The paper's test: values are put in random order within each cluster, and p is the share of orders that fall apart at
     * least as much. It ends at the order that decides: most series have no change, and need few; most changes are beyond
     * doubt, and need {@link #FIRST_LOOK}.
     */
    private boolean isSignificant(double[] values, List<Cluster> clusters, double statistic, SplittableRandom random) {
        double[] shuffled = values.clone();
        int allowed = (int) Math.floor(placeSignificance * (permutations + 1)) - 1;
        int exceeding = 0;
        StorelessUnivariateStatistic mean = new Mean();
        StorelessUnivariateStatistic deviation = new StandardDeviation();
        for (int i = 0; i < permutations && exceeding <= allowed; i++) {
            if (i == FIRST_LOOK
                    && exceeding == 0
                    && statistic > mean.getResult() + BEYOND_DOUBT * deviation.getResult()) {
                return true;
            }
            double largest = Double.NEGATIVE_INFINITY;
            for (Cluster cluster : clusters) {
                shuffle(shuffled, cluster.from(), cluster.to(), random);
                largest = Math.max(
                        largest,
                        EnergySplit.best(shuffled, cluster.from(), cluster.to(), FEWEST)
                                .statistic());
            }
            mean.increment(largest);
            deviation.increment(largest);
            if (largest >= statistic) {
                exceeding++;
            }
        }
        return exceeding <= allowed;
    }

    private static void shuffle(double[] values, int from, int to, SplittableRandom random) {
        for (int i = to - 1; i > from; i--) {
            int other = from + random.nextInt(i - from + 1);
            double value = values[i];
            values[i] = values[other];
            values[other] = value;
        }
    }

    /** Takes away the weakest place until all that are left stand the t-test and are large enough. */
    private List<Change> confirmed(double[] values, List<Integer> places) {
        List<Integer> left = new ArrayList<>(places);
        while (true) {
            List<Change> changes = new Segments(values, left).changes();
            Change weakest = changes.stream()
                    .filter(change -> !isConfirmed(change))
                    .max(Comparator.comparingDouble(Change::p))
                    .orElse(null);
            if (weakest == null) {
                return changes;
            }
            left.remove((Integer) weakest.index());
        }
    }

    private boolean isConfirmed(Change change) {
        return change.p() <= significance && Math.abs(Math.log(change.ratio())) >= Math.log1p(smallest);
    }
}
