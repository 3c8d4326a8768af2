package dev.tare.report.chart;

import dev.tare.report.chart.Svg.Anchor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Values over days: a dot for each night, a line for the mean between changes, and a stroke with its size where it changes. The
 * vertical axis does not begin at zero, for steps of a few per cent are looked for; it says so.
 *
 * @param lines each night: its day, counted from any, its value, and the mean of its stretch; a night that does not count has no
 *     value and stands as a stroke at the foot
 * @param unit of the values
 */
public record NightPlot(List<Line> lines, String unit) implements Plot {
    private static final double HEAD = 26;
    private static final double PLOT = 190;
    private static final double FOOT = 34;
    private static final double LABEL = 10.5;
    private static final double X_GAP = 84;
    private static final double Y_GAP = 30;
    /** Free above and below the values, as a share of their range. */
    private static final double AIR = 0.12;

    private static final int DAY = 0;
    private static final int VALUE = 1;
    private static final int LEVEL = 2;

    /** Keeps a copy. */
    public NightPlot {
        lines = List.copyOf(lines);
    }

    @Override
    public String svg(Caption caption, Width width) {
        Svg svg = new Svg(caption, width);
        double bottom = HEAD + PLOT;
        double[] values = lines.stream()
                .flatMap(line -> line.data().subList(VALUE, LEVEL + 1).stream())
                .filter(Datum::isNumber)
                .mapToDouble(Datum::value)
                .toArray();
        double least = DoubleStream.of(values).min().orElse(0);
        double most = DoubleStream.of(values).max().orElse(1);
        double air = AIR * (most - least);
        Scale y = Scale.linear(least - air, most + air, bottom, HEAD);
        List<Scale.Tick> ticks = y.ticks(Y_GAP);
        double left = 12
                + ticks.stream()
                        .mapToDouble(tick -> Lettering.width(tick.label(), LABEL))
                        .max()
                        .orElse(0);
        svg.bold(0, 12, Anchor.START, 12, Ink.INK, (unit.isEmpty() ? "" : unit + ", ") + "not from zero");
        for (Scale.Tick tick : ticks) {
            double place = y.at(tick.value());
            svg.line(left, place, width.pixels() - 8, place, Ink.GRID, 1);
            svg.text(left - 6, place + 3.5, Anchor.END, LABEL, Ink.THIRD_INK, tick.label());
        }
        double[] days =
                lines.stream().mapToDouble(line -> line.data().get(DAY).value()).toArray();
        Scale x = Scale.linear(
                DoubleStream.of(days).min().orElse(0),
                DoubleStream.of(days).max().orElse(1),
                left + 8,
                width.pixels() - 16);
        axis(svg, x, bottom, width);
        levels(svg, x, y);
        for (Line line : lines) {
            night(svg, line, x, y, bottom);
        }
        return svg.render(bottom + FOOT);
    }

    /** Dates where there is room, the last one in any case. */
    private void axis(Svg svg, Scale x, double bottom, Width width) {
        svg.line(x.at(x.low()), bottom, x.at(x.high()), bottom, Ink.AXIS, 1);
        double free = width.pixels() + X_GAP;
        List<Line> backwards = new ArrayList<>(lines);
        Collections.reverse(backwards);
        for (Line line : backwards) {
            double at = x.at(line.data().get(DAY).value());
            double half = Lettering.width(line.name(), LABEL) / 2;
            double middle = Math.max(half, Math.min(at, width.pixels() - half));
            if (free - middle >= X_GAP) {
                svg.line(at, bottom, at, bottom + 4, Ink.AXIS, 1);
                svg.text(middle, bottom + 17, Anchor.MIDDLE, LABEL, Ink.THIRD_INK, line.name());
                free = middle;
            }
        }
    }

    private void levels(Svg svg, Scale x, Scale y) {
        double level = Double.NaN;
        double from = Double.NaN;
        double last = Double.NaN;
        for (Line line : lines) {
            double now = line.data().get(LEVEL).value();
            double day = line.data().get(DAY).value();
            if (!Double.isFinite(now)) {
                continue;
            }
            if (now != level && Double.isFinite(level)) {
                svg.line(x.at(from), y.at(level), x.at(last), y.at(level), Tone.NATIVE, 2);
                double between = (x.at(last) + x.at(day)) / 2;
                svg.dashed(between, y.at(y.high()), between, y.at(y.low()), Ink.AXIS, 1);
                from = day;
            } else if (Double.isNaN(level)) {
                from = day;
            }
            level = now;
            last = day;
        }
        if (Double.isFinite(level)) {
            svg.line(x.at(from), y.at(level), x.at(last), y.at(level), Tone.NATIVE, 2);
        }
    }

    private static void night(Svg svg, Line line, Scale x, Scale y, double bottom) {
        Datum value = line.data().get(VALUE);
        double at = x.at(line.data().get(DAY).value());
        svg.mark(line.full() + ": " + value.text());
        if (value.isNumber()) {
            svg.dot(at, y.at(value.value()), Tone.FIRST, !value.evidence(), 0.7);
        } else {
            svg.line(at, bottom - 8, at, bottom, Tone.LOSS, 2);
        }
        svg.end();
    }
}
