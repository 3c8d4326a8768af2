package dev.tare.report.comparison;

import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.unit.Measure;
import dev.tare.runs.Metric;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One metric of one side, with what it stands for. */
record Measured(Side side, Measure measure, Metric metric) {

    /** The main quantity of a side, chosen among the labels that all sides have. */
    static Measured main(Side side, Map<String, Metric> shared) {
        Map<String, String> units = shared.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().scoreUnit()));
        Metric primary = side.measurement().primary();
        Measure measure = Measure.main(primary.scoreUnit(), units, threads(side));
        boolean own = measure.name().equals(Measure.OWN_SCORE);
        return new Measured(side, measure, own ? primary : shared.getOrDefault(measure.name(), primary));
    }

    /** A secondary metric; empty when this side lacks it. */
    static Optional<Measured> secondary(Side side, String label) {
        return Optional.ofNullable(side.measurement().secondary().get(label)).map(metric -> {
            Measure measure = Measure.physical(label, metric.scoreUnit(), threads(side))
                    .orElseGet(() -> Measure.raw(label, metric.scoreUnit()));
            return new Measured(side, measure, metric);
        });
    }

    private static int threads(Side side) {
        return side.measurement().configuration().threads();
    }

    ForkMeans forks() {
        return new ForkMeans(metric.forkScores().stream().map(measure::convert).toList());
    }

    double value() {
        return metric.forkScores().isEmpty() ? measure.convert(metric.score()) : forks().mean();
    }
}
