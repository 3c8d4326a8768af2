package dev.tare.report.render;

import dev.tare.report.comparison.Cell;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.Row;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A comparison, or one run, as plain text for a terminal. */
public final class TextReport {
    private static final int WIDTH = 120;
    private static final int NAME_WIDTH = 30;

    private final Comparison comparison;
    private final Names names;
    private final Footnotes footnotes;

    private TextReport(Comparison comparison) {
        this.comparison = comparison;
        names = new Names(comparison.rows());
        footnotes = new Footnotes(comparison.rows());
    }

    /** Renders the tables, then the remarks; every line ends with a newline, most fit 120 columns. */
    public static String of(Comparison comparison) {
        return new TextReport(comparison).render();
    }

    private String render() {
        StringBuilder text = new StringBuilder(title()).append("\n\n");
        text.append(blocks(others()).stream().map(TextTable::render).collect(Collectors.joining("\n")));
        section(text, "", numbered());
        List<String> warnings = new ArrayList<>(comparison.disagreements());
        warnings.addAll(footnotes.ofAllRows());
        section(text, "Mind", warnings);
        section(text, "Not compared", comparison.unmatched());
        return text.toString();
    }

    private List<Integer> others() {
        return IntStream.range(0, comparison.runs().size())
                .filter(run -> run != comparison.baseline())
                .boxed()
                .toList();
    }

    /** As many runs beside each other as fit the width, the others below, each time beside the baseline. */
    private List<TextTable> blocks(List<Integer> others) {
        for (int perBlock = others.size(); perBlock > 1; perBlock--) {
            List<TextTable> tables = tables(others, perBlock);
            if (tables.stream().allMatch(table -> table.numbersWidth() + NAME_WIDTH <= WIDTH)) {
                return tables;
            }
        }
        return others.isEmpty() ? List.of(table(others)) : tables(others, 1);
    }

    private List<TextTable> tables(List<Integer> others, int perBlock) {
        List<TextTable> tables = new ArrayList<>();
        for (int first = 0; first < others.size(); first += perBlock) {
            tables.add(table(others.subList(first, Math.min(first + perBlock, others.size()))));
        }
        return tables;
    }

    private String title() {
        String baseline = comparison.runs().get(comparison.baseline()).name();
        String means = "; means over forks, " + Math.round(Interval.CONFIDENCE * 100) + " % confidence";
        return comparison.runs().size() == 1
                ? "Run " + baseline + means
                : "Efficiency against " + baseline + " (100 % = as good, more is better)" + means;
    }

    private TextTable table(List<Integer> others) {
        TextTable table = new TextTable(WIDTH);
        List<String> header = new ArrayList<>(List.of("benchmark"));
        header.add(comparison.runs().get(comparison.baseline()).name());
        header.add("±");
        for (int run : others) {
            header.addAll(List.of(comparison.runs().get(run).name(), "±", "efficiency", "interval"));
        }
        header.add("unit");
        header.add("");
        table.add(header);
        for (Row row : comparison.rows()) {
            Figures figures = new Figures(row, comparison.baseline());
            List<String> line = new ArrayList<>(List.of(names.of(row.configuration())));
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
