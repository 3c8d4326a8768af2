package dev.tare.report.chart;

import dev.tare.report.chart.Svg.Anchor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Curves over a logarithmic axis, each series one, the first datum of each line its place on the axis. Groups have axes of
 * their own, below each other. The vertical axis is logarithmic, too, where values differ much, and says so.
 *
 * @param lines place and values
 * @param series what they are, that of the places first
 */
public record CurveChart(List<Line> lines, List<Series> series) implements Plot {
    private static final double PLOT = 150;
    private static final double HEAD = 26;
    private static final double LABEL = 10.5;
    private static final double X_GAP = 50;
    private static final double Y_GAP = 30;
    /** From such a ratio of the largest to the least value on, what is small would lie on the axis. */
    private static final double LOGARITHMIC_FROM = 15;

    private static final double BELOW = 40;

    /** Keeps copies. */
    public CurveChart {
        lines = List.copyOf(lines);
        series = List.copyOf(series);
    }

    @Override
    public String svg(Caption caption, Width width) {
        Map<String, List<Line>> byGroup = new LinkedHashMap<>();
        lines.forEach(line ->
                byGroup.computeIfAbsent(line.group(), any -> new ArrayList<>()).add(line));
        double room = width.mostHigh() - Legend.height(curves(), width);
        Sheets<Map.Entry<String, List<Line>>> sheets =
                new Sheets<>(Map.Entry::getKey, group -> HEAD + PLOT + BELOW, 0, room);
        return sheets.drawn(
                List.copyOf(byGroup.entrySet()), caption, (part, some) -> sheet(new Svg(part, width), some, width));
    }

    private List<Series> curves() {
        return series.subList(1, series.size());
    }

    private String sheet(Svg svg, List<Map.Entry<String, List<Line>>> groups, Width width) {
        Legend.draw(svg, curves(), width, true);
        double y = Legend.height(curves(), width);
        for (Map.Entry<String, List<Line>> group : groups) {
            panel(svg, group.getKey(), group.getValue(), y, width);
            y += HEAD + PLOT + BELOW;
        }
        return svg.render(y);
    }

    private void panel(Svg svg, String group, List<Line> some, double top, Width width) {
        List<Datum> numbers = some.stream()
                .flatMap(line -> line.data().stream().skip(1))
                .filter(Datum::isNumber)
                .toList();
        double most = Plot.largest(numbers.stream());
        double least = numbers.stream().mapToDouble(Datum::value).min().orElse(1);
        boolean logarithmic = least > 0 && most / least > LOGARITHMIC_FROM;
        double bottom = top + HEAD + PLOT;
        Scale y = logarithmic
                ? Scale.logarithmic(least * 0.9, most * 1.1, bottom, bottom - PLOT)
                : Scale.fromZero(most, bottom, bottom - PLOT, 5);
        List<Scale.Tick> ticks = y.ticks(Y_GAP);
        double left = 12
                + ticks.stream()
                        .mapToDouble(tick -> Lettering.width(tick.label(), LABEL))
                        .max()
                        .orElse(0);
        Scale x = places(some, left + 6, width.pixels() - 16);
        String unit = series.size() > 1 ? series.get(1).unit() : "";
        String head = String.join(
                ", ",
                List.of(group, unit).stream().filter(word -> !word.isEmpty()).toList());
        svg.bold(
                0,
                top + 12,
                Anchor.START,
                12,
                Ink.INK,
                Lettering.shortened(head + (logarithmic ? " (log)" : ""), 12, width.pixels()));
        for (Scale.Tick tick : ticks) {
            double place = y.at(tick.value());
            svg.line(left, place, width.pixels() - 8, place, tick.value() == 0 ? Ink.AXIS : Ink.GRID, 1);
            svg.text(left - 6, place + 3.5, Anchor.END, LABEL, Ink.THIRD_INK, tick.label());
        }
        axis(svg, some, x, bottom);
        svg.text(
                width.pixels() - 8,
                bottom + 32,
                Anchor.END,
                LABEL,
                Ink.SECOND_INK,
                Lettering.shortened(series.get(0).name(), LABEL, 260));
        IntStream.range(1, series.size()).forEach(i -> curve(svg, some, i, x, y));
    }

    private static Scale places(List<Line> some, double from, double to) {
        double[] all = some.stream()
                .map(line -> line.data().get(0))
                .filter(datum -> datum.isNumber() && datum.value() > 0)
                .mapToDouble(Datum::value)
                .toArray();
        return Scale.logarithmic(
                DoubleStream.of(all).min().orElse(1), DoubleStream.of(all).max().orElse(1), from, to);
    }

    /** Each place that has room is named as the table names it: sizes are read in KiB, not in powers of ten. */
    private static void axis(Svg svg, List<Line> some, Scale x, double bottom) {
        double last = -X_GAP;
        for (Line line : some) {
            Datum place = line.data().get(0);
            double at = x.at(place.value());
            if (!Double.isNaN(at)) {
                svg.line(at, bottom, at, bottom + 4, Ink.AXIS, 1);
                if (at - last >= X_GAP) {
                    double inside = Math.max(at, Lettering.width(place.text(), LABEL) / 2);
                    svg.text(inside, bottom + 17, Anchor.MIDDLE, LABEL, Ink.THIRD_INK, place.text());
                    last = at;
                }
            }
        }
    }

    private void curve(Svg svg, List<Line> some, int index, Scale x, Scale y) {
        Series about = series.get(index);
        StringBuilder path = new StringBuilder();
        for (Line line : some) {
            double place = x.at(line.data().get(0).value());
            double at = y.at(line.data().get(index).value());
            boolean drawn = Double.isFinite(place) && Double.isFinite(at);
            // What has no value interrupts the curve.
            path.append(
                    !drawn
                            ? " "
                            : (path.length() == 0 || path.charAt(path.length() - 1) == ' ' ? "M" : "L")
                                    + Svg.point(place, at));
        }
        if (!path.toString().isBlank()) {
            svg.path(path.toString().strip(), about.tone(), 2);
        }
        for (Line line : some) {
            Datum datum = line.data().get(index);
            double place = x.at(line.data().get(0).value());
            double at = y.at(datum.value());
            if (Double.isFinite(place) && Double.isFinite(at)) {
                svg.mark(line.full() + ", " + about.name() + ": " + datum.text());
                if (datum.hasInterval()) {
                    svg.errorBar(place, y, datum.low(), datum.high(), about.tone());
                }
                svg.dot(place, at, about.tone(), !datum.hasInterval(), 0.9);
                svg.end();
            }
        }
    }
}
