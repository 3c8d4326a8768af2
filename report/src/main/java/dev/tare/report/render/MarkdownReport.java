package dev.tare.report.render;

import dev.tare.report.comparison.Cell;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.Row;
import dev.tare.report.efficiency.Efficiency;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A comparison, or one run, as Markdown with tables as GitHub and GitLab render them. */
public final class MarkdownReport {
    private final Comparison comparison;
    private final Narrative narrative;
    private final Names names;
    private final Footnotes footnotes;

    private MarkdownReport(Comparison comparison) {
        this.comparison = comparison;
        narrative = new Narrative(comparison);
        names = new Names(comparison.rows());
        footnotes = new Footnotes(comparison.rows());
    }

    /** Renders a heading, the table, the remarks, and all facts about the machines that differ. */
    public static String of(Comparison comparison) {
        return new MarkdownReport(comparison).render();
    }

    private String render() {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(escaped(narrative.title())).append("\n\n");
        text.append(narrative.explanation()).append("\n\n");
        table(text);
        list(text, "", narrative.summaries());
        list(
                text,
                "",
                footnotes.numbered().entrySet().stream()
                        .map(entry -> "(" + entry.getValue() + ") " + entry.getKey())
                        .toList());
        list(text, "Share of FmaPeakBench", narrative.sharesOfPeak(names));
        list(text, "Mind", narrative.warnings(footnotes));
        list(text, "Not compared", comparison.unmatched());
        list(text, "Parameters of all rows", names.constants());
        list(text, "Facts of " + narrative.name(comparison.baseline()), narrative.facts(names));
        machines(text);
        return text.toString();
    }

    private void table(StringBuilder text) {
        List<String> header = new ArrayList<>(List.of("benchmark", narrative.name(comparison.baseline())));
        for (int run : narrative.others()) {
            header.addAll(List.of(narrative.name(run), "efficiency", "95 % interval"));
        }
        header.addAll(List.of("unit", "remarks"));
        line(text, header);
        List<String> rule = new ArrayList<>(Collections.nCopies(header.size(), "---:"));
        rule.set(0, ":---");
        rule.set(header.size() - 1, ":---");
        rule.set(header.size() - 2, ":---");
        line(text, rule);
        for (Row row : comparison.rows()) {
            line(text, cells(row));
        }
    }

    private List<String> cells(Row row) {
        Figures figures = new Figures(row, comparison.baseline());
        List<String> line = new ArrayList<>(List.of(names.of(row.configuration())));
        line.add(score(row.cells().get(comparison.baseline()), figures));
        for (int run : narrative.others()) {
            Optional<Cell> cell = row.cells().get(run);
            Optional<Efficiency> efficiency = cell.flatMap(Cell::efficiency);
            line.add(score(cell, figures));
            line.add(efficiency
                    .map(ratio -> "**" + Figures.percent(ratio) + "**")
                    .orElse("-"));
            line.add(efficiency.map(Figures::interval).orElse(""));
        }
        line.add(figures.unit());
        line.add(
                footnotes.marks(row).isEmpty() ? "" : "(" + footnotes.marks(row).replace(",", ") (") + ")");
        return line;
    }

    private static String score(Optional<Cell> cell, Figures figures) {
        String error = cell.map(figures::error).orElse("");
        return cell.map(figures::value).orElse("-") + (error.isEmpty() ? "" : " ± " + error);
    }

    private void machines(StringBuilder text) {
        if (comparison.machine().isEmpty()) {
            return;
        }
        text.append("\n## Machines\n\n");
        List<String> header = new ArrayList<>(List.of("fact"));
        comparison.runs().forEach(run -> header.add(run.name()));
        line(text, header);
        line(text, Collections.nCopies(header.size(), ":---"));
        for (Map.Entry<String, List<String>> fact : comparison.machine().entrySet()) {
            List<String> line = new ArrayList<>(List.of(fact.getKey()));
            fact.getValue().forEach(value -> line.add(Narrative.orNone(value)));
            line(text, line);
        }
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append('|');
        cells.forEach(cell -> text.append(' ').append(escaped(cell)).append(" |"));
        text.append('\n');
    }

    private static void list(StringBuilder text, String heading, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        text.append('\n');
        if (!heading.isEmpty()) {
            text.append("## ").append(escaped(heading)).append("\n\n");
        }
        sentences.forEach(
                sentence -> text.append("- ").append(escaped(sentence)).append('\n'));
    }

    /** Names and messages come from files: they must break neither table nor page. */
    private static String escaped(String cell) {
        return cell.replace("\\", "\\\\")
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("`", "\\`")
                .replaceAll("\\R", " ");
    }
}
