package dev.tare.report.chart;

import java.util.List;
import java.util.stream.Stream;

/** A chart that can be drawn in several widths. What is too high for paper becomes several drawings with the same axis. */
public sealed interface Plot
        permits BarChart, CurveChart, DotPlot, ForkPlot, GanttChart, HeatMap, NightPlot, VerdictStrip {
    /** An interval is drawn up to so many times the largest value. */
    double MOST_BEYOND = 3;

    /** An {@code svg} element that needs nothing around it, or several below each other, each with a title of its own. */
    String svg(Caption caption, Width width);

    /**
     * What an axis from below must hold of these: all values, and of intervals what is seen well beside the values. An interval of two
     * forks may be a hundred times its value, and the values would vanish; so it leaves the axis, with an arrow.
     */
    static double largest(Stream<Datum> data) {
        List<Datum> numbers = data.filter(Datum::isNumber).toList();
        double most = numbers.stream().mapToDouble(Datum::value).max().orElse(1);
        double limit = most > 0 ? MOST_BEYOND * most : Double.POSITIVE_INFINITY;
        return numbers.stream()
                .mapToDouble(Datum::highest)
                .map(end -> Math.min(end, limit))
                .max()
                .orElse(1);
    }

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
