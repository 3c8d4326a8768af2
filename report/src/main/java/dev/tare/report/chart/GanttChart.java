package dev.tare.report.chart;

import dev.tare.report.chart.Svg.Anchor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who did what when: a track for each group, spans along a common axis of time. What counts is filled, the rest an outline.
 *
 * @param spans in any order
 */
public record GanttChart(List<Span> spans) implements Plot {
    private static final double TRACK = 26;
    private static final double BAR = 14;
    private static final double TOP = 22;
    private static final double BELOW = 38;
    private static final double TICK_GAP = 60;
    /** From so many seconds on the axis is in minutes. */
    private static final double IN_MINUTES_FROM = 600;

    private static final double MINUTE = 60;

    /** Keeps a copy. */
    public GanttChart {
        spans = List.copyOf(spans);
    }

    /**
     * One thing that was done.
     *
     * @param track who did it
     * @param words what it was, with its times as the table has them
     * @param beginS when it began, in seconds
     * @param endS when it ended
     * @param counted whether it counts
     */
    public record Span(String track, String words, double beginS, double endS, boolean counted) {}

    @Override
    public String svg(Caption caption, Width width) {
        double begin = spans.stream().mapToDouble(Span::beginS).min().orElse(0);
        double end = spans.stream().mapToDouble(Span::endS).max().orElse(1);
        double unit = end - begin >= IN_MINUTES_FROM ? MINUTE : 1;
        Scale x = Scale.linear(begin / unit, end / unit, left(width), width.pixels() - 12);
        List<String> tracks = spans.stream().map(Span::track).distinct().toList();
        double room = width.mostHigh() - TOP - BELOW;
        Sheets<String> sheets = new Sheets<>(track -> "", track -> TRACK + head(width), 0, room);
        return sheets.drawn(tracks, caption, (part, some) -> sheet(new Svg(part, width), x, unit, some, width));
    }

    private static double left(Width width) {
        return width.isNarrow() ? 4 : 176;
    }

    /** What is free above a bar for the name of its track. */
    private static double head(Width width) {
        return width.isNarrow() ? 16 : 0;
    }

    private String sheet(Svg svg, Scale x, double unit, List<String> tracks, Width width) {
        double left = left(width);
        double head = head(width);
        Map<String, Double> tops = new LinkedHashMap<>();
        tracks.forEach(track -> tops.put(track, TOP + tops.size() * (TRACK + head)));
        double bottom = TOP + tops.size() * (TRACK + head);
        legend(svg);
        x.ticks(TICK_GAP).forEach(tick -> {
            double place = x.at(tick.value());
            svg.line(place, TOP, place, bottom, Ink.GRID, 1);
            svg.text(place, bottom + 15, Anchor.MIDDLE, 10.5, Ink.THIRD_INK, tick.label());
        });
        svg.text(width.pixels(), bottom + 31, Anchor.END, 10.5, Ink.SECOND_INK, unit == 1 ? "seconds" : "minutes");
        tops.forEach((track, top) -> {
            if (width.isNarrow()) {
                svg.text(left, top + 12, Anchor.START, 11.5, Ink.INK, Lettering.shortened(track, 11.5, 340));
            } else {
                svg.text(
                        left - 10,
                        top + TRACK / 2 + 4,
                        Anchor.END,
                        11.5,
                        Ink.INK,
                        Lettering.shortened(track, 11.5, 164));
            }
        });
        for (Span span : spans) {
            Double top = tops.get(span.track());
            if (top != null) {
                double from = x.clamped(span.beginS() / unit);
                double wide = Math.max(1, x.clamped(span.endS() / unit) - from);
                svg.mark(span.words());
                bar(svg, from, top + head + (TRACK - BAR) / 2, wide, span.counted());
                svg.end();
            }
        }
        return svg.render(bottom + BELOW);
    }

    private static void legend(Svg svg) {
        bar(svg, 0, 2, 14, true);
        svg.text(19, 13, Anchor.START, 11.5, Ink.SECOND_INK, "counted");
        bar(svg, 84, 2, 14, false);
        svg.text(103, 13, Anchor.START, 11.5, Ink.SECOND_INK, "not counted");
    }

    private static void bar(Svg svg, double x, double y, double wide, boolean counted) {
        if (counted) {
            svg.rect(x, y, wide, BAR, Tone.FIRST);
        } else {
            svg.outline(x + 0.5, y + 2.5, Math.max(1, wide - 1), BAR - 5, Ink.PANEL, Tone.EVEN);
        }
    }
}
