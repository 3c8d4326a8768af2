package dev.tare.report.document;

import dev.tare.report.document.HtmlTable.Cell;
import dev.tare.report.document.Section.ResultTable;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The primary quantities of all runs as tables of a page, with numbered notes. */
final class ResultLines {
    private final ResultTable section;
    private final List<String> notes;

    ResultLines(ResultTable section) {
        this.section = section;
        notes = section.numberedNotes(section.primaryRows());
    }

    /** One table, or one for each quantity where there are many runs. */
    List<HtmlTable> tables() {
        if (!section.isMatrix()) {
            return List.of(sideBySide());
        }
        return section.byQuantity(section.primaryRows()).stream()
                .map(this::matrix)
                .toList();
    }

    /** The notes by their numbers, from 1. */
    List<String> notes() {
        return notes;
    }

    private HtmlTable sideBySide() {
        HtmlTable table = new HtmlTable("All results", 1);
        List<Cell> header = new ArrayList<>(
                List.of(Cell.words("benchmark"), Cell.heading(section.run(section.baseline())), Cell.about("\u00B1")));
        for (int run : section.others()) {
            header.add(Cell.heading(section.run(run)));
            header.addAll(List.of(Cell.about("\u00B1"), Cell.about("efficiency"), Cell.about("95 % interval")));
        }
        header.addAll(List.of(Cell.words("unit"), Cell.words("notes")));
        table.header(header);
        for (Row row : section.primaryRows()) {
            DisplayUnit unit = TextRenderer.displayUnit(row, section.baseline());
            List<Cell> line = new ArrayList<>(List.of(Cell.words(section.name(row))));
            score(line, row.cells().get(section.baseline()), unit);
            for (int run : section.others()) {
                Optional<Efficiency> efficiency = row.efficiency(run);
                score(line, row.cells().get(run), unit);
                line.add(Cell.number(TextRenderer.efficiency(efficiency)));
                line.add(Cell.number(PageText.interval(TextRenderer.interval(efficiency))));
            }
            line.addAll(List.of(Cell.words(unit.unit()), notes(row)));
            table.line(line);
        }
        return table;
    }

    private HtmlTable matrix(List<Row> rows) {
        HtmlTable table = new HtmlTable("All results, " + rows.get(0).unit(), 1);
        List<Cell> header = new ArrayList<>(
                List.of(Cell.words("benchmark"), Cell.heading(section.run(section.baseline())), Cell.about("\u00B1")));
        header.add(Cell.words("unit"));
        section.others().forEach(run -> header.add(Cell.heading(section.run(run) + ", %")));
        header.add(Cell.words("notes"));
        table.header(header);
        for (Row row : rows) {
            DisplayUnit unit = TextRenderer.displayUnit(row, section.baseline());
            List<Cell> line = new ArrayList<>(List.of(Cell.words(section.name(row))));
            score(line, row.cells().get(section.baseline()), unit);
            line.add(Cell.words(unit.unit()));
            section.others().forEach(run -> line.add(Cell.number(TextRenderer.inMatrix(row, run, unit))));
            line.add(notes(row));
            table.line(line);
        }
        return table;
    }

    private Cell notes(Row row) {
        return Cell.words(String.join(", ", TextRenderer.numbers(row, notes)));
    }

    private static void score(List<Cell> line, Optional<Row.Cell> cell, DisplayUnit unit) {
        line.add(Cell.number(
                cell.map(some -> PageText.grouped(unit.value(some.value()))).orElse("-")));
        line.add(Cell.number(PageText.grouped(TextRenderer.error(cell, unit))));
    }
}
