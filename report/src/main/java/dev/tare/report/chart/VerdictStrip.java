package dev.tare.report.chart;

import java.util.List;

/**
 * One number in per cent with its interval and what it is a mean of, small enough for a line of a table: from 0 to 125 %, a
 * stroke at 100.
 *
 * @param datum the number
 * @param parts what it is a mean of
 */
public record VerdictStrip(Datum datum, List<Double> parts) implements Plot {
    private static final double MOST = 125;
    private static final double MIDDLE = 13;
    private static final double HEIGHT = 26;

    /** Keeps a copy. */
    public VerdictStrip {
        parts = List.copyOf(parts);
    }

    @Override
    public String svg(Caption caption, Width width) {
        Svg svg = new Svg(caption, width);
        Scale x = Scale.linear(0, MOST, 6, width.pixels() - 6);
        svg.line(x.at(0), MIDDLE, x.at(MOST), MIDDLE, Ink.GRID, 1);
        svg.line(x.at(DotPlot.REFERENCE), 4, x.at(DotPlot.REFERENCE), HEIGHT - 4, Ink.INK, 1.6);
        if (datum.isNumber()) {
            Tone tone = DotPlot.tone(datum, false);
            svg.mark(caption.title() + ": " + datum.text());
            for (double part : parts) {
                svg.dot(x.clamped(part), MIDDLE, tone, true, 0.75);
            }
            if (datum.hasInterval()) {
                svg.whisker(x, datum.low(), datum.high(), MIDDLE, tone);
            }
            if (datum.hasInterval() || parts.isEmpty()) {
                svg.dot(x.clamped(datum.value()), MIDDLE, tone, !datum.hasInterval(), 1.1);
            }
            svg.end();
        }
        return svg.render(HEIGHT);
    }
}
