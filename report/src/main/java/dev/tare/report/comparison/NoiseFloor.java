package dev.tare.report.comparison;

import dev.tare.report.document.Row;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.runs.Run;
import java.util.List;
import java.util.Optional;

/**
 * How far two runs of the same machine differ: what is not further from 100 % cannot be told from no difference, however
 * narrow its interval, for an interval knows the forks of one run only.
 */
final class NoiseFloor {
    /** Of so many configurations the band holds the deviations; of few ones, all. */
    private static final double SHARE = 0.95;

    private NoiseFloor() {}

    /**
     * The band around 1, as far down as up in ratios; empty when the runs share no configuration that has an efficiency.
     *
     * @param baseline the run that all others are compared with
     * @param again the same machine measured once more
     */
    static Optional<Interval> of(Run baseline, Run again) {
        try {
            List<Row> rows = Comparison.of(List.of(baseline, again), 0).rows();
            double[] deviations = rows.stream()
                    .flatMap(row -> row.efficiency(1).stream())
                    .map(Efficiency::ratio)
                    .mapToDouble(ratio -> Math.abs(Math.log(ratio)))
                    .sorted()
                    .toArray();
            if (deviations.length == 0) {
                return Optional.empty();
            }
            int place = (int) Math.ceil(SHARE * deviations.length) - 1;
            double factor = Math.exp(deviations[place]);
            return Optional.of(new Interval(1 / factor, factor));
        } catch (IncomparableRunsException nothingShared) {
            return Optional.empty();
        }
    }
}
