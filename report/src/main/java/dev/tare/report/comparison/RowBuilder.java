package dev.tare.report.comparison;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.unit.Direction;
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

/** Makes the rows of one configuration: its main quantity, and all else that was reported about it. */
final class RowBuilder {
    private final int runs;
    private final int baseline;
    private final List<Side> sides;

    /**
     * @param runs the number of compared runs
     * @param baseline the run that the others are compared with
     * @param sides the runs that have this configuration, at least one
     */
    RowBuilder(int runs, int baseline, List<Side> sides) {
        this.runs = runs;
        this.baseline = baseline;
        this.sides = List.copyOf(sides);
    }

    /** The row a benchmark is judged by. */
    Row main() {
        List<Measured> all =
                sides.stream().map(side -> Measured.main(side, shared(side))).toList();
        return row(all, Remarks.of(sides));
    }

    /** One row for each secondary metric, whatever its unit, without the main one. */
    List<Row> details(Row main) {
        Set<String> labels = new TreeSet<>();
        sides.forEach(side -> labels.addAll(side.measurement().secondary().keySet()));
        labels.remove(main.metric());
        return labels.stream()
                .map(label -> row(
                        sides.stream()
                                .flatMap(side -> Measured.secondary(side, label).stream())
                                .toList(),
                        List.of()))
                .toList();
    }

    private Map<String, Metric> shared(Side side) {
        Map<String, Metric> shared = new TreeMap<>(side.measurement().secondary());
        sides.forEach(other ->
                shared.keySet().retainAll(other.measurement().secondary().keySet()));
        return shared;
    }

    private Row row(List<Measured> all, List<String> remarks) {
        Measured reference = all.stream()
                .filter(measured -> measured.side().run() == baseline)
                .findFirst()
                .orElse(all.get(0));
        String unit = reference.measure().unit();
        List<String> complaints = new ArrayList<>(remarks);
        complaints.addAll(unitDifferences(all));
        List<Optional<Cell>> cells = new ArrayList<>(Collections.nCopies(runs, Optional.empty()));
        for (Measured measured : all) {
            if (measured.measure().unit().equals(unit)) {
                Optional<Efficiency> efficiency = efficiency(reference, measured);
                cells.set(measured.side().run(), Optional.of(new Cell(measured.value(), measured.forks(), efficiency)));
                obstacle(measured).ifPresent(complaints::add);
            }
        }
        loneForks(all).ifPresent(complaints::add);
        return new Row(
                reference.side().measurement().configuration(),
                reference.measure().name(),
                unit,
                reference.measure().better(),
                cells,
                complaints);
    }

    private Optional<Efficiency> efficiency(Measured reference, Measured measured) {
        boolean comparable = reference.side().run() == baseline
                && measured.side().run() != baseline
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
        return Differences.between(units, "none");
    }

    private static Optional<String> obstacle(Measured measured) {
        return measured.measure().better() == Direction.NEITHER
                ? Optional.empty()
                : measured.forks()
                        .obstacle()
                        .map(what -> "no efficiency, " + what + " ("
                                + measured.side().name() + ")");
    }

    private static Optional<String> loneForks(List<Measured> all) {
        List<String> names = all.stream()
                .filter(measured -> measured.forks().values().size() == 1)
                .filter(measured -> measured.measure().better() != Direction.NEITHER)
                .map(measured -> measured.side().name())
                .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("no interval, one fork only in " + String.join(" and ", names));
    }
}
