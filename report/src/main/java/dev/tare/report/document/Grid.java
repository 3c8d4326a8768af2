package dev.tare.report.document;

import dev.tare.report.chart.Tone;
import java.util.List;

/**
 * The numbers of a figure: the table under it, and all that its chart is drawn from.
 *
 * @param names what the leading words of each line are, such as {@code benchmark}; at least one
 * @param columns what the values of each line are
 * @param lines one line each
 */
public record Grid(List<String> names, List<Column> columns, List<Line> lines) {
    /** Keeps copies and refuses lines that do not fit. */
    public Grid {
        names = List.copyOf(names);
        columns = List.copyOf(columns);
        lines = List.copyOf(lines);
        for (Line line : lines) {
            if (line.names().size() != names.size() || line.values().size() != columns.size()) {
                throw new IllegalArgumentException(
                        "Expected lines of " + names.size() + " names and " + columns.size() + " values, got " + line);
            }
        }
    }

    /**
     * One column of values.
     *
     * @param name what stands above it
     * @param unit the unit of all its numbers; empty for words, and where each line has its own
     * @param tone the colour of its marks
     */
    public record Column(String name, String unit, Tone tone) {
        /** A column that is not drawn. */
        public Column(String name, String unit) {
            this(name, unit, Tone.NATIVE);
        }
    }

    /**
     * One line.
     *
     * @param names one word for each of the grid's names; of several the first ones group lines
     * @param values one for each column
     */
    public record Line(List<String> names, List<Value> values) {
        /** Keeps copies. */
        public Line {
            names = List.copyOf(names);
            values = List.copyOf(values);
        }

        /** What tells it from the others of its group. */
        public String name() {
            return names.get(names.size() - 1);
        }

        /** What it shares with others; empty when there is one name only. */
        public String group() {
            return String.join(", ", names.subList(0, names.size() - 1));
        }
    }

    /** The same lines with some of the columns. */
    Grid part(int from, int to) {
        return new Grid(
                names,
                columns.subList(from, to),
                lines.stream()
                        .map(line -> new Line(line.names(), line.values().subList(from, to)))
                        .toList());
    }

    /** Whether any value of a column has an interval. */
    public boolean hasIntervals(int column) {
        return lines.stream()
                .anyMatch(line -> !line.values().get(column).intervalText().isEmpty());
    }
}
