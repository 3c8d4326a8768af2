package dev.tare.report.chart;

import dev.tare.report.chart.Svg.Anchor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bars from zero with their intervals: each line a cluster, each series a bar; clusters of one group share an axis, and as
 * many groups stand side by side as fit.
 *
 * @param lines one number for each series
 * @param series what the bars are, all in one unit or each group in its own
 * @param referenced whether the first series is a reference that is marked over the others
 */
public record BarChart(List<Line> lines, List<Series> series, boolean referenced) implements Plot {
    private static final double PLOT = 104;
    private static final double HEAD = 20;
    private static final double HEAD_SIZE = 12;
    /** Bold letters are wider than their size lets expect. */
    private static final double HEAD_LETTERS = 1.15 * HEAD_SIZE;

    private static final double LABEL = 10.5;
    private static final double LINE_PITCH = 13;
    private static final int MOST_LABEL_LINES = 3;
    private static final double BETWEEN = 18;
    private static final double GAP = 22;
    /** A bar narrower than this bears no number. */
    private static final double LEAST_LABELLED = 34;

    private static final double MOST_SLOT = 52;

    private static final int TICKS = 4;

    /** Keeps copies. */
    public BarChart {
        lines = List.copyOf(lines);
        series = List.copyOf(series);
    }

    /**
     * Lines that share an axis, in one row of the drawing.
     *
     * @param slot the width of one bar with the gap beside it
     * @param cluster that of all bars of a line with the gap beside them
     */
    private record Panel(String group, List<Line> lines, double largest, double slot, double cluster, double wide) {
        List<String> name(Line line) {
            return Lettering.wrapped(line.name(), LABEL, cluster - 6, MOST_LABEL_LINES);
        }
    }

    @Override
    public String svg(Caption caption, Width width) {
        Sheets<List<Panel>> sheets =
                new Sheets<>(row -> row.get(0).group(), BarChart::height, 0, width.mostHigh() - legend(width));
        return sheets.drawn(rows(width), caption, (part, some) -> sheet(new Svg(part, width), some, width));
    }

    private String sheet(Svg svg, List<List<Panel>> rows, Width width) {
        if (series.size() > 1) {
            Legend.draw(svg, series, width, false);
        }
        double y = legend(width);
        for (List<Panel> row : rows) {
            double x = 0;
            for (Panel panel : row) {
                draw(svg, panel, x, y);
                x += panel.wide() + BETWEEN;
            }
            y += height(row);
        }
        return svg.render(y);
    }

    private double legend(Width width) {
        return series.size() > 1 ? Legend.height(series, width) : 0;
    }

    /** As many panels side by side as fit. */
    private List<List<Panel>> rows(Width width) {
        List<List<Panel>> rows = new ArrayList<>();
        double used = width.pixels();
        for (Panel panel : panels(width)) {
            if (used + panel.wide() > width.pixels()) {
                rows.add(new ArrayList<>());
                used = 0;
            }
            rows.get(rows.size() - 1).add(panel);
            used += panel.wide() + BETWEEN;
        }
        return rows;
    }

    private static double height(List<Panel> row) {
        int deepest = row.stream()
                .flatMap(panel -> panel.lines().stream().map(panel::name))
                .mapToInt(List::size)
                .max()
                .orElse(0);
        return HEAD + 14 + PLOT + 8 + deepest * LINE_PITCH + 14;
    }

    private static double axisWidth(double largest) {
        double most = Scale.fromZero(largest, 0, 1, TICKS).high();
        return 12 + Math.max(24, Lettering.width(Numerals.label(most), LABEL));
    }

    /** No wider than the widest number needs, so that groups stand side by side. */
    private double mostSlot() {
        double numbers = lines.stream()
                .flatMap(line -> line.data().stream())
                .filter(Datum::isNumber)
                .mapToDouble(datum -> Lettering.width(Numerals.label(datum.value()), LABEL))
                .max()
                .orElse(0);
        return Math.max(LEAST_LABELLED, Math.min(MOST_SLOT, numbers + 4));
    }

    private List<Panel> panels(Width width) {
        Map<String, List<Line>> byGroup = new LinkedHashMap<>();
        lines.forEach(line ->
                byGroup.computeIfAbsent(line.group(), any -> new ArrayList<>()).add(line));
        List<Panel> panels = new ArrayList<>();
        double mostSlot = mostSlot();
        byGroup.forEach((group, all) -> {
            double largest = Plot.largest(all.stream().flatMap(line -> line.data().stream()));
            double axis = axisWidth(largest);
            double slot = Math.max(1.5, Math.min(mostSlot, (width.pixels() - axis - GAP) / series.size()));
            // A cluster of one or two bars still needs room for its name.
            double cluster = Math.max(width.isNarrow() ? 76 : 96, slot * series.size() + GAP);
            int fitting = Math.max(1, (int) ((width.pixels() - axis) / cluster));
            for (int from = 0; from < all.size(); from += fitting) {
                List<Line> some = all.subList(from, Math.min(all.size(), from + fitting));
                double wide = Math.max(axis + cluster * some.size(), headRoom(group, width));
                panels.add(new Panel(group, some, largest, slot, cluster, wide));
            }
        });
        return panels;
    }

    private void draw(Svg svg, Panel panel, double left, double top) {
        double axis = axisWidth(panel.largest());
        svg.bold(left, top + 12, Anchor.START, HEAD_SIZE, Ink.INK, head(panel));
        double bottom = top + HEAD + 14 + PLOT;
        Scale y = Scale.fromZero(panel.largest(), bottom, bottom - PLOT, TICKS);
        for (Scale.Tick tick : y.ticks(PLOT / (TICKS + 1))) {
            double place = y.at(tick.value());
            svg.line(left + axis - 4, place, left + panel.wide(), place, tick.value() == 0 ? Ink.AXIS : Ink.GRID, 1);
            svg.text(left + axis - 8, place + 3.5, Anchor.END, LABEL, Ink.THIRD_INK, tick.label());
        }
        double cluster = panel.cluster();
        double x = left + axis;
        for (Line line : panel.lines()) {
            bars(svg, line, x, y, panel);
            double baseline = bottom + 14;
            for (String part : panel.name(line)) {
                svg.text(x + cluster / 2, baseline, Anchor.MIDDLE, LABEL, Ink.SECOND_INK, part);
                baseline += LINE_PITCH;
            }
            x += cluster;
        }
    }

    private String unit() {
        return series.isEmpty() ? "" : series.get(0).unit();
    }

    /** What stands between a group and its unit, with the unit. */
    private String behind(String group) {
        return group.isEmpty() || unit().isEmpty() ? unit() : ", " + unit();
    }

    /** What the head of a panel needs, at most a row of a telephone or half of a wide one. */
    private double headRoom(String group, Width width) {
        double most = width.isNarrow() ? width.pixels() : (width.pixels() - BETWEEN) / 2;
        return Math.min(most, Lettering.width(group + behind(group), HEAD_LETTERS) + 4);
    }

    /** A group with its unit, of which the unit is never cut. */
    private String head(Panel panel) {
        String behind = behind(panel.group());
        return Lettering.shortened(panel.group(), HEAD_LETTERS, panel.wide() - Lettering.width(behind, HEAD_LETTERS))
                + behind;
    }

    private void bars(Svg svg, Line line, double left, Scale y, Panel panel) {
        double slot = panel.slot();
        double start = left + (panel.cluster() - slot * series.size()) / 2;
        Datum reference = line.data().get(0);
        for (int i = 0; i < series.size(); i++) {
            Datum datum = line.data().get(i);
            double x = start + i * slot;
            if (datum.isNumber()) {
                bar(svg, series.get(i), line, datum, x, y, slot);
            }
        }
        if (referenced && reference.isNumber() && series.size() > 1) {
            double place = y.at(reference.value());
            svg.dashed(start + slot, place, start + slot * series.size(), place, Ink.INK, 1.4);
        }
        if (slot >= LEAST_LABELLED) {
            for (int i = 0; i < series.size(); i++) {
                double dashed = referenced && i > 0 ? y.at(reference.value()) : Double.NaN;
                label(svg, line.data().get(i), start + (i + 0.5) * slot, y, slot, dashed);
            }
        }
    }

    private static void label(Svg svg, Datum datum, double middle, Scale y, double slot, double dashed) {
        if (!datum.isNumber()) {
            svg.text(middle, y.at(0) - 4, Anchor.MIDDLE, LABEL, Ink.THIRD_INK, "-");
            return;
        }
        double top = y.at(Math.max(0, datum.value()));
        double baseline = (datum.hasInterval() ? Math.min(top, y.clamped(datum.high())) : top) - 4;
        if (dashed > baseline - LABEL && dashed < baseline + 3) {
            // Else the dashed line would strike the number through, or look like its sign.
            baseline = dashed - 3;
        }
        svg.halo(middle, baseline, Anchor.MIDDLE, slot < 38 ? 10 : LABEL, Ink.INK, Numerals.label(datum.value()));
    }

    private static void bar(Svg svg, Series about, Line line, Datum datum, double x, Scale y, double slot) {
        double gap = slot > 8 ? 3 : 0;
        double top = y.at(Math.max(0, datum.value()));
        double middle = x + slot / 2;
        svg.mark(line.full() + ", " + about.name() + ": " + datum.text());
        svg.area(x + gap / 2, top, slot - gap, y.at(0) - top, about.tone());
        if (datum.hasInterval()) {
            // Paper under ink: seen on the bar and above it.
            svg.line(middle, y.clamped(datum.low()), middle, y.clamped(datum.high()), Ink.PAPER, 3.4);
            svg.errorBar(middle, y, datum.low(), datum.high(), Ink.INK);
        }
        svg.end();
    }
}
