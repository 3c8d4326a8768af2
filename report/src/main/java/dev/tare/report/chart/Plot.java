package dev.tare.report.chart;

import java.util.List;

/** A chart that can be drawn in several widths. */
public sealed interface Plot
        permits BarChart, CurveChart, DotPlot, ForkPlot, GanttChart, HeatMap, NightPlot, VerdictStrip {
    /** An {@code svg} element that needs nothing around it. */
    String svg(Caption caption, Width width);

    /**
     * A number to be drawn.
     *
     * @param value NaN where there is none
     * @param low the lower end of its interval; NaN without one
     * @param high its upper end
     * @param text how it reads, in the words of the table that belongs to the chart
     * @param evidence whether it proves a difference from what it is held against; what does not is never coloured
     */
    record Datum(double value, double low, double high, String text, boolean evidence) {

        boolean isNumber() {
            return Double.isFinite(value);
        }

        boolean hasInterval() {
            return Double.isFinite(low) && Double.isFinite(high);
        }

        double highest() {
            return hasInterval() ? Math.max(value, high) : value;
        }
    }

    /**
     * One line of numbers.
     *
     * @param group what it shares with its neighbours; empty for none
     * @param name what tells it from them
     * @param data one for each series
     */
    record Line(String group, String name, List<Datum> data) {
        /** Keeps a copy. */
        public Line {
            data = List.copyOf(data);
        }

        String full() {
            return group.isEmpty() ? name : group + ", " + name;
        }
    }

    /**
     * What the numbers of one column are.
     *
     * @param name what a legend calls them
     * @param unit behind the numbers; may be empty
     * @param tone the colour of its marks
     */
    record Series(String name, String unit, Tone tone) {}
}
