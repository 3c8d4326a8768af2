package dev.tare.report.document;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table of plain text: the first column to the left and wrapped, where it is too long, the others to the right. */
final class TextTable {
    private static final String GAP = "  ";
    private static final int NARROWEST_NAME = 24;

    private final int width;
    private final List<List<String>> lines = new ArrayList<>();

    /**
     * @param width the widest line in characters; a table whose numbers alone are wider exceeds it
     */
    TextTable(int width) {
        this.width = width;
    }

    /** Adds a line; line breaks inside a cell become blanks. */
    void add(List<String> cells) {
        lines.add(cells.stream().map(cell -> cell.replaceAll("\\R", " ")).toList());
    }

    String render() {
        dropEmptyColumns();
        List<Integer> widths = widths();
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            List<String> name = wrapped(line.get(0), widths.get(0));
            for (int i = 0; i < name.size(); i++) {
                StringBuilder out = new StringBuilder(pad(name.get(i), widths.get(0), false));
                for (int column = 1; column < line.size() && i == 0; column++) {
                    out.append(GAP).append(pad(line.get(column), widths.get(column), true));
                }
                text.append(out.toString().stripTrailing()).append('\n');
            }
        }
        return text.toString();
    }

    /** A column that says nothing but its heading is left out: intervals, where every run has one fork. */
    private void dropEmptyColumns() {
        int columns = lines.stream().mapToInt(List::size).min().orElse(0);
        for (int column = columns - 1; column > 0; column--) {
            int candidate = column;
            if (lines.stream().skip(1).allMatch(line -> line.get(candidate).isEmpty())) {
                lines.replaceAll(line -> without(line, candidate));
            }
        }
    }

    private static List<String> without(List<String> line, int column) {
        List<String> rest = new ArrayList<>(line);
        rest.remove(column);
        return rest;
    }

    /**
     * Whether no line is wider than it may be.
     *
     * @param name so much room the first column needs at most, because what is longer is wrapped
     */
    boolean fits(int name) {
        dropEmptyColumns();
        int longest =
                lines.stream().mapToInt(line -> line.get(0).length()).max().orElse(0);
        int numbers = widths().stream()
                .skip(1)
                .mapToInt(column -> column + GAP.length())
                .sum();
        return numbers + Math.min(longest, name) <= width;
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                int length = line.get(column).length();
                if (column == widths.size()) {
                    widths.add(length);
                } else {
                    widths.set(column, Math.max(widths.get(column), length));
                }
            }
        }
        int numbers = widths.stream()
                .skip(1)
                .mapToInt(column -> column + GAP.length())
                .sum();
        widths.set(0, Math.min(widths.get(0), Math.max(NARROWEST_NAME, width - numbers)));
        return widths;
    }

    private static String pad(String text, int width, boolean right) {
        String blanks = " ".repeat(Math.max(0, width - text.length()));
        return right ? blanks + text : text + blanks;
    }

    /** Breaks at blanks, and inside a word only when it is wider than the column; continuation lines are indented. */
    static List<String> wrapped(String text, int width) {
        String indent = "  ";
        List<String> result = new ArrayList<>();
        String rest = text;
        while (rest.length() > width) {
            int blank = rest.lastIndexOf(' ', width);
            int cut = blank > indent.length() ? blank : width;
            result.add(rest.substring(0, cut));
            rest = indent + rest.substring(cut).strip();
        }
        result.add(rest);
        return result.stream().map(String::stripTrailing).collect(Collectors.toList());
    }
}
