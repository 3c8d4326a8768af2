package dev.tare.report.comparison;

import dev.tare.report.unit.Direction;
import dev.tare.runs.Configuration;
import java.util.List;
import java.util.Optional;

/**
 * One quantity of one configuration in all runs.
 *
 * @param configuration what was measured
 * @param metric the counter's label, or {@code score}
 * @param unit the unit of all values of this row
 * @param better which way it improves
 * @param cells one per run, in the order of the runs; empty where a run lacks it
 * @param remarks what stands against the row, in sentences
 */
public record Row(
        Configuration configuration,
        String metric,
        String unit,
        Direction better,
        List<Optional<Cell>> cells,
        List<String> remarks) {
    /** Keeps copies of the lists. */
    public Row {
        cells = List.copyOf(cells);
        remarks = List.copyOf(remarks);
    }
}
