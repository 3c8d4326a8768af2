package dev.tare.report.document;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.unit.Direction;
import dev.tare.runs.Configuration;
import java.util.List;
import java.util.Optional;

/**
 * One quantity of one configuration in all runs.
 *
 * @param configuration what was measured
 * @param metric the counter's label, or {@code score}
 * @param primary whether it is the quantity by which the configuration is compared, or a secondary metric
 * @param unit the unit of all values of this row
 * @param better which way it improves
 * @param cells one per run, in the order of the runs; empty where a run lacks it
 * @param notes what stands against the row, in sentences
 */
public record Row(
        Configuration configuration,
        String metric,
        boolean primary,
        String unit,
        Direction better,
        List<Optional<Cell>> cells,
        List<String> notes) {
    /** Keeps copies of the lists. */
    public Row {
        cells = List.copyOf(cells);
        notes = List.copyOf(notes);
    }

    /**
     * What one run says about one row.
     *
     * @param value the mean over the forks, or JMH's own score where it kept no value per fork
     * @param forks the value of each fork, in the row's unit
     * @param efficiency against the baseline; empty for the baseline itself, and where there is none
     */
    public record Cell(double value, ForkMeans forks, Optional<Efficiency> efficiency) {}

    /** The efficiency of one run; empty where it has none. */
    public Optional<Efficiency> efficiency(int run) {
        return cells.get(run).flatMap(Cell::efficiency);
    }
}
