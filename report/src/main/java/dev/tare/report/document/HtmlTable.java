package dev.tare.report.document;

import dev.tare.report.chart.Lettering;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One table of a page, which scrolls by itself where it is wider than the page, and folds where it is long. What is wider
 * than paper stands in several tables below each other, each with its names, because paper does not scroll.
 */
final class HtmlTable {
    /** More lines than these fold. */
    private static final int MOST_UNFOLDED = 9;

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d(T[0-9:.]+Z)?");
    private static final int FEW_LETTERS = 24;
    /** A4 within its margins, in points. */
    private static final double PAPER_POINTS = 510;
    /** Wider words than these may be broken on paper: there is room for about twelve letters. */
    private static final double WORD_EM = 7.44;

    private static final double NAME_EM = 7.5;
    /** page.css has the same. */
    private static final double SAYING_EM = 9;

    private static final Pattern TAG = Pattern.compile("<[^>]*>");

    private final String caption;
    private final int names;
    private final List<Cell> head = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param caption what it shows, also for who cannot see it
     * @param names how many columns at its left name a line
     */
    HtmlTable(String caption, int names) {
        this.caption = caption;
        this.names = names;
    }

    private record Line(String classes, List<Cell> cells) {}

    /**
     * The type of a table on paper; page.css has the same.
     *
     * @param points its size
     * @param gap what is free between columns, in points
     */
    private record Type(double points, double gap) {
        static final Type USUAL = new Type(8.5, 8);
        static final Type SMALL = new Type(6.5, 3);

        double column(double ems) {
            return ems * points + gap;
        }
    }

    /**
     * A cell.
     *
     * @param markup its content
     * @param classes of its style
     * @param stays whether its column is not parted from the one before it
     */
    record Cell(String markup, String classes, boolean stays) {
        Cell(String markup, String classes) {
            this(markup, classes, false);
        }

        /** Words; a day or instant stays on one line, which browsers would break at its hyphens. */
        static Cell words(String words) {
            return DAY.matcher(words).matches() ? new Cell(words, "day") : new Cell(breakable(words), "");
        }

        /** Words that keep a column from becoming so narrow that they take many lines. */
        static Cell saying(String words) {
            return words.length() > FEW_LETTERS ? new Cell(breakable(words), "say") : words(words);
        }

        /** What stands above numbers. */
        static Cell heading(String words) {
            return new Cell(breakable(words), "n");
        }

        static String breakable(String words) {
            return PageText.breakable(words, WORD_EM);
        }

        static Cell number(String number) {
            return new Cell(PageText.escaped(number), "n");
        }

        /** What belongs to the number before it, such as its interval. */
        static Cell about(String number) {
            return new Cell(PageText.escaped(number), "n", true);
        }

        /** The least width on paper. */
        private double ems() {
            double widest = Stream.of(TAG.matcher(markup).replaceAll(" ").split(" ", -1))
                    .mapToDouble(word -> Lettering.width(word, 1))
                    .max()
                    .orElse(0);
            return classes.equals("say") ? Math.max(SAYING_EM, widest) : widest;
        }

        /** The width of a name, of which the longer ones become several lines. */
        private double nameEms() {
            return Math.min(NAME_EM, Lettering.width(TAG.matcher(markup).replaceAll(""), 1));
        }
    }

    HtmlTable header(List<Cell> cells) {
        head.addAll(cells);
        return this;
    }

    void line(List<Cell> cells) {
        line("", cells);
    }

    void line(String classes, List<Cell> cells) {
        lines.add(new Line(classes, List.copyOf(cells)));
    }

    private static String classes(String classes) {
        return classes.isEmpty() ? "" : " class=\"" + classes + "\"";
    }

    /** The table, folded where it is long. */
    String folded() {
        return lines.size() <= MOST_UNFOLDED
                ? open("")
                : "<details><summary>Table: " + PageText.escaped(caption) + " (" + lines.size() + " rows)</summary>"
                        + open("") + "</details>\n";
    }

    /** The table as it is. */
    String open(String classes) {
        boolean small = blocks(Type.USUAL).size() > 1;
        List<List<Integer>> blocks = blocks(small ? Type.SMALL : Type.USUAL);
        StringBuilder tables = new StringBuilder();
        for (int i = 0; i < blocks.size(); i++) {
            String part = blocks.size() == 1 ? "" : ", " + (i + 1) + " of " + blocks.size();
            tables.append(table(
                    (classes + (small ? " small" : "")).strip(), PageText.escaped(caption + part), blocks.get(i)));
        }
        return tables.toString();
    }

    /** The columns of each table, without the names. */
    private List<List<Integer>> blocks(Type type) {
        List<List<Integer>> blocks = new ArrayList<>();
        double free = 0;
        for (int column = names; column < head.size(); ) {
            int end = column + 1;
            while (end < head.size() && head.get(end).stays()) {
                end++;
            }
            List<Integer> together = IntStream.range(column, end).boxed().toList();
            double points =
                    together.stream().mapToDouble(one -> type.column(ems(one))).sum();
            if (blocks.isEmpty() || points > free) {
                blocks.add(new ArrayList<>());
                free = PAPER_POINTS
                        - IntStream.range(0, names)
                                .mapToDouble(name -> type.column(nameEms(name)))
                                .sum();
            }
            blocks.get(blocks.size() - 1).addAll(together);
            free -= points;
            column = end;
        }
        return blocks.isEmpty() ? List.of(List.of()) : blocks;
    }

    private double ems(int column) {
        return widest(column, Cell::ems);
    }

    private double nameEms(int column) {
        return widest(column, Cell::nameEms);
    }

    private double widest(int column, ToDoubleFunction<Cell> width) {
        return Stream.concat(
                        Stream.of(head.get(column)),
                        lines.stream().map(line -> line.cells().get(column)))
                .mapToDouble(width)
                .max()
                .orElse(0);
    }

    private String table(String classes, String title, List<Integer> columns) {
        StringBuilder table = new StringBuilder("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"");
        table.append(title).append("\"><table").append(classes(classes)).append("><caption>");
        table.append(title).append("</caption><thead><tr>");
        List<Integer> shown = Stream.concat(IntStream.range(0, names).boxed(), columns.stream())
                .toList();
        for (int column : shown) {
            Cell cell = head.get(column);
            table.append(element("th", "col", cell.classes(), cell));
        }
        table.append("</thead><tbody>\n");
        for (Line line : lines) {
            table.append("<tr").append(classes(line.classes())).append('>');
            for (int column : shown) {
                Cell cell = line.cells().get(column);
                table.append(
                        column < names
                                ? element("th", "row", cell.classes(), cell)
                                : element("td", "", cell.classes(), cell));
            }
            table.append('\n');
        }
        return table.append("</tbody></table></div>\n").toString();
    }

    /** A cell without its end tag, which HTML leaves out: there are thousands on a page. */
    private static String element(String tag, String scope, String classes, Cell cell) {
        return "<" + tag + (scope.isEmpty() ? "" : " scope=\"" + scope + "\"") + classes(classes) + ">" + cell.markup();
    }

    /** The numbers of a figure, with intervals in columns of their own. */
    static HtmlTable of(String caption, Grid grid) {
        HtmlTable table = new HtmlTable(caption, grid.names().size());
        List<Cell> header = new ArrayList<>();
        List<String> titles = new GridCells(grid).header();
        grid.names().forEach(name -> header.add(Cell.words(name)));
        List<Boolean> isNumeric = new ArrayList<>();
        for (int column = 0; column < grid.columns().size(); column++) {
            int index = column;
            boolean numeric = grid.lines().stream()
                    .anyMatch(line -> line.values().get(index).isNumber());
            isNumeric.add(numeric);
            String title = titles.get(header.size());
            header.add(numeric ? Cell.heading(title) : Cell.words(title));
            if (grid.hasIntervals(column)) {
                header.add(Cell.about(titles.get(header.size())));
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
                    cells.add(Cell.about(PageText.interval(value)));
                }
            }
            table.line(isMarked(line) ? "differs" : "", cells);
        }
        return table;
    }

    /** A line that says of itself that its values differ. */
    private static boolean isMarked(Grid.Line line) {
        return line.values().stream().anyMatch(value -> value.text().equals(Chart.DIFFERS));
    }
}
