package dev.tare.report.comparison;

import dev.tare.report.comparison.Side.Measured;
import dev.tare.report.document.Row;
import dev.tare.report.document.RunNames;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.unit.Direction;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Metric;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the rows of one configuration: its primary quantity, and all else that was reported about it. */
final class ConfigurationRows {
    private final int runs;
    private final int baseline;
    private final List<Side> sides;

    /**
     * @param runs the number of compared runs
     * @param baseline the run that the others are compared with
     * @param sides the runs that have this configuration, at least one
     */
    ConfigurationRows(int runs, int baseline, List<Side> sides) {
        this.runs = runs;
        this.baseline = baseline;
        this.sides = List.copyOf(sides);
    }

    /** The row by which the configuration is compared. */
    Row primary() {
        List<Measured> all =
                sides.stream().map(side -> side.primary(shared(side))).toList();
        return row(all, true, Warnings.ofRow(sides));
    }

    /** One row for each secondary metric, whatever its unit, without the primary one. */
    List<Row> secondary(Row primary) {
        Set<String> labels = new TreeSet<>();
        sides.forEach(side -> labels.addAll(side.measurement().secondary().keySet()));
        labels.remove(primary.metric());
        return labels.stream()
                .map(label -> row(
                        sides.stream()
                                .flatMap(side -> side.secondary(label).stream())
                                .toList(),
                        false,
                        List.of()))
                .toList();
    }

    private Map<String, Metric> shared(Side side) {
        Map<String, Metric> shared = new TreeMap<>(side.measurement().secondary());
        sides.forEach(other ->
                shared.keySet().retainAll(other.measurement().secondary().keySet()));
        return shared;
    }

    private Row row(List<Measured> all, boolean primary, List<Row.Remark> warnings) {
        Measured reference = all.stream()
                .filter(measured -> measured.side().index() == baseline)
                .findFirst()
                .orElse(all.get(0));
        String unit = reference.measure().unit();
        List<Side> measuredSides = all.stream().map(Measured::side).toList();
        RunNames own = new RunNames();
        List<Optional<Row.Cell>> cells = new ArrayList<>(Collections.nCopies(runs, Optional.empty()));
        for (Measured measured : all) {
            if (measured.measure().unit().equals(unit)) {
                Optional<Efficiency> efficiency = efficiency(reference, measured);
                cells.set(
                        measured.side().index(),
                        Optional.of(new Row.Cell(
                                measured.value(),
                                measured.forks(),
                                List.copyOf(measured.byRound().keySet()),
                                efficiency,
                                measured.side().status(),
                                measured.side().clock())));
                obstacle(measured)
                        .ifPresent(sentence -> own.add(sentence, measured.side().name()));
                resolution(reference, measured, efficiency)
                        .ifPresent(sentence -> own.add(sentence, measured.side().name()));
                if (isLone(measured)) {
                    own.add("no interval, one fork only", measured.side().name());
                }
            }
        }
        List<Row.Remark> remarks = new ArrayList<>(warnings);
        unitDifferences(all).forEach(sentence -> remarks.add(Warnings.remark(sentence, measuredSides)));
        remarks.addAll(Warnings.remarks(own, measuredSides));
        return new Row(
                reference.side().measurement().configuration(),
                reference.measure().name(),
                primary,
                unit,
                reference.measure().better(),
                cells,
                remarks);
    }

    private Optional<Efficiency> efficiency(Measured reference, Measured measured) {
        boolean comparable = reference.side().index() == baseline
                && measured.side().index() != baseline
                && measured.measure().better() != Direction.NEITHER
                && reference.forks().obstacle().isEmpty()
                && measured.forks().obstacle().isEmpty();
        return comparable
                ? Optional.of(Efficiency.of(
                        reference.forks(), measured.forks(), measured.measure().better()))
                : Optional.empty();
    }

    private static List<String> unitDifferences(List<Measured> all) {
        Map<String, Map<String, String>> units = new LinkedHashMap<>();
        all.forEach(measured -> units.put(
                measured.side().name(),
                Map.of("not compared, unit", measured.measure().unit())));
        return Warnings.differences(units, "none");
    }

    private static Optional<String> obstacle(Measured measured) {
        return measured.measure().better() == Direction.NEITHER
                ? Optional.empty()
                : measured.forks().obstacle().map(what -> "no efficiency, " + what);
    }

    /** An interval that would say more than the values can. */
    private Optional<String> resolution(Measured reference, Measured measured, Optional<Efficiency> efficiency) {
        boolean limited = runs == 1
                ? measured.forks().isLimitedByResolution()
                : efficiency.filter(Efficiency::limitedByResolution).isPresent();
        if (!limited) {
            return Optional.empty();
        }
        double resolution =
                Math.max(reference.forks().resolution(), measured.forks().resolution());
        return Optional.of("interval not narrower than the resolution of the values, " + DisplayUnit.percent(resolution)
                + ": the forks differ by less");
    }

    private static boolean isLone(Measured measured) {
        return measured.forks().values().size() == 1 && measured.measure().better() != Direction.NEITHER;
    }
}
