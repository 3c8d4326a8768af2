package dev.tare.report.chart;

import dev.tare.report.chart.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

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
    /** Free below the columns of a band. */
    private static final double BETWEEN = 12;

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
        Layout at = layout(width);
        Sheets<Band> sheets = new Sheets<>(Band::group, band -> height(at, band), 0, width.mostHigh() - LEGEND);
        return sheets.drawn(bands(at, width), caption, (part, some) -> sheet(new Svg(part, width), at, some, width));
    }

    /** Some lines with as many columns as fit beside each other. */
    private record Band(List<Line> lines, int from, int to) {
        String group() {
            return lines.isEmpty() ? "" : lines.get(0).group();
        }
    }

    private List<Band> bands(Layout at, Width width) {
        int perBand = Math.max(1, (int) Math.floor((width.pixels() - at.labels()) / at.cell() + 1e-9));
        List<Band> bands = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += perBand) {
            int first = from;
            int end = Math.min(columns.size(), from + perBand);
            double room = width.mostHigh() - headHeight(at, from, end) - BETWEEN - LEGEND;
            new Sheets<>(Line::group, line -> at.row(), GROUP_PITCH, room)
                    .parts(lines)
                    .forEach(some -> bands.add(new Band(some, first, end)));
        }
        return bands;
    }

    private double height(Layout at, Band band) {
        long groups = band.lines().stream()
                .map(Line::group)
                .filter(group -> !group.isEmpty())
                .distinct()
                .count();
        return headHeight(at, band.from(), band.to())
                + groups * GROUP_PITCH
                + band.lines().size() * at.row()
                + BETWEEN;
    }

    private String sheet(Svg svg, Layout at, List<Band> bands, Width width) {
        double y = 0;
        for (Band band : bands) {
            y = draw(svg, at, width, band, y) + BETWEEN;
        }
        legend(svg, width, y);
        return svg.render(y + LEGEND);
    }

    private double draw(Svg svg, Layout at, Width width, Band band, double top) {
        heads(svg, at, band, top);
        double y = top + headHeight(at, band.from(), band.to());
        String group = "";
        for (Line line : band.lines()) {
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
            for (int column = band.from(); column < band.to(); column++) {
                double x = at.labels() + (column - band.from()) * at.cell();
                cell(svg, at, line, column, x, y + head, at.row() - head);
            }
            y += at.row();
        }
        return y;
    }

    private List<String> head(Layout at, int column) {
        return Lettering.wrapped(columns.get(column), 10.5, at.cell() - 6, 3);
    }

    private double headHeight(Layout at, int from, int to) {
        int deepest = IntStream.range(from, to)
                .map(column -> head(at, column).size())
                .max()
                .orElse(1);
        return Math.max(1, deepest) * HEAD_PITCH + 6;
    }

    private void heads(Svg svg, Layout at, Band band, double top) {
        for (int column = band.from(); column < band.to(); column++) {
            double y = top + 12;
            for (String part : head(at, column)) {
                double middle = at.labels() + (column - band.from() + 0.5) * at.cell();
                svg.bold(middle, y, Anchor.MIDDLE, 10.5, Ink.SECOND_INK, part);
                y += HEAD_PITCH;
            }
        }
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
