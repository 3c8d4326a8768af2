package dev.tare.report.rounds;

import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.efficiency.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How far the same work differs from itself (A/A): what runs twice in a round is identical in all but the time at which it
 * ran. Of one kind of work only: sockets that scatter by their own doing would hide what a disk loses beyond doubt.
 */
public final class RoundNoise {
    private RoundNoise() {}

    /**
     * The ratios around 1 that may be chance where both sides are means over all rounds: Student's quantile times the root
     * mean square of the logarithms of ratios of neighbouring occurrences, divided by the root of the rounds. The mean of
     * those logarithms is known to be 0, for the order of occurrences in a round is drawn.
     *
     * @param repeated what was measured, each with a series for each of its occurrences in a round
     * @return empty when nothing was measured twice in a round
     */
    public static Optional<Interval> of(List<List<Series>> repeated) {
        List<double[]> differences = repeated.stream()
                .flatMap(occurrences -> IntStream.range(1, occurrences.size())
                        .mapToObj(i -> occurrences.get(i).over(occurrences.get(i - 1))))
                .map(Series::logarithms)
                .toList();
        int rounds = differences.stream().mapToInt(one -> one.length).max().orElse(0);
        if (rounds == 0) {
            return Optional.empty();
        }
        double[] all = differences.stream().flatMapToDouble(Arrays::stream).toArray();
        double floor = ForkMeans.quantile(all.length) * Math.sqrt(StatUtils.sumSq(all) / all.length / rounds);
        return Optional.of(new Interval(Math.exp(-floor), Math.exp(floor)));
    }
}
