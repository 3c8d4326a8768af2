package dev.tare.profiles.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The figures in what {@code report --json} wrote. */
record ReportedFigures(JsonNode report) {
    static ReportedFigures read(Path json) throws IOException {
        return new ReportedFigures(new ObjectMapper().readTree(json.toFile()));
    }

    /**
     * A value.
     *
     * @param kind of the figure; of several, the first with such a line
     * @param line the end of the line's names, joined by blanks
     */
    JsonNode value(String kind, String column, String line) {
        List<String> seen = new ArrayList<>();
        for (JsonNode figure : report.path("sections")) {
            for (JsonNode one : figure.path("lines")) {
                List<String> names = new ArrayList<>();
                one.path("names").forEach(name -> names.add(name.asText()));
                seen.add(figure.path("kind").asText() + ": " + String.join(" ", names));
                if (figure.path("kind").asText().equals(kind)
                        && String.join(" ", names).endsWith(line)) {
                    return one.path("values").path(index(figure, column));
                }
            }
        }
        throw new AssertionError("expected " + kind + ": " + line + ", got " + String.join("\n", seen));
    }

    private static int index(JsonNode figure, String column) {
        for (int i = 0; i < figure.path("columns").size(); i++) {
            if (figure.path("columns").path(i).path("name").asText().equals(column)) {
                return i;
            }
        }
        throw new AssertionError("expected a column " + column + ", got " + figure.path("columns"));
    }

    double number(String kind, String column, String line) {
        return value(kind, column, line).path("number").doubleValue();
    }

    String text(String kind, String column, String line) {
        return value(kind, column, line).path("text").asText();
    }
}
