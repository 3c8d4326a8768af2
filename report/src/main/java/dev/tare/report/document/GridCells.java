package dev.tare.report.document;

import java.util.ArrayList;
import java.util.List;

/** The cells of a grid as words: an interval stands in a column of its own, behind its value. */
final class GridCells {
    private final Grid grid;

    GridCells(Grid grid) {
        this.grid = grid;
    }

    /** Names, then columns with their units. */
    List<String> header() {
        List<String> header = new ArrayList<>(grid.names());
        for (int column = 0; column < grid.columns().size(); column++) {
            Grid.Column about = grid.columns().get(column);
            boolean plain = about.unit().isEmpty() || about.unit().equals("%");
            header.add(plain ? about.name() : about.name() + ", " + about.unit());
            if (grid.hasIntervals(column)) {
                header.add("95 % interval");
            }
        }
        return header;
    }

    List<List<String>> lines() {
        List<List<String>> lines = new ArrayList<>();
        for (Grid.Line line : grid.lines()) {
            List<String> cells = new ArrayList<>(line.names());
            for (int column = 0; column < grid.columns().size(); column++) {
                Value value = line.values().get(column);
                cells.add(value.text().isEmpty() ? "-" : value.text());
                if (grid.hasIntervals(column)) {
                    cells.add(value.intervalText());
                }
            }
            lines.add(cells);
        }
        return lines;
    }
}
