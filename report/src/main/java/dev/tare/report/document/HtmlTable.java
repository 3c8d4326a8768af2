package dev.tare.report.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One table of a page, which scrolls by itself where it is wider than the page, and folds where it is long. */
final class HtmlTable {
    /** More lines than these fold. */
    private static final int MOST_UNFOLDED = 9;

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T[0-9:.]+Z)?");
    private static final int FEW_LETTERS = 24;
    /** Words of headings up to this length are not broken on paper; names of runs may be of any. */
    private static final int WHOLE_WORD = 12;

    private final String caption;
    private final int names;
    private final StringBuilder body = new StringBuilder();
    private final StringBuilder head = new StringBuilder();
    private int lines;

    /**
     * @param caption what it shows, also for who cannot see it
     * @param names how many columns at its left name a line
     */
    HtmlTable(String caption, int names) {
        this.caption = caption;
        this.names = names;
    }

    /** A cell: its content as markup, and its classes. */
    record Cell(String markup, String classes) {
        /** Words; a day or instant stays on one line, which browsers would break at its hyphens. */
        static Cell words(String words) {
            return new Cell(PageText.escaped(words), DAY.matcher(words).matches() ? "day" : "");
        }

        /** Words that keep a column from becoming so narrow that they take many lines. */
        static Cell saying(String words) {
            return words.length() > FEW_LETTERS ? new Cell(PageText.escaped(words), "say") : words(words);
        }

        static Cell number(String number) {
            return new Cell(PageText.escaped(number), "n");
        }
    }

    HtmlTable header(List<Cell> cells) {
        cells.forEach(cell -> head.append("<th scope=\"col\"")
                .append(classes((cell.classes() + (isOfShortWords(cell) ? " whole" : "")).strip()))
                .append('>')
                .append(cell.markup())
                .append("</th>"));
        return this;
    }

    private static boolean isOfShortWords(Cell cell) {
        return Stream.of(cell.markup().split("[ -]", -1)).allMatch(word -> word.length() <= WHOLE_WORD);
    }

    void line(List<Cell> cells) {
        line("", cells);
    }

    void line(String classes, List<Cell> cells) {
        lines++;
        body.append("<tr").append(classes(classes)).append('>');
        for (int i = 0; i < cells.size(); i++) {
            Cell cell = cells.get(i);
            String tag = i < names ? "th" : "td";
            body.append('<')
                    .append(tag)
                    .append(i < names ? " scope=\"row\"" : "")
                    .append(classes(cell.classes()));
            body.append('>').append(cell.markup()).append("</").append(tag).append('>');
        }
        body.append("</tr>\n");
    }

    private static String classes(String classes) {
        return classes.isEmpty() ? "" : " class=\"" + classes + "\"";
    }

    /** The table, folded where it is long. */
    String folded() {
        return lines <= MOST_UNFOLDED
                ? open("")
                : "<details><summary>Table: " + PageText.escaped(caption) + " (" + lines + " rows)</summary>" + open("")
                        + "</details>\n";
    }

    /** The table as it is. */
    String open(String classes) {
        return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + PageText.escaped(caption)
                + "\"><table" + classes(classes) + "><caption>" + PageText.escaped(caption) + "</caption><thead><tr>"
                + head + "</tr></thead><tbody>\n" + body + "</tbody></table></div>\n";
    }

    /** The numbers of a figure, with intervals in columns of their own. */
    static HtmlTable of(String caption, Grid grid) {
        HtmlTable table = new HtmlTable(caption, grid.names().size());
        List<Cell> header = new ArrayList<>();
        List<String> titles = new GridCells(grid).header();
        grid.names().forEach(name -> header.add(Cell.words(name)));
        titles.subList(grid.names().size(), titles.size())
                .forEach(title -> header.add(new Cell(PageText.escaped(title), "n")));
        List<Boolean> isNumeric = new ArrayList<>();
        for (int column = 0; column < grid.columns().size(); column++) {
            int index = column;
            boolean numeric = grid.lines().stream()
                    .anyMatch(line -> line.values().get(index).isNumber());
            isNumeric.add(numeric);
            if (!numeric) {
                int place = grid.names().size() + intervalsBefore(grid, column) + column;
                header.set(place, Cell.words(titles.get(place)));
            }
        }
        table.header(header);
        for (Grid.Line line : grid.lines()) {
            List<Cell> cells = new ArrayList<>();
            line.names().forEach(name -> cells.add(Cell.words(name)));
            for (int column = 0; column < grid.columns().size(); column++) {
                Value value = line.values().get(column);
                String text = value.text().isEmpty() ? "-" : PageText.number(value);
                cells.add(isNumeric.get(column) ? Cell.number(text) : Cell.saying(text));
                if (grid.hasIntervals(column)) {
                    cells.add(Cell.number(PageText.interval(value)));
                }
            }
            table.line(isMarked(line) ? "differs" : "", cells);
        }
        return table;
    }

    private static int intervalsBefore(Grid grid, int column) {
        int intervals = 0;
        for (int before = 0; before < column; before++) {
            intervals += grid.hasIntervals(before) ? 1 : 0;
        }
        return intervals;
    }

    /** A line that says of itself that its values differ. */
    private static boolean isMarked(Grid.Line line) {
        return line.values().stream().anyMatch(value -> value.text().equals(Chart.DIFFERS));
    }
}
