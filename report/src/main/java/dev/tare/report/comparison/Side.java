package dev.tare.report.comparison;

import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.unit.Measure;
import dev.tare.runs.Counted;
import dev.tare.runs.Measurement;
import dev.tare.runs.Metric;
import dev.tare.runs.Run;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A configuration's measurement in one of the runs.
 *
 * @param index the run's place among the compared runs, from 0
 * @param run the run
 * @param measurement what it measured of the configuration
 */
record Side(int index, Run run, Measurement measurement) {
    String name() {
        return run.name();
    }

    /** Whether all planned forks are there; empty where nothing is known of a plan. */
    String status() {
        return run.header()
                .map(header -> header.planned().get(measurement.configuration()))
                .map(planned -> measurement.forks() >= planned
                        ? "complete"
                        : measurement.forks() + " of " + Counted.of(planned, "planned fork"))
                .orElse("");
    }

    /** The clock that measured it; empty where it was not recorded. */
    String clock() {
        return String.join(" or ", measurement.facts().getOrDefault("clock", new TreeSet<>()));
    }

    /** The primary counter or score of this side, chosen among the labels that all sides have. */
    Measured primary(Map<String, Metric> shared) {
        Map<String, String> units = shared.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().scoreUnit()));
        Metric primary = measurement.primary();
        Measure measure = Measure.primary(primary.scoreUnit(), units, threads());
        boolean own = measure.name().equals(Measure.OWN_SCORE);
        return new Measured(this, measure, own ? primary : shared.getOrDefault(measure.name(), primary));
    }

    /** A secondary metric; empty when this side lacks it. */
    Optional<Measured> secondary(String label) {
        return Optional.ofNullable(measurement.secondary().get(label)).map(metric -> {
            Measure measure = Measure.physical(label, metric.scoreUnit(), threads())
                    .orElseGet(() -> Measure.raw(label, metric.scoreUnit()));
            return new Measured(this, measure, metric);
        });
    }

    private int threads() {
        return measurement.configuration().threads();
    }

    /**
     * One metric of one side, with what it stands for.
     *
     * @param side whose it is
     * @param measure what it stands for
     * @param metric JMH's numbers
     */
    record Measured(Side side, Measure measure, Metric metric) {
        ForkMeans forks() {
            List<Double> values = List.copyOf(byRound().values());
            return new ForkMeans(values, measure.resolution(values));
        }

        /** The value of each fork by its round: forks of a round ran at about the same time. */
        SortedMap<Integer, Double> byRound() {
            SortedMap<Integer, Double> byRound = new TreeMap<>();
            metric.byRound().forEach((round, score) -> byRound.put(round, measure.convert(score)));
            return byRound;
        }

        double value() {
            return metric.byRound().isEmpty() ? measure.convert(metric.score()) : forks().mean();
        }
    }
}
