package dev.tare.report.document;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.unit.Direction;
import dev.tare.runs.Configuration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One quantity of one configuration in all runs.
 *
 * @param configuration what was measured
 * @param metric the counter's label, or {@code score}
 * @param primary whether it is the quantity by which the configuration is compared, or a secondary metric
 * @param unit the unit of all values of this row
 * @param better which way it improves
 * @param cells one per run, in the order of the runs; empty where a run lacks it
 * @param remarks what stands against the row
 */
public record Row(
        Configuration configuration,
        String metric,
        boolean primary,
        String unit,
        Direction better,
        List<Optional<Cell>> cells,
        List<Remark> remarks) {
    /** Keeps copies of the lists. */
    public Row {
        cells = List.copyOf(cells);
        remarks = List.copyOf(remarks);
    }

    /**
     * What one run says about one row.
     *
     * @param value the mean over the forks, or JMH's own score where it kept no value per fork
     * @param forks the value of each fork, in the row's unit
     * @param rounds the round of each fork, from 1
     * @param efficiency against the baseline; empty for the baseline itself, and where there is none
     * @param status {@code complete}, or how many of the planned forks there are; empty where nothing is known of a plan
     * @param clock the clock that measured it; empty where it was not recorded
     */
    public record Cell(
            double value,
            ForkMeans forks,
            List<Integer> rounds,
            Optional<Efficiency> efficiency,
            String status,
            String clock) {
        /** Keeps a copy of the rounds. */
        public Cell {
            rounds = List.copyOf(rounds);
        }
    }

    /**
     * What stands against a row.
     *
     * @param sentence names the runs that it is about
     * @param runs their places, from 0
     */
    public record Remark(String sentence, Set<Integer> runs) {
        /** Keeps a copy. */
        public Remark {
            runs = Set.copyOf(runs);
        }
    }

    /** What stands against the row, in sentences. */
    public List<String> notes() {
        return remarks.stream().map(Remark::sentence).toList();
    }

    /** What of it is about one run. */
    public List<String> notes(int run) {
        return remarks.stream()
                .filter(remark -> remark.runs.contains(run))
                .map(Remark::sentence)
                .toList();
    }

    /** The efficiency of one run; empty where it has none. */
    public Optional<Efficiency> efficiency(int run) {
        return cells.get(run).flatMap(Cell::efficiency);
    }
}
