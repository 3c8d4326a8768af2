package dev.tare.report.chart;

import dev.tare.report.chart.Plot.Series;
import dev.tare.report.chart.Svg.Anchor;
import java.util.ArrayList;
import java.util.List;

/** What the colours of a drawing stand for, in lines from left to right. */
final class Legend {
    private static final double PITCH = 18;
    private static final double SIZE = 11.5;

    private Legend() {}

    private record Entry(Series series, String name, double x, double y) {}

    /**
     * Draws it at the top.
     *
     * @param points whether marks are points, not areas
     */
    static void draw(Svg svg, List<Series> series, Width width, boolean points) {
        for (Entry entry : entries(series, width)) {
            Series one = entry.series();
            double x = entry.x();
            double y = entry.y();
            if (points) {
                svg.line(x, y + 8, x + 14, y + 8, one.tone(), 1.5);
                svg.dot(x + 7, y + 8, one.tone(), false, 0.9);
            } else {
                svg.area(x + 1, y + 3, 11, 11, one.tone());
            }
            svg.text(x + 19, y + 12, Anchor.START, SIZE, Ink.SECOND_INK, entry.name());
        }
    }

    static double height(List<Series> series, Width width) {
        List<Entry> entries = entries(series, width);
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).y() + PITCH + 8;
    }

    private static List<Entry> entries(List<Series> series, Width width) {
        List<Entry> entries = new ArrayList<>();
        double x = 0;
        double y = 0;
        for (Series one : series) {
            String name = Lettering.shortened(one.name(), SIZE, width.pixels() - 24);
            double wide = 24 + Lettering.width(name, SIZE);
            if (x > 0 && x + wide > width.pixels()) {
                x = 0;
                y += PITCH;
            }
            entries.add(new Entry(one, name, x, y));
            x += wide + 8;
        }
        return entries;
    }
}
