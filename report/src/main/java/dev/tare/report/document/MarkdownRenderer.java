package dev.tare.report.document;

import dev.tare.report.document.Section.PropertyTable;
import dev.tare.report.document.Section.ResultTable;
import dev.tare.report.document.Section.Sentences;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A document as Markdown. */
final class MarkdownRenderer implements Section.Form {
    /** Of more runs those that follow stand below, beside the baseline again. */
    private static final int MOST_BESIDE = 9;

    private final StringBuilder text = new StringBuilder();

    String render(Document document) {
        text.append("# ").append(escaped(document.title())).append("\n\n");
        text.append(escaped(document.explanation())).append('\n');
        document.sections().forEach(section -> section.writeTo(this));
        return text.toString();
    }

    @Override
    public void results(ResultTable table) {
        List<String> notes = table.numberedNotes(table.primaryRows());
        heading(table.heading());
        if (table.isMatrix()) {
            for (List<Row> rows : table.byQuantity(table.primaryRows())) {
                List<Integer> others = table.others();
                for (int from = 0; from < others.size(); from += MOST_BESIDE) {
                    matrix(table, rows, notes, others.subList(from, Math.min(others.size(), from + MOST_BESIDE)));
                    text.append('\n');
                }
            }
        } else {
            List<String> header = new ArrayList<>(List.of("benchmark", table.run(table.baseline())));
            for (int run : table.others()) {
                header.addAll(List.of(table.run(run), "efficiency", "95 % interval"));
            }
            header.addAll(List.of("unit", "notes"));
            List<List<String>> lines = new ArrayList<>();
            table.primaryRows().forEach(row -> lines.add(cells(table, row, notes)));
            table(header, lines);
        }
        List<String> numbered = new ArrayList<>();
        for (String note : notes) {
            numbered.add("(" + (numbered.size() + 1) + ") " + note);
        }
        list("", numbered);
    }

    /** Some runs beside the baseline. */
    private void matrix(ResultTable table, List<Row> rows, List<String> notes, List<Integer> runs) {
        List<String> header = new ArrayList<>(List.of("benchmark", table.run(table.baseline()), "unit"));
        runs.forEach(run -> header.add(table.run(run)));
        header.add("notes");
        table(
                header,
                rows.stream().map(row -> inMatrix(table, row, notes, runs)).toList());
    }

    /** Numbers to the right, words to the left. */
    private void table(List<String> header, List<List<String>> lines) {
        line(header);
        line(header.stream()
                .map(title -> List.of("benchmark", "unit", "notes").contains(title) ? ":---" : "---:")
                .toList());
        lines.forEach(this::line);
    }

    private static List<String> inMatrix(ResultTable table, Row row, List<String> notes, List<Integer> runs) {
        DisplayUnit unit = TextRenderer.displayUnit(row, table.baseline());
        List<String> line =
                new ArrayList<>(List.of(table.name(row), score(row.cells().get(table.baseline()), unit), unit.unit()));
        runs.forEach(run -> line.add(TextRenderer.inMatrix(row, run, unit)));
        line.add(numbers(row, notes));
        return line;
    }

    private static List<String> cells(ResultTable table, Row row, List<String> notes) {
        DisplayUnit unit = TextRenderer.displayUnit(row, table.baseline());
        List<String> line = new ArrayList<>(List.of(table.name(row)));
        line.add(score(row.cells().get(table.baseline()), unit));
        for (int run : table.others()) {
            Optional<Efficiency> efficiency = row.efficiency(run);
            line.add(score(row.cells().get(run), unit));
            line.add(efficiency.isPresent() ? "**" + TextRenderer.efficiency(efficiency) + "**" : "-");
            line.add(TextRenderer.interval(efficiency));
        }
        line.add(unit.unit());
        line.add(numbers(row, notes));
        return line;
    }

    private static String numbers(Row row, List<String> notes) {
        List<String> numbers = TextRenderer.numbers(row, notes);
        return numbers.isEmpty() ? "" : "(" + String.join(") (", numbers) + ")";
    }

    private static String score(Optional<Row.Cell> cell, DisplayUnit unit) {
        String error = TextRenderer.error(cell, unit);
        return cell.map(some -> unit.value(some.value())).orElse("-") + (error.isEmpty() ? "" : " ± " + error);
    }

    @Override
    public void sentences(Sentences section) {
        list(section.heading(), section.sentences());
    }

    @Override
    public void links(Section.Links section) {
        list(
                section.heading(),
                section.links().stream().map(Section.Link::inWords).toList());
    }

    @Override
    public void properties(PropertyTable table) {
        heading(table.heading());
        List<String> header = new ArrayList<>(List.of("property"));
        header.addAll(table.runs());
        line(header);
        line(Collections.nCopies(header.size(), ":---"));
        for (Section.Property property : table.properties()) {
            List<String> line = new ArrayList<>(List.of(property.name()));
            property.values().forEach(value -> line.add(value.isEmpty() ? "-" : value));
            line(line);
        }
    }

    @Override
    public void figure(Section.Figure figure) {
        if (figure.repeats() || figure.chart() instanceof Chart.Timeline) {
            return;
        }
        heading(figure.heading());
        for (String sentence : List.of(figure.finding(), figure.explanation(), figure.source())) {
            if (!sentence.isEmpty()) {
                text.append(escaped(sentence)).append("\n\n");
            }
        }
        GridCells cells = new GridCells(figure.grid());
        List<String> header = cells.header();
        line(header);
        List<String> alignment = new ArrayList<>(Collections.nCopies(header.size(), "---:"));
        Collections.fill(alignment.subList(0, figure.grid().names().size()), ":---");
        line(alignment);
        cells.lines().forEach(this::line);
    }

    private void heading(String heading) {
        text.append('\n');
        if (!heading.isEmpty()) {
            text.append("## ").append(escaped(heading)).append("\n\n");
        }
    }

    private void line(List<String> cells) {
        text.append('|');
        cells.forEach(cell -> text.append(' ').append(escaped(cell)).append(" |"));
        text.append('\n');
    }

    private void list(String heading, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        heading(heading);
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
