package dev.tare.report.chart;

import dev.tare.report.chart.Svg.Anchor;
import java.util.List;

/**
 * Numbers in per cent as cells, coloured by how far they are from 100, each with its number and interval. Columns that do
 * not fit beside the others follow below.
 *
 * @param lines one number for each column
 * @param columns what stands above them
 */
public record HeatMap(List<Line> lines, List<String> columns) implements Plot {
    private static final double HEAD_PITCH = 13;
    private static final double NAME_PITCH = 11.5;
    private static final double LEGEND = 44;
    private static final double GROUP_PITCH = 20;
    private static final double MOST_CELL = 150;
    private static final double GAP = 2;

    /** Keeps copies. */
    public HeatMap {
        lines = List.copyOf(lines);
        columns = List.copyOf(columns);
    }

    private record Layout(double labels, double leastCell, double size, double small, double cell, double row) {}

    private Layout layout(Width width) {
        boolean intervals = lines.stream().flatMap(line -> line.data().stream()).anyMatch(Datum::hasInterval);
        double labels = width.isNarrow() ? 0 : 196;
        double least = width.isNarrow() ? (intervals ? 84 : 56) : intervals ? 88 : 60;
        int fitting = Math.max(1, Math.min(columns.size(), (int) ((width.pixels() - labels) / least)));
        // Bands of about the same number of columns.
        int bands = (columns.size() + fitting - 1) / Math.max(1, fitting);
        int perBand = Math.max(1, (columns.size() + bands - 1) / Math.max(1, bands));
        double cell = Math.min(MOST_CELL, (width.pixels() - labels) / perBand);
        return new Layout(labels, least, 12, 10, cell, (intervals ? 32 : 24) + (width.isNarrow() ? 17 : 0));
    }

    @Override
    public String svg(Caption caption, Width width) {
        Svg svg = new Svg(caption, width);
        Layout at = layout(width);
        int perBand = Math.max(1, (int) Math.floor((width.pixels() - at.labels()) / at.cell() + 1e-9));
        double y = 0;
        for (int from = 0; from < columns.size(); from += perBand) {
            y = band(svg, at, width, from, Math.min(columns.size(), from + perBand), y) + 12;
        }
        legend(svg, width, y);
        return svg.render(y + LEGEND);
    }

    private double band(Svg svg, Layout at, Width width, int from, int to, double top) {
        double y = top + heads(svg, at, from, to, top);
        String group = "";
        for (Line line : lines) {
            if (!line.group().equals(group)) {
                group = line.group();
                svg.bold(0, y + 14, Anchor.START, 12, Ink.INK, Lettering.shortened(group, 12, width.pixels()));
                y += GROUP_PITCH;
            }
            if (width.isNarrow()) {
                svg.text(
                        0, y + 12, Anchor.START, 11.5, Ink.INK, Lettering.shortened(line.name(), 11.5, width.pixels()));
            } else {
                // In two lines where one would leave out what tells it from others.
                List<String> name = Lettering.wrapped(line.name(), 11.5, at.labels() - 10, 2);
                double baseline = y + at.row() / 2 + 4 - (name.size() - 1) * NAME_PITCH / 2;
                for (String part : name) {
                    svg.text(at.labels() - 8, baseline, Anchor.END, 11.5, Ink.INK, part);
                    baseline += NAME_PITCH;
                }
            }
            double head = width.isNarrow() ? 17 : 0;
            for (int column = from; column < to; column++) {
                double x = at.labels() + (column - from) * at.cell();
                cell(svg, at, line, column, x, y + head, at.row() - head);
            }
            y += at.row();
        }
        return y;
    }

    private double heads(Svg svg, Layout at, int from, int to, double top) {
        int deepest = 1;
        for (int column = from; column < to; column++) {
            List<String> words = Lettering.wrapped(columns.get(column), 10.5, at.cell() - 6, 3);
            double y = top + 12;
            for (String part : words) {
                double middle = at.labels() + (column - from + 0.5) * at.cell();
                svg.bold(middle, y, Anchor.MIDDLE, 10.5, Ink.SECOND_INK, part);
                y += HEAD_PITCH;
            }
            deepest = Math.max(deepest, words.size());
        }
        return deepest * HEAD_PITCH + 6;
    }

    private void cell(Svg svg, Layout at, Line line, int column, double x, double y, double high) {
        Datum datum = line.data().get(column);
        double middle = x + at.cell() / 2;
        if (!datum.isNumber()) {
            svg.outline(x + 0.5, y + 0.5, at.cell() - GAP - 1, high - GAP - 1, Ink.PAPER, Ink.GRID);
            svg.text(
                    middle,
                    y + high / 2 + 3,
                    Anchor.MIDDLE,
                    10.5,
                    Ink.THIRD_INK,
                    Lettering.shortened(datum.text(), 10.5, at.cell() - 6));
            return;
        }
        Ink ink = datum.evidence() ? Ink.ofHeat(datum.value()) : Ink.HEAT_4;
        int cut = datum.text().indexOf('[');
        String number = cut < 0 ? datum.text() : datum.text().substring(0, cut).strip();
        svg.mark(line.full() + ", " + columns.get(column) + ": " + datum.text());
        svg.rect(x, y, at.cell() - GAP, high - GAP, ink);
        svg.end();
        double baseline = cut < 0 ? y + high / 2 + 3 : y + high / 2 - 2;
        svg.text(middle - 1, baseline, Anchor.MIDDLE, 11.5, ink.over(), number);
        if (cut >= 0) {
            String interval = Lettering.shortened(datum.text().substring(cut), 9, at.cell());
            svg.text(middle - 1, baseline + 12, Anchor.MIDDLE, 9.5, ink.over(), interval);
        }
    }

    private static void legend(Svg svg, Width width, double top) {
        List<Ink> bins = Ink.heat();
        double left = width.isNarrow() ? 0 : 196;
        double wide = Math.min(64, (width.pixels() - left) / bins.size());
        for (int bin = 0; bin < bins.size(); bin++) {
            double x = left + bin * wide;
            svg.rect(x, top + 6, wide - GAP, 10, bins.get(bin));
            String label = bin == 0
                    ? "<" + Ink.HEAT_ENDS.get(0)
                    : bin < Ink.HEAT_ENDS.size()
                            ? "\u2013" + Ink.HEAT_ENDS.get(bin)
                            : ">" + Ink.HEAT_ENDS.get(bin - 1) + "\u202F%";
            svg.text(x + wide / 2, top + 29, Anchor.MIDDLE, 10.5, Ink.THIRD_INK, label);
        }
    }
}
