package dev.tare.report.document;

import dev.tare.report.document.Section.PropertyTable;
import dev.tare.report.document.Section.ResultTable;
import dev.tare.report.document.Section.Sentences;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.unit.Direction;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A document as plain text for a terminal. */
final class TextRenderer implements Section.Form {
    private static final int WIDTH = 120;
    private static final int NAME_WIDTH = 30;
    /** Names come from files: they must not steer the terminal. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n]]");

    private final boolean details;
    private final boolean facts;
    private final StringBuilder text = new StringBuilder();
    /** Of the figure before. */
    private String source = "";

    /**
     * @param details whether secondary metrics get lines, too
     * @param facts whether sections that are not wanted at a glance do
     */
    TextRenderer(boolean details, boolean facts) {
        this.details = details;
        this.facts = facts;
    }

    String render(Document document) {
        text.append(document.title()).append('\n');
        TextTable.wrapped(document.explanation(), WIDTH)
                .forEach(line -> text.append(line).append('\n'));
        document.sections().forEach(section -> section.writeTo(this));
        return CONTROL.matcher(text).replaceAll("?");
    }

    @Override
    public void results(ResultTable table) {
        List<Row> shown = details ? table.rows() : table.primaryRows();
        List<String> notes = table.numberedNotes(shown);
        text.append('\n');
        if (!table.heading().isEmpty()) {
            text.append(table.heading()).append('\n');
        }
        List<TextTable> tables = table.isMatrix() ? matrices(table, shown, notes) : blocks(table, shown, notes);
        text.append(tables.stream().map(TextTable::render).collect(Collectors.joining("\n")));
        List<String> numbered = new ArrayList<>();
        for (String note : notes) {
            numbered.add((numbered.size() + 1) + "  " + note);
        }
        list("", numbered);
    }

    /** As many runs beside each other as fit the width, the others below, each time beside the baseline. */
    private List<TextTable> blocks(ResultTable table, List<Row> shown, List<String> notes) {
        List<Integer> others = table.others();
        for (int perBlock = others.size(); perBlock > 1; perBlock--) {
            List<TextTable> tables = tables(table, shown, notes, perBlock);
            if (tables.stream().allMatch(candidate -> candidate.fits(NAME_WIDTH))) {
                return tables;
            }
        }
        return others.isEmpty() ? List.of(textTable(table, shown, notes, others)) : tables(table, shown, notes, 1);
    }

    private List<TextTable> tables(ResultTable table, List<Row> shown, List<String> notes, int perBlock) {
        List<Integer> others = table.others();
        List<TextTable> tables = new ArrayList<>();
        for (int first = 0; first < others.size(); first += perBlock) {
            List<Integer> block = others.subList(first, Math.min(first + perBlock, others.size()));
            tables.add(textTable(table, shown, notes, block));
        }
        return tables;
    }

    private TextTable textTable(ResultTable table, List<Row> shown, List<String> notes, List<Integer> others) {
        TextTable lines = new TextTable(WIDTH);
        List<String> header = new ArrayList<>(List.of("benchmark", table.run(table.baseline()), "±"));
        for (int run : others) {
            header.addAll(List.of(table.run(run), "±", "efficiency", "95 % interval"));
        }
        header.add("unit");
        header.add("");
        lines.add(header);
        for (Row row : shown) {
            DisplayUnit unit = displayUnit(row, table.baseline());
            List<String> line = new ArrayList<>(List.of(table.name(row) + (details ? " " + row.metric() : "")));
            line.addAll(score(row.cells().get(table.baseline()), unit));
            for (int run : others) {
                line.addAll(score(row.cells().get(run), unit));
                line.add(efficiency(row.efficiency(run)));
                line.add(interval(row.efficiency(run)));
            }
            line.add(unit.unit());
            line.add(String.join(",", numbers(row, notes)));
            lines.add(line);
        }
        return lines;
    }

    /** For each quantity the efficiencies of all runs; where they do not fit beside the baseline, below. */
    private List<TextTable> matrices(ResultTable table, List<Row> shown, List<String> notes) {
        List<TextTable> tables = new ArrayList<>();
        for (List<Row> rows : table.byQuantity(shown)) {
            List<Integer> left = table.others();
            while (!left.isEmpty()) {
                int fitting = left.size();
                boolean first = left.size() == table.others().size();
                while (fitting > 1
                        && !matrix(table, rows, notes, left.subList(0, fitting), first)
                                .fits(NAME_WIDTH)) {
                    fitting--;
                }
                tables.add(matrix(table, rows, notes, left.subList(0, fitting), first));
                left = left.subList(fitting, left.size());
            }
        }
        return tables;
    }

    /** The first of a quantity has the baseline and the notes; they are not repeated. */
    private TextTable matrix(ResultTable table, List<Row> rows, List<String> notes, List<Integer> runs, boolean first) {
        TextTable lines = new TextTable(WIDTH);
        List<String> header = new ArrayList<>(List.of("benchmark"));
        header.addAll(first ? List.of(table.run(table.baseline()), "±", "unit") : List.of());
        runs.forEach(run -> header.add(table.run(run)));
        header.add("");
        lines.add(header);
        for (Row row : rows) {
            DisplayUnit unit = displayUnit(row, table.baseline());
            List<String> line = new ArrayList<>(List.of(table.name(row) + (details ? " " + row.metric() : "")));
            if (first) {
                line.addAll(score(row.cells().get(table.baseline()), unit));
                line.add(unit.unit());
            }
            runs.forEach(run -> line.add(inMatrix(row, run, unit)));
            line.add(first ? String.join(",", numbers(row, notes)) : "");
            lines.add(line);
        }
        return lines;
    }

    /** The efficiency with its error, or the value of what is neither better nor worse. */
    static String inMatrix(Row row, int run, DisplayUnit unit) {
        Optional<Efficiency> efficiency = row.efficiency(run);
        if (efficiency.isEmpty() && row.better() == Direction.NEITHER) {
            return row.cells().get(run).map(cell -> unit.value(cell.value())).orElse("-");
        }
        return efficiency
                .map(some -> some.interval()
                        .map(ends -> DisplayUnit.percentAndError(some.ratio(), ends.low(), ends.high()))
                        .orElseGet(() -> DisplayUnit.percent(some.ratio()).replace(" %", "")))
                .orElse("-");
    }

    /** The baseline's value chooses the unit of times. */
    static DisplayUnit displayUnit(Row row, int baseline) {
        return DisplayUnit.of(
                row.unit(), row.cells().get(baseline).map(Row.Cell::value).orElse(Double.NaN));
    }

    private static List<String> score(Optional<Row.Cell> cell, DisplayUnit unit) {
        return List.of(cell.map(some -> unit.value(some.value())).orElse("-"), error(cell, unit));
    }

    /** Half the interval; a blank where there is none. */
    static String error(Optional<Row.Cell> cell, DisplayUnit unit) {
        return cell.flatMap(some -> some.forks().interval().map(ends -> unit.error(some.value(), ends.halfWidth())))
                .orElse("");
    }

    static String efficiency(Optional<Efficiency> efficiency) {
        return efficiency.map(some -> DisplayUnit.percent(some.ratio())).orElse("-");
    }

    static String interval(Optional<Efficiency> efficiency) {
        Optional<Interval> interval = efficiency.flatMap(Efficiency::interval);
        return interval.map(ends -> DisplayUnit.percentInterval(ends.low(), ends.high()))
                .orElse("");
    }

    /** The numbers of a row's notes. */
    static List<String> numbers(Row row, List<String> notes) {
        return row.notes().stream()
                .filter(notes::contains)
                .distinct()
                .map(note -> String.valueOf(notes.indexOf(note) + 1))
                .toList();
    }

    @Override
    public void sentences(Sentences section) {
        if (section.headline() || facts) {
            list(section.heading(), section.sentences());
        }
    }

    @Override
    public void links(Section.Links section) {
        list(
                section.heading(),
                section.links().stream().map(Section.Link::inWords).toList());
    }

    /** Those that a reader wants at a glance; the other forms have all. */
    @Override
    public void properties(PropertyTable table) {
        List<String> lines = new ArrayList<>();
        for (Section.Property property : table.properties()) {
            if (property.headline()) {
                List<String> values = new ArrayList<>();
                for (int run = 0; run < property.values().size(); run++) {
                    String value = property.values().get(run);
                    values.add(value.isEmpty() ? "-" : value);
                }
                lines.add(property.name() + ": " + byValue(table.runs(), values));
            }
        }
        list(table.heading(), lines);
    }

    @Override
    public void figure(Section.Figure figure) {
        // What was when is read from a drawing; its numbers are for who asks.
        if (figure.repeats() || (figure.chart() instanceof Chart.Timeline && !details)) {
            return;
        }
        List<String> around = new ArrayList<>(List.of(figure.finding(), figure.explanation(), newSource(figure)));
        around.removeIf(String::isEmpty);
        text.append('\n').append(figure.heading()).append('\n');
        around.forEach(sentence -> TextTable.wrapped("  " + sentence, WIDTH)
                .forEach(line -> text.append(line).append('\n')));
        text.append('\n');
        text.append(grids(figure.grid()).stream().map(TextTable::render).collect(Collectors.joining("\n")));
    }

    /** As many columns beside each other as fit the width, the others below, each time beside the names. */
    private static List<TextTable> grids(Grid grid) {
        List<TextTable> tables = new ArrayList<>();
        int end;
        for (int from = 0; from == 0 || from < grid.columns().size(); from = end) {
            end = grid.columns().size();
            TextTable table = textTable(grid.part(from, end));
            while (end > from + 1 && !table.fits(NAME_WIDTH)) {
                end--;
                table = textTable(grid.part(from, end));
            }
            tables.add(table);
        }
        return tables;
    }

    private static TextTable textTable(Grid grid) {
        TextTable table = new TextTable(WIDTH);
        GridCells cells = new GridCells(grid);
        table.add(joinedNames(cells.header(), grid.names().size()));
        cells.lines().forEach(line -> table.add(joinedNames(line, grid.names().size())));
        return table;
    }

    /** Told once for figures that follow each other. */
    private String newSource(Section.Figure figure) {
        String before = source;
        source = figure.source();
        return source.equals(before) ? "" : source;
    }

    /** A table of text has one column of names. */
    private static List<String> joinedNames(List<String> cells, int names) {
        List<String> joined = new ArrayList<>(List.of(String.join(", ", cells.subList(0, names))));
        joined.addAll(cells.subList(names, cells.size()));
        return joined;
    }

    /** Such as {@code a and b 4, c 8}: each value once, with its runs. */
    private static String byValue(List<String> runs, List<String> values) {
        Map<String, List<String>> runsByValue = new LinkedHashMap<>();
        for (int run = 0; run < runs.size(); run++) {
            runsByValue
                    .computeIfAbsent(values.get(run), any -> new ArrayList<>())
                    .add(runs.get(run));
        }
        return runsByValue.entrySet().stream()
                .map(entry -> RunNames.joined(entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private void list(String heading, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        text.append('\n');
        if (!heading.isEmpty()) {
            text.append(heading).append('\n');
        }
        for (String sentence : sentences) {
            TextTable.wrapped("  " + sentence.replace("\n", " "), WIDTH)
                    .forEach(line -> text.append(line).append('\n'));
        }
    }
}
