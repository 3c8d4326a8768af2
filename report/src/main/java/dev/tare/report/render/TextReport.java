package dev.tare.report.render;

import dev.tare.report.comparison.Cell;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.Row;
import dev.tare.report.efficiency.Efficiency;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A comparison, or one run, as plain text for a terminal. */
public final class TextReport {
    private static final int WIDTH = 120;
    private static final int NAME_WIDTH = 30;
    /** Names come from files: they must not steer the terminal. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n]]");

    private final Comparison comparison;
    private final Narrative narrative;
    private final Names names;
    private final Footnotes footnotes;

    private TextReport(Comparison comparison) {
        this.comparison = comparison;
        narrative = new Narrative(comparison);
        names = new Names(comparison.rows());
        footnotes = new Footnotes(comparison.rows());
    }

    /** Renders the table of main quantities, then the remarks; lines end with a newline and mostly fit 120 columns. */
    public static String of(Comparison comparison) {
        return new TextReport(comparison).render(comparison.rows(), row -> "");
    }

    /** The same with all secondary metrics, each in a line of its own. */
    public static String withDetails(Comparison comparison) {
        List<Row> all = new ArrayList<>();
        for (Row row : comparison.rows()) {
            all.add(row);
            comparison.details().stream()
                    .filter(detail -> detail.configuration().equals(row.configuration()))
                    .forEach(all::add);
        }
        return new TextReport(comparison).render(all, row -> " " + row.metric());
    }

    private String render(List<Row> rows, Function<Row, String> metric) {
        StringBuilder text = new StringBuilder(narrative.title()).append('\n');
        text.append(narrative.explanation()).append("\n\n");
        text.append(blocks(rows, metric).stream().map(TextTable::render).collect(Collectors.joining("\n")));
        section(text, "", numbered());
        section(text, "Summary", narrative.summaries());
        section(text, "Share of FmaPeakBench", narrative.sharesOfPeak(names));
        section(text, "Mind", narrative.warnings(footnotes));
        section(text, "Not compared", comparison.unmatched());
        section(text, "Parameters of all rows", names.constants());
        section(text, "Facts of " + narrative.name(comparison.baseline()), narrative.facts(names));
        section(text, "Machines", narrative.headlines());
        return CONTROL.matcher(text).replaceAll("?");
    }

    /** As many runs beside each other as fit the width, the others below, each time beside the baseline. */
    private List<TextTable> blocks(List<Row> rows, Function<Row, String> metric) {
        List<Integer> others = narrative.others();
        for (int perBlock = others.size(); perBlock > 1; perBlock--) {
            List<TextTable> tables = tables(rows, metric, perBlock);
            if (tables.stream().allMatch(table -> table.numbersWidth() + NAME_WIDTH <= WIDTH)) {
                return tables;
            }
        }
        return others.isEmpty() ? List.of(table(rows, metric, others)) : tables(rows, metric, 1);
    }

    private List<TextTable> tables(List<Row> rows, Function<Row, String> metric, int perBlock) {
        List<Integer> others = narrative.others();
        List<TextTable> tables = new ArrayList<>();
        for (int first = 0; first < others.size(); first += perBlock) {
            tables.add(table(rows, metric, others.subList(first, Math.min(first + perBlock, others.size()))));
        }
        return tables;
    }

    private TextTable table(List<Row> rows, Function<Row, String> metric, List<Integer> others) {
        TextTable table = new TextTable(WIDTH);
        List<String> header = new ArrayList<>(List.of("benchmark", narrative.name(comparison.baseline()), "±"));
        for (int run : others) {
            header.addAll(List.of(narrative.name(run), "±", "efficiency", "95 % interval"));
        }
        header.add("unit");
        header.add("");
        table.add(header);
        for (Row row : rows) {
            Figures figures = new Figures(row, comparison.baseline());
            List<String> line = new ArrayList<>(List.of(names.of(row.configuration()) + metric.apply(row)));
            line.addAll(score(row.cells().get(comparison.baseline()), figures));
            for (int run : others) {
                Optional<Cell> cell = row.cells().get(run);
                Optional<Efficiency> efficiency = cell.flatMap(Cell::efficiency);
                line.addAll(score(cell, figures));
                line.add(efficiency.map(Figures::percent).orElse("-"));
                line.add(efficiency.map(Figures::interval).orElse(""));
            }
            line.add(figures.unit());
            line.add(footnotes.marks(row));
            table.add(line);
        }
        return table;
    }

    private static List<String> score(Optional<Cell> cell, Figures figures) {
        return List.of(
                cell.map(figures::value).orElse("-"), cell.map(figures::error).orElse(""));
    }

    private List<String> numbered() {
        return footnotes.numbered().entrySet().stream()
                .map(entry -> entry.getValue() + "  " + entry.getKey())
                .toList();
    }

    private static void section(StringBuilder text, String heading, List<String> sentences) {
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
