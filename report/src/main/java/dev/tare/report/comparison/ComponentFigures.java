package dev.tare.report.comparison;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Row;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.unit.Direction;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The quantities themselves, native beside guests: bars from zero, and curves where a size was swept. */
final class ComponentFigures {
    private static final String CHAPTER = "Components";
    /** Bars of more runs could not be told apart. */
    private static final int MOST_BARS = 8;

    private final Comparison comparison;
    private final ShortNames names;
    private final BarGroups groups;

    ComponentFigures(Comparison comparison, ShortNames names, BarGroups groups) {
        this.comparison = comparison;
        this.names = names;
        this.groups = groups;
    }

    List<Section> figures() {
        List<Section> figures = new ArrayList<>();
        if (groups.columns().size() > MOST_BARS) {
            return figures;
        }
        List<SizeSweep> sweeps = groups.isPlain() ? SizeSweep.among(comparison.rows()) : List.of();
        Map<String, List<Row>> byQuantity = new LinkedHashMap<>();
        for (Row row : comparison.rows()) {
            if (sweeps.stream().noneMatch(sweep -> sweep.rows().contains(row))) {
                byQuantity
                        .computeIfAbsent(
                                Component.readable(row.configuration()) + ", "
                                        + unit(row).unit(),
                                any -> new ArrayList<>())
                        .add(row);
            }
        }
        byQuantity.forEach((name, rows) -> figures.add(bars(name, rows)));
        sweeps.forEach(sweep -> figures.add(curves(sweep)));
        return figures;
    }

    private DisplayUnit unit(Row row) {
        return DisplayUnit.of(
                row.unit(),
                row.cells().get(comparison.baseline()).map(Row.Cell::value).orElse(Double.NaN));
    }

    private static String better(Row row) {
        return row.better() == Direction.LESS_IS_BETTER ? "less is better" : "more is better";
    }

    private Section.Figure bars(String name, List<Row> rows) {
        DisplayUnit unit = unit(rows.get(0));
        List<Grid.Line> lines = new ArrayList<>();
        for (Row row : rows) {
            for (BarGroups.Group group : groups.groups()) {
                List<Value> values = group.runs().stream()
                        .map(run ->
                                run.flatMap(index -> value(row, index, unit)).orElse(Value.words("")))
                        .toList();
                if (values.stream().anyMatch(Value::isNumber)) {
                    String heading = String.join(
                            ", ",
                            group.name().isEmpty()
                                    ? List.of(names.type(row.configuration()))
                                    : List.of(names.type(row.configuration()), group.name()));
                    lines.add(new Grid.Line(List.of(heading, names.withoutType(row.configuration())), values));
                }
            }
        }
        // Lines of one group must be neighbours.
        Map<String, List<Grid.Line>> byGroup = new LinkedHashMap<>();
        lines.forEach(line ->
                byGroup.computeIfAbsent(line.group(), any -> new ArrayList<>()).add(line));
        return new Section.Figure(
                CHAPTER,
                name + " (" + better(rows.get(0)) + ")",
                "score",
                "",
                groups.columns().size() > 1
                        ? "Mean and 95 % interval over forks. Dashed: "
                                + groups.columns().get(0) + "."
                        : "Mean and 95 % interval over forks.",
                new Grid(
                        List.of("benchmark", "configuration"),
                        columns(unit.unit()),
                        byGroup.values().stream().flatMap(List::stream).toList()),
                new Chart.Bars(groups.columns().size() > 1),
                true);
    }

    private List<Grid.Column> columns(String unit) {
        List<Grid.Column> columns = new ArrayList<>();
        for (String column : groups.columns()) {
            Tone tone = columns.isEmpty() ? Tone.NATIVE : Tone.ofGuest(columns.size() - 1);
            columns.add(new Grid.Column(column, unit, tone));
        }
        return columns;
    }

    private static Optional<Value> value(Row row, int run, DisplayUnit unit) {
        return row.cells().get(run).map(cell -> of(cell, unit));
    }

    static Value of(Row.Cell cell, DisplayUnit unit) {
        ForkMeans forks = cell.forks();
        return Value.of(cell.value(), forks.interval(), unit);
    }

    private Section.Figure curves(SizeSweep sweep) {
        Row first = sweep.rows().get(0);
        DisplayUnit unit = unit(first);
        List<Grid.Column> columns = new ArrayList<>(List.of(new Grid.Column(sweep.parameter(), "")));
        columns.addAll(columns(unit.unit()));
        List<Grid.Line> lines = new ArrayList<>();
        for (Row row : sweep.rows()) {
            List<Value> values = new ArrayList<>(List.of(Value.number(sweep.at(row), sweep.readable(row))));
            groups.groups()
                    .get(0)
                    .runs()
                    .forEach(run -> values.add(
                            run.flatMap(index -> value(row, index, unit)).orElse(Value.words(""))));
            lines.add(new Grid.Line(List.of(sweep.readable(row)), values));
        }
        return new Section.Figure(
                CHAPTER,
                names.of(sweep.common()) + " by " + sweep.parameter() + ", " + unit.unit() + " (" + better(first) + ")",
                "sweep",
                "",
                "Mean and 95 % interval over forks.",
                new Grid(List.of("at"), columns, lines),
                new Chart.Curves(),
                true);
    }
}
