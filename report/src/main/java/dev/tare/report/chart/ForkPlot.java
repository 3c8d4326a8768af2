package dev.tare.report.chart;

import dev.tare.report.chart.Svg.Anchor;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Several numbers of one kind as small dots on one axis, line by line, the series from top to bottom within a line: drift
 * and outliers are seen. Words stand at the end of a line.
 *
 * @param lines one number for each series, then the words
 * @param series what they are, without the words
 * @param reference a value that is marked on the axis; NaN for none
 */
public record ForkPlot(List<Line> lines, List<Series> series, double reference) implements Plot {
    private static final double GROUP_PITCH = 22;
    private static final double TICK_GAP = 44;
    private static final double MARGIN = 0.04;
    private static final double LABEL_PITCH = 12;
    /** All that is above and below the lines. */
    private static final double FRAME = 30;

    /** Keeps copies. */
    public ForkPlot {
        lines = List.copyOf(lines);
        series = List.copyOf(series);
    }

    @Override
    public String svg(Caption caption, Width width) {
        double left = width.isNarrow() ? 6 : 262;
        double right = width.isNarrow() ? 230 : 600;
        double head = width.isNarrow() ? 16 : 0;
        boolean broken =
                !width.isNarrow() && lines.stream().anyMatch(line -> name(line).size() > 1);
        double body = Math.max(broken ? 2 * LABEL_PITCH + 6 : 18, Math.min(30, 5.0 * series.size()));
        Scale x = scale(left, right);
        Sheets<Line> sheets = new Sheets<>(Line::group, line -> head + body, GROUP_PITCH, width.mostHigh() - FRAME);
        return sheets.drawn(lines, caption, (part, some) -> sheet(new Svg(part, width), x, some, head, body, width));
    }

    private String sheet(Svg svg, Scale x, List<Line> some, double head, double body, Width width) {
        double bottom = 4 + height(some, head + body);
        x.ticks(TICK_GAP).forEach(tick -> {
            double place = x.at(tick.value());
            svg.line(place, 4, place, bottom, Ink.GRID, 1);
            svg.text(place, bottom + 15, Anchor.MIDDLE, 10.5, Ink.THIRD_INK, tick.label());
        });
        if (Double.isFinite(reference) && x.holds(reference)) {
            svg.line(x.at(reference), 4, x.at(reference), bottom, Ink.AXIS, 1.6);
        }
        double y = 4;
        String group = "";
        for (Line line : some) {
            if (!line.group().equals(group)) {
                group = line.group();
                svg.bold(
                        0,
                        y + 15,
                        Anchor.START,
                        12,
                        Ink.INK,
                        Lettering.shortened(group, 12, width.isNarrow() ? 340 : 250));
                y += GROUP_PITCH;
            }
            line(svg, line, x, y, head, body, width);
            y += head + body;
        }
        return svg.render(bottom + 22);
    }

    /** Beside the plot, in two lines where one would leave out what tells it from others. */
    private static List<String> name(Line line) {
        return Lettering.wrapped(line.name(), 11.5, 246, 2);
    }

    private static double height(List<Line> some, double pitch) {
        double height = 4;
        String group = "";
        for (Line line : some) {
            height += pitch + (line.group().equals(group) ? 0 : GROUP_PITCH);
            group = line.group();
        }
        return height;
    }

    private Scale scale(double left, double right) {
        double[] values = lines.stream()
                .flatMap(line -> line.data().stream().limit(series.size()))
                .filter(Datum::isNumber)
                .flatMapToDouble(datum -> datum.hasInterval()
                        ? DoubleStream.of(datum.low(), datum.high())
                        : DoubleStream.of(datum.value()))
                .toArray();
        double low = DoubleStream.of(values).min().orElse(0);
        double high = DoubleStream.of(values).max().orElse(1);
        double margin = MARGIN * (high - low);
        return Scale.linear(low - margin, high + margin, left, right);
    }

    private void line(Svg svg, Line line, Scale x, double y, double head, double body, Width width) {
        double middle = y + head + body / 2;
        String words = line.data().size() > series.size()
                ? line.data().get(series.size()).text()
                : "";
        if (width.isNarrow()) {
            svg.halo(6, y + 12, Anchor.START, 11.5, Ink.INK, Lettering.shortened(line.name(), 11.5, 340));
            svg.text(352, middle + 4, Anchor.END, 10.5, Ink.SECOND_INK, Lettering.shortened(words, 10.5, 114));
        } else {
            List<String> name = name(line);
            double baseline = middle + 4 - (name.size() - 1) * LABEL_PITCH / 2;
            for (String part : name) {
                svg.text(250, baseline, Anchor.END, 11.5, Ink.INK, part);
                baseline += LABEL_PITCH;
            }
            svg.text(760, middle + 4, Anchor.END, 10.5, Ink.SECOND_INK, Lettering.shortened(words, 10.5, 150));
        }
        for (int i = 0; i < series.size(); i++) {
            Datum datum = line.data().get(i);
            if (datum.isNumber()) {
                double at = y + head + 4 + (body - 8) * (i + 0.5) / series.size();
                // The line has its name beside it, which would be most of a page's bytes if every fork said it again.
                svg.mark(series.get(i).name() + ": " + datum.text());
                if (datum.hasInterval()) {
                    svg.whisker(x, datum.low(), datum.high(), at, series.get(i).tone());
                }
                svg.dot(x.at(datum.value()), at, series.get(i).tone(), false, 0.75);
                svg.end();
            }
        }
    }
}
