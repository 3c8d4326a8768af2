package dev.tare.report.campaign;

import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.rounds.Series;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What all figures are made of.
 *
 * @param groups the hosts that are measured together, in the order of the plan
 * @param rates what they reached
 * @param references what they are held against
 * @param noiseFloor the absolute logarithm of a ratio that may be chance (A/A); empty when nobody knows
 * @param source where the numbers come from
 */
record RoundResults(
        List<MeasuredGroup> groups, RoundRates rates, References references, OptionalDouble noiseFloor, String source) {
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

    /** What lies within it may be chance, as ratios around 1. */
    Optional<Interval> noise() {
        return band(noiseFloor);
    }

    static Optional<Interval> band(OptionalDouble noiseFloor) {
        return noiseFloor.isPresent()
                ? Optional.of(new Interval(Math.exp(-noiseFloor.getAsDouble()), Math.exp(noiseFloor.getAsDouble())))
                : Optional.empty();
    }

    /** The same in per cent. */
    Optional<Interval> noisePercent() {
        return noise().map(band -> new Interval(100 * band.low(), 100 * band.high()));
    }

    /** A figure of measured numbers in the chapter of what hosts do together. */
    Figure figure(String heading, String kind, String finding, String explanation, Grid grid, Chart chart) {
        return new Figure("Together", heading, kind, finding, explanation, grid, chart, false, source);
    }
}
