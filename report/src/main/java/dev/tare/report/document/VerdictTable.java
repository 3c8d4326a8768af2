package dev.tare.report.document;

import dev.tare.report.chart.Caption;
import dev.tare.report.chart.VerdictStrip;
import dev.tare.report.chart.Width;
import dev.tare.report.document.HtmlTable.Cell;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.List;

/** The first column of a grid large, with a small drawing of it and of what it is a mean of; the others in words. */
final class VerdictTable {
    private static final double REFERENCE = 100;

    private final String id;
    private final Section.Figure figure;

    /**
     * @param id begins the ids of its drawings
     */
    VerdictTable(String id, Section.Figure figure) {
        this.id = id;
        this.figure = figure;
    }

    String markup() {
        Grid grid = figure.grid();
        HtmlTable table = new HtmlTable(figure.heading(), grid.names().size());
        List<Cell> header = new ArrayList<>();
        grid.names().forEach(name -> header.add(Cell.words(name)));
        header.add(Cell.heading(grid.columns().get(0).name()));
        header.add(new Cell("0 to 125\u202F%, stroke at 100", "st"));
        grid.columns().stream().skip(1).forEach(column -> header.add(new Cell(PageText.escaped(column.name()), "say")));
        table.header(header);
        int number = 0;
        for (Grid.Line line : grid.lines()) {
            number++;
            Value first = line.values().get(0);
            List<Cell> cells = new ArrayList<>();
            line.names().forEach(name -> cells.add(Cell.words(name)));
            cells.add(new Cell(large(first), "n"));
            cells.add(new Cell(strip(line, first, number), "st"));
            line.values().stream().skip(1).forEach(value -> cells.add(new Cell(Cell.breakable(value.text()), "say")));
            table.line(cells);
        }
        return table.open("verdict");
    }

    private static String large(Value value) {
        String tone =
                value.interval().isEmpty() || !value.evidence() ? "" : value.number() < REFERENCE ? " loss" : " more";
        String below = value.interval().isPresent() ? PageText.interval(value) : range(value.parts());
        return "<span class=\"big" + tone + "\">"
                + PageText.escaped(value.text().isEmpty() ? "-" : value.text()) + "</span>"
                + (below.isEmpty() ? "" : " <small>" + PageText.escaped(below) + "</small>");
    }

    /** From the lowest to the highest of what it is a mean of, where no interval is known. */
    private static String range(List<Double> parts) {
        double low = parts.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        double high = parts.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        return parts.size() < 2
                ? ""
                : DisplayUnit.percent(low / REFERENCE).replace(" %", "") + " to "
                        + DisplayUnit.percent(high / REFERENCE).replace(" %", "");
    }

    private String strip(Grid.Line line, Value value, int number) {
        String name = String.join(", ", line.names());
        String description = value.text().isEmpty() ? "no value" : PageText.of(value) + " of the reference";
        return new VerdictStrip(FigurePlots.datum(value), value.parts())
                .svg(new Caption(id + "-" + number, name, description), Width.CELL);
    }
}
