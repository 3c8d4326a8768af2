package dev.tare.report.chart;

import dev.tare.report.chart.Svg.Anchor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values in per cent with their intervals, one a line, on a logarithmic axis against 100 %: what halves and what doubles
 * are equally far from it.
 *
 * @param lines one number each
 * @param noise what cannot be told from no difference, by group of lines; groups of which that is not known are absent
 */
public record DotPlot(List<Line> lines, Map<String, Band> noise) implements Plot {
    static final double REFERENCE = 100;
    private static final double GROUP_PITCH = 22;
    private static final double TICK_GAP = 30;
    private static final double LABEL_WIDTH = 246;
    private static final double LABEL_PITCH = 12;
    /** An interval may leave the axis, a value may not: so much room is left around the values. */
    private static final double ROOM = 1.6;

    private static final double EDGE = 1.04;
    private static final int MANY_LINES = 15;
    /** A band wider than from half to double would leave what is drawn no room. */
    private static final double WIDEST_NOISE = 2;

    private static final double TOP_AXIS = 20;
    private static final double BELOW = 26;

    /** Keeps copies. */
    public DotPlot {
        lines = List.copyOf(lines);
        noise = Map.copyOf(noise);
    }

    /**
     * A part of the axis, in per cent.
     *
     * @param low where it begins
     * @param high where it ends
     */
    public record Band(double low, double high) {}

    /** Where things stand: in the wide drawing names are beside the plot, in the narrow one above their lines. */
    private record Layout(double left, double right, double pitch, double markOffset, double value, double interval) {
        static Layout of(Width width) {
            return width.isNarrow() ? new Layout(6, 190, 34, 25, 256, 262) : new Layout(262, 566, 20, 12, 640, 648);
        }
    }

    @Override
    public String svg(Caption caption, Width width) {
        Layout at = Layout.of(width);
        Scale x = scale(at);
        double room = width.mostHigh() - TOP_AXIS - BELOW;
        Sheets<Line> sheets = new Sheets<>(Line::group, line -> rowHeight(at, line, width), GROUP_PITCH, room);
        return sheets.drawn(lines, caption, (part, some) -> sheet(new Svg(part, width), at, x, some, width));
    }

    private String sheet(Svg svg, Layout at, Scale x, List<Line> some, Width width) {
        double top = some.size() > MANY_LINES ? TOP_AXIS : 4;
        double bottom = top + height(at, some, width);
        noise(svg, x, at, some, top, width);
        backdrop(svg, x, top, bottom);
        if (some.size() > MANY_LINES) {
            axis(svg, x, top - 6);
        }
        axis(svg, x, bottom + 15);
        String group = "";
        double y = top;
        for (Line line : some) {
            if (!line.group().equals(group)) {
                group = line.group();
                svg.bold(
                        0,
                        y + 15,
                        Anchor.START,
                        12,
                        Ink.INK,
                        Lettering.shortened(group, 12, at.left() > 100 ? 250 : 340));
                y += GROUP_PITCH;
            }
            line(svg, at, x, line, y, width);
            y += rowHeight(at, line, width);
        }
        return svg.render(bottom + 22);
    }

    private static double height(Layout at, List<Line> some, Width width) {
        double height = 4;
        String group = "";
        for (Line line : some) {
            height += rowHeight(at, line, width) + (line.group().equals(group) ? 0 : GROUP_PITCH);
            group = line.group();
        }
        return height;
    }

    /** A name that does not fit is broken into two lines. */
    private static List<String> name(Line line, Width width) {
        return Lettering.wrapped(line.name(), 11.5, width.isNarrow() ? 340 : LABEL_WIDTH, 2);
    }

    private static double rowHeight(Layout at, Line line, Width width) {
        return at.pitch() + (name(line, width).size() - 1) * LABEL_PITCH;
    }

    private Scale scale(Layout at) {
        double least = REFERENCE;
        double most = REFERENCE;
        double low = REFERENCE;
        double high = REFERENCE;
        for (Line line : lines) {
            Datum datum = line.data().get(0);
            if (isDrawn(datum)) {
                least = Math.min(least, datum.value());
                most = Math.max(most, datum.value());
                low = Math.min(low, datum.hasInterval() ? datum.low() : datum.value());
                high = Math.max(high, datum.highest());
            }
        }
        for (Band band : noise.values()) {
            // Of a wide one both ends leave the axis; that is what it says.
            least = Math.min(least, Math.max(band.low(), REFERENCE / WIDEST_NOISE));
            most = Math.max(most, Math.min(band.high(), REFERENCE * WIDEST_NOISE));
            low = Math.min(low, band.low());
            high = Math.max(high, band.high());
        }
        // Never so close to 100 % that noise looks like a difference.
        double from = Math.min(90, Math.max(low / EDGE, least / ROOM));
        double to = Math.max(110, Math.min(high * EDGE, most * ROOM));
        return Scale.logarithmic(from, to, at.left(), at.right());
    }

    private static boolean isDrawn(Datum datum) {
        return datum.isNumber() && datum.value() > 0;
    }

    /** Behind each group, with its heading, what may be chance in it. */
    private void noise(Svg svg, Scale x, Layout at, List<Line> some, double top, Width width) {
        Map<String, Double> heights = new LinkedHashMap<>();
        String group = "";
        for (Line line : some) {
            double heading = line.group().equals(group) ? 0 : GROUP_PITCH;
            group = line.group();
            heights.merge(group, heading + rowHeight(at, line, width), Double::sum);
        }
        double y = top;
        for (Map.Entry<String, Double> one : heights.entrySet()) {
            Band band = noise.get(one.getKey());
            if (band != null) {
                double left = x.clamped(band.low());
                svg.rect(left, y, x.clamped(band.high()) - left, one.getValue(), Ink.NOISE);
            }
            y += one.getValue();
        }
    }

    private void backdrop(Svg svg, Scale x, double top, double bottom) {
        x.ticks(TICK_GAP).forEach(tick -> {
            double place = x.at(tick.value());
            svg.line(place, top, place, bottom, Ink.GRID, 1);
        });
        double reference = x.at(REFERENCE);
        svg.line(reference, top, reference, bottom, Ink.INK, 1.6);
    }

    private static void axis(Svg svg, Scale x, double y) {
        double reference = x.at(REFERENCE);
        for (Scale.Tick tick : x.ticks(TICK_GAP)) {
            double place = x.at(tick.value());
            if (Math.abs(place - reference) > TICK_GAP) {
                svg.text(place, y, Anchor.MIDDLE, 10.5, Ink.THIRD_INK, tick.label());
            }
        }
        svg.bold(reference, y, Anchor.MIDDLE, 10.5, Ink.INK, "100\u202F%");
    }

    private void line(Svg svg, Layout at, Scale x, Line line, double y, Width width) {
        Datum datum = line.data().get(0);
        List<String> name = name(line, width);
        double more = (name.size() - 1) * LABEL_PITCH;
        double middle = y + at.markOffset() + (width.isNarrow() ? more : more / 2);
        double baseline = width.isNarrow() ? y + 12 : middle + 4 - more / 2;
        for (String part : name) {
            if (width.isNarrow()) {
                svg.halo(at.left(), baseline, Anchor.START, 11.5, Ink.INK, part);
            } else {
                svg.text(at.left() - 12, baseline, Anchor.END, 11.5, Ink.INK, part);
            }
            baseline += LABEL_PITCH;
        }
        if (!isDrawn(datum)) {
            svg.text(at.value(), middle + 4, Anchor.END, 11.5, Ink.THIRD_INK, "-");
            return;
        }
        Tone tone = tone(datum, noise.get(line.group()));
        svg.mark(line.full() + ": " + datum.text());
        if (datum.hasInterval()) {
            svg.whisker(x, datum.low(), datum.high(), middle, tone);
        }
        svg.dot(x.clamped(datum.value()), middle, tone, !datum.hasInterval(), 1);
        svg.end();
        int cut = datum.text().indexOf('[');
        String value = cut < 0 ? datum.text() : datum.text().substring(0, cut).strip();
        Paint paint = tone == Tone.EVEN ? Ink.SECOND_INK : tone;
        svg.bold(at.value(), middle + 4, Anchor.END, 11.5, paint, value);
        if (cut >= 0) {
            String interval =
                    Lettering.shortened(datum.text().substring(cut), 10.5, width.pixels() - at.interval() + 20);
            svg.text(at.interval(), middle + 4, Anchor.START, width.isNarrow() ? 10 : 10.5, Ink.SECOND_INK, interval);
        }
    }

    /** What the interval says, and nothing where it says nothing: without one, or within the noise. */
    private static Tone tone(Datum datum, @Nullable Band band) {
        return tone(datum, band != null && datum.value() >= band.low() && datum.value() <= band.high());
    }

    static Tone tone(Datum datum, boolean withinNoise) {
        if (!datum.hasInterval() || !datum.evidence() || withinNoise) {
            return Tone.EVEN;
        }
        return datum.high() < REFERENCE ? Tone.LOSS : datum.low() > REFERENCE ? Tone.MORE : Tone.EVEN;
    }
}
