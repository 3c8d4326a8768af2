package dev.tare.report.campaign;

import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.efficiency.LossVerdict;
import dev.tare.report.rounds.Series;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all figures are made of.
 *
 * @param groups the hosts that are measured together, in the order of the plan
 * @param rates what they reached
 * @param references what they are held against
 * @param source where the numbers come from
 */
record RoundResults(List<MeasuredGroup> groups, RoundRates rates, References references, String source) {
    /** Keeps a copy. */
    RoundResults {
        groups = List.copyOf(groups);
    }

    /** What each member of a group has with nobody else. */
    List<Series> alone(MeasuredGroup group) {
        return group.hosts().stream()
                .map(host -> references.alone(host, group.workload()))
                .toList();
    }

    /** What may be said of what is kept with some work. */
    LossVerdict verdict(Efficiency kept, String workload) {
        return LossVerdict.of(kept, references.noise(workload));
    }

    /** What is kept with some work, marked when it is evidence; nothing when it is unknown. */
    Value judged(Optional<Efficiency> kept, String workload) {
        return kept.map(some -> Value.of(some, verdict(some, workload))).orElse(Value.words(""));
    }

    /**
     * A drawing of what is kept.
     *
     * @param workloads what the hosts of each group of lines do, by the group's name
     */
    Chart.Dots dots(Map<String, String> workloads) {
        Map<String, Interval> noise = new LinkedHashMap<>();
        workloads.forEach((group, workload) -> references
                .noise(workload)
                .ifPresent(band -> noise.put(group, new Interval(100 * band.low(), 100 * band.high()))));
        return new Chart.Dots(noise);
    }

    /** A figure of measured numbers in the chapter of what hosts do together. */
    Figure figure(String heading, String kind, String finding, String explanation, Grid grid, Chart chart) {
        return new Figure("Together", heading, kind, finding, explanation, grid, chart, false, source);
    }
}
