package dev.tare.report.comparison;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Row;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Each fork of one run against the mean of its configuration: drift from round to round, and outliers, are seen. */
final class ForkFigure {
    /** From such a half width on an interval says little. */
    private static final double WIDE = 0.25;

    private final Comparison comparison;
    private final ShortNames names;

    ForkFigure(Comparison comparison, ShortNames names) {
        this.comparison = comparison;
        this.names = names;
    }

    /** Empty when the run has fewer than two forks of everything. */
    Optional<Section> figure(int run) {
        TreeSet<Integer> rounds = new TreeSet<>();
        List<Row> rows = comparison.rows().stream()
                .filter(row -> row.cells()
                        .get(run)
                        .filter(cell -> cell.rounds().size() > 1)
                        .isPresent())
                .toList();
        rows.forEach(row -> rounds.addAll(row.cells().get(run).orElseThrow().rounds()));
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        List<Grid.Column> columns = new ArrayList<>();
        rounds.forEach(round -> columns.add(new Grid.Column("round " + round, "%", Tone.FIRST)));
        columns.add(new Grid.Column("mean and half of its interval", ""));
        List<Grid.Line> lines = new ArrayList<>();
        int wide = 0;
        for (Row row : rows) {
            Row.Cell cell = row.cells().get(run).orElseThrow();
            wide += isWide(cell) ? 1 : 0;
            lines.add(line(row, cell, new ArrayList<>(rounds)));
        }
        return Optional.of(new Section.Figure(
                "Forks",
                "Forks of " + comparison.runs().get(run).name(),
                "forks",
                wide == 0
                        ? "No interval is wider than \u00B1" + DisplayUnit.percent(WIDE) + " of its mean."
                        : wide + " of " + rows.size() + " intervals are wider than \u00B1" + DisplayUnit.percent(WIDE)
                                + " of their means.",
                "A dot is one fork, a JVM of its own and one sample, in % of the mean; the first round on top.",
                new Grid(List.of("component", "configuration"), columns, lines),
                new Chart.Spread(),
                true));
    }

    private static boolean isWide(Row.Cell cell) {
        return cell.forks()
                .interval()
                .filter(ends -> ends.halfWidth() > WIDE * Math.abs(cell.value()))
                .isPresent();
    }

    private Grid.Line line(Row row, Row.Cell cell, List<Integer> rounds) {
        DisplayUnit unit = DisplayUnit.of(row.unit(), cell.value());
        List<Value> values = new ArrayList<>();
        for (int round : rounds) {
            int place = cell.rounds().indexOf(round);
            double share = place < 0 ? Double.NaN : cell.forks().values().get(place) / cell.value();
            values.add(Double.isFinite(share) ? Value.percent(share, Optional.empty()) : Value.words(""));
        }
        String half = cell.forks()
                .interval()
                .map(ends -> " \u00B1" + DisplayUnit.percent(ends.halfWidth() / Math.abs(cell.value())))
                .orElse("");
        values.add(Value.words(unit.value(cell.value()) + " " + unit.unit() + half));
        return new Grid.Line(List.of(Component.readable(row.configuration()), names.of(row.configuration())), values);
    }
}
