package dev.tare.report.rounds;

import dev.tare.report.efficiency.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * How far the same work differs from itself (A/A): what runs twice in a round is identical in all but the time at which it
 * ran. Of one kind of work only: sockets that scatter by their own doing would hide what a disk loses beyond doubt.
 */
public final class RoundNoise {
    private static final double PERCENTILE = 95;

    private RoundNoise() {}

    /**
     * The ratios around 1 that may be chance: as far as the 95th percentile of the absolute logarithms of ratios of
     * neighbouring occurrences.
     *
     * @param repeated what was measured, each with a series for each of its occurrences in a round
     * @return empty when nothing was measured twice in a round
     */
    public static Optional<Interval> of(List<List<Series>> repeated) {
        double[] ratios = repeated.stream()
                .flatMapToDouble(occurrences -> IntStream.range(1, occurrences.size())
                        .boxed()
                        .flatMapToDouble(i -> Arrays.stream(
                                occurrences.get(i).over(occurrences.get(i - 1)).logarithms())))
                .map(Math::abs)
                .toArray();
        if (ratios.length == 0) {
            return Optional.empty();
        }
        double floor = new Percentile(PERCENTILE).evaluate(ratios);
        return Optional.of(new Interval(Math.exp(-floor), Math.exp(floor)));
    }
}
