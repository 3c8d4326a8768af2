package dev.tare.report.comparison;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.stat.StatUtils;

/**
 * One run's efficiencies at a glance.
 *
 * @param intervals rows with an efficiency that has an interval
 * @param containingAll those of them whose interval contains 100 %: nearly all in a comparison of like with like
 * @param geometricMeans efficiency by package, over all its rows with one; a hint where to look, without an interval
 */
public record Summary(int intervals, int containingAll, SortedMap<String, Double> geometricMeans) {

    /**
     * Sums up a run.
     *
     * @param rows the rows of a comparison
     * @param run the run's place in it, not the baseline's
     */
    public static Summary of(List<Row> rows, int run) {
        int intervals = 0;
        int containing = 0;
        SortedMap<String, List<Double>> ratios = new TreeMap<>();
        for (Row row : rows) {
            Optional<Efficiency> efficiency = row.cells().get(run).flatMap(Cell::efficiency);
            if (efficiency.isPresent()) {
                ratios.computeIfAbsent(component(row), any -> new ArrayList<>())
                        .add(efficiency.get().ratio());
                Optional<Interval> interval = efficiency.get().interval();
                intervals += interval.isPresent() ? 1 : 0;
                containing += interval.filter(ends -> ends.contains(1)).isPresent() ? 1 : 0;
            }
        }
        SortedMap<String, Double> means = new TreeMap<>();
        ratios.forEach((component, all) -> means.put(
                component,
                StatUtils.geometricMean(
                        all.stream().mapToDouble(Double::doubleValue).toArray())));
        return new Summary(intervals, containing, means);
    }

    /** The last part of the package: {@code mem} of {@code dev.tare.mem.StreamBench.triad}. */
    private static String component(Row row) {
        String[] parts = row.configuration().benchmark().split("\\.", -1);
        return parts.length < 3 ? "" : parts[parts.length - 3];
    }
}
