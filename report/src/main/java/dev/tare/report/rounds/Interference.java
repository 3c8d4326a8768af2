package dev.tare.report.rounds;

import dev.tare.report.efficiency.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Who disturbs whom: victims beside aggressors against the same victims beside an idle neighbour.
 *
 * @param cells one for each pair that was measured in at least one round, in the order in which they were given
 */
public record Interference(List<Cell> cells) {
    /** The p below which a cell may be evidence. */
    public static final double SIGNIFICANCE = 0.05;

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
     * @param baseline the victim beside an idle neighbour
     * @param noise the ratios that may be chance with this victim ({@link RoundNoise}); empty when nobody knows
     */
    public record Pair(String victim, String aggressor, Series beside, Series baseline, Optional<Interval> noise) {
        /** The same against a part of the baseline, such as what cores leave to the victim. */
        public Pair against(double part) {
            return new Pair(victim, aggressor, beside, baseline.dividedBy(1 / part), noise);
        }

        Series ratio() {
            return beside.over(baseline);
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
     * @param noise the ratios that may be chance with this victim; empty when nobody knows
     */
    public record Cell(
            String victim,
            String aggressor,
            double ratio,
            Optional<Interval> interval,
            double p,
            Optional<Interval> noise) {
        /** Whether p is below 0.05 and the effect exceeds what may be chance. */
        public boolean evidence() {
            return p < SIGNIFICANCE
                    && noise.filter(band -> !band.contains(ratio)).isPresent();
        }
    }

    /** Computes all cells. */
    public static Interference of(List<Pair> pairs) {
        List<Pair> measured =
                pairs.stream().filter(pair -> !pair.ratio().isEmpty()).toList();
        double[] adjusted = holm(measured.stream()
                .mapToDouble(pair -> probability(pair.ratio().logarithms()))
                .toArray());
        List<Cell> cells = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            Pair pair = measured.get(i);
            Series ratio = pair.ratio();
            cells.add(new Cell(
                    pair.victim(), pair.aggressor(), ratio.mean(), ratio.interval(), adjusted[i], pair.noise()));
        }
        return new Interference(cells);
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
