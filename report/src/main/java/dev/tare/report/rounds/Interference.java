package dev.tare.report.rounds;

import dev.tare.report.efficiency.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * Who disturbs whom: victims beside aggressors against the same victims beside an idle neighbour.
 *
 * @param cells one for each pair that was measured in at least one round, in the order in which they were given
 * @param noiseFloor the 95th percentile of the absolute logarithm of ratios of identical baselines (A/A); empty when no
 *     baseline was measured twice in a round
 */
public record Interference(List<Cell> cells, OptionalDouble noiseFloor) {
    private static final double SIGNIFICANCE = 0.05;
    private static final double NOISE_PERCENTILE = 95;

    /** Keeps a copy. */
    public Interference {
        cells = List.copyOf(cells);
    }

    /**
     * A pair as it was measured. All series improve upwards.
     *
     * @param victim whose performance it is
     * @param aggressor what runs beside it
     * @param beside the victim beside the aggressor
     * @param baselines the victim beside an idle neighbour: each occurrence of a round a series of its own, at least one
     */
    public record Pair(String victim, String aggressor, Series beside, List<Series> baselines) {
        /** Keeps a copy. */
        public Pair {
            baselines = List.copyOf(baselines);
        }
    }

    /**
     * What a pair says.
     *
     * @param victim whose performance it is
     * @param aggressor what runs beside it
     * @param ratio what the victim keeps: the geometric mean over rounds of its performance beside the aggressor, divided by
     *     that beside an idle neighbour
     * @param interval of the ratio, for this cell alone; empty for fewer than two rounds
     * @param p of the paired t test that the ratio is 1, adjusted after Holm for all cells; NaN for fewer than two rounds
     * @param evidence whether p is below 0.05 and the effect exceeds the noise floor
     */
    public record Cell(
            String victim, String aggressor, double ratio, Optional<Interval> interval, double p, boolean evidence) {}

    /** Computes all cells. */
    public static Interference of(List<Pair> pairs) {
        OptionalDouble floor = noiseFloor(pairs);
        List<Pair> measured =
                pairs.stream().filter(pair -> !ratio(pair).isEmpty()).toList();
        double[] adjusted = holm(measured.stream()
                .mapToDouble(pair -> probability(ratio(pair).logarithms()))
                .toArray());
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Pair pair = measured.get(i);
            Series ratio = ratio(pair);
            boolean exceeds = floor.isPresent() && Math.abs(Math.log(ratio.mean())) > floor.getAsDouble();
            cells.add(new Cell(
                    pair.victim(),
                    pair.aggressor(),
                    ratio.mean(),
                    ratio.interval(),
                    adjusted[i],
                    adjusted[i] < SIGNIFICANCE && exceeds));
        }
        return new Interference(cells, floor);
    }

    private static Series ratio(Pair pair) {
        return pair.beside().over(Series.ofOccurrences(pair.baselines()));
    }

    /** Of each victim's baselines those of one round are identical in all but the time at which they ran. */
    private static OptionalDouble noiseFloor(List<Pair> pairs) {
        double[] ratios = pairs.stream()
                .map(Pair::baselines)
                .distinct()
                .filter(occurrences -> occurrences.size() > 1)
                .flatMapToDouble(occurrences -> IntStream.range(1, occurrences.size())
                        .boxed()
                        .flatMapToDouble(i -> Arrays.stream(
                                occurrences.get(i).over(occurrences.get(i - 1)).logarithms())))
                .map(Math::abs)
                .toArray();
        return ratios.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(new Percentile(NOISE_PERCENTILE).evaluate(ratios));
    }

    /** Two-sided p of the t test that the mean of some values is 0; NaN for fewer than two. */
    private static double probability(double[] values) {
        if (values.length < 2) {
            return Double.NaN;
        }
        double error = Math.sqrt(StatUtils.variance(values) / values.length);
        double mean = Math.abs(StatUtils.mean(values));
        if (error == 0) {
            return mean == 0 ? 1 : 0;
        }
        return 2 * new TDistribution(values.length - 1).cumulativeProbability(-mean / error);
    }

    /**
     * Adjusts p-values so that with no effect anywhere one of all falls below a level with at most that probability. Source:
     * Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian Journal of Statistics 6, 1979.
     *
     * @param probabilities p-values; NaN for those that were not tested, which stay as they are
     */
    static double[] holm(double[] probabilities) {
        List<Integer> tested = IntStream.range(0, probabilities.length)
                .filter(i -> !Double.isNaN(probabilities[i]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> probabilities[i]))
                .toList();
        double[] adjusted = probabilities.clone();
        double least = 0;
        for (int rank = 0; rank < tested.size(); rank++) {
            int cell = tested.get(rank);
            least = Math.max(least, Math.min(1, (tested.size() - rank) * probabilities[cell]));
            adjusted[cell] = least;
        }
        return adjusted;
    }
}
