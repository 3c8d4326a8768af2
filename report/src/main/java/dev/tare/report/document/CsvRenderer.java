package dev.tare.report.document;

import dev.tare.report.document.Section.Property;
import dev.tare.report.document.Section.PropertyTable;
import dev.tare.report.document.Section.ResultTable;
import dev.tare.report.document.Section.Sentences;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.runs.Configuration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A document as CSV: one relation, in which {@code role} tells what a line is. */
final class CsvRenderer implements Section.Form {
    private static final String LINE_END = "\r\n";
    private static final double PERCENT = 100;
    private static final List<String> HEADER = List.of(
            "benchmark",
            "mode",
            "threads",
            "parameters",
            "metric",
            "role",
            "unit",
            "better",
            "run",
            "baseline",
            "host",
            "started",
            "labels",
            "status",
            "clock",
            "forks",
            "value_in_unit",
            "value_low95_in_unit",
            "value_high95_in_unit",
            "efficiency_percent",
            "efficiency_low95_percent",
            "efficiency_high95_percent",
            "notes");

    private static final int BENCHMARK = HEADER.indexOf("benchmark");
    private static final int UNIT = HEADER.indexOf("unit");
    private static final int VALUE = HEADER.indexOf("value_in_unit");
    private static final int LOW = HEADER.indexOf("value_low95_in_unit");
    private static final int HIGH = HEADER.indexOf("value_high95_in_unit");
    private static final int METRIC = HEADER.indexOf("metric");
    private static final int ROLE = HEADER.indexOf("role");
    private static final int RUN = HEADER.indexOf("run");
    private static final int NOTES = HEADER.indexOf("notes");

    private final StringBuilder text = new StringBuilder();

    String render(Document document) {
        line(HEADER);
        document.sections().forEach(section -> section.writeTo(this));
        return text.toString();
    }

    @Override
    public void results(ResultTable table) {
        List<Row> details = table.rows().stream().filter(row -> !row.primary()).toList();
        for (int run = 0; run < table.runs().size(); run++) {
            for (Row row : table.primaryRows()) {
                result(table, row, run);
            }
            for (Row row : details) {
                result(table, row, run);
            }
        }
    }

    private void result(ResultTable table, Row row, int run) {
        row.cells().get(run).ifPresent(cell -> {
            Configuration configuration = row.configuration();
            List<String> fields = new ArrayList<>(List.of(
                    configuration.benchmark(),
                    configuration.mode(),
                    String.valueOf(configuration.threads()),
                    parameters(configuration),
                    row.metric(),
                    row.primary() ? "primary" : "secondary",
                    row.unit(),
                    better(row),
                    table.run(run),
                    run == table.baseline() ? "yes" : "no"));
            Section.ComparedRun about = table.runs().get(run);
            fields.addAll(List.of(about.host(), about.started(), about.labels(), cell.status(), cell.clock()));
            fields.addAll(numbers(cell));
            fields.add(String.join("; ", row.notes(run)));
            line(fields);
        });
    }

    private static List<String> numbers(Row.Cell cell) {
        Optional<Interval> interval = cell.forks().interval();
        Optional<Interval> efficiency = cell.efficiency().flatMap(Efficiency::interval);
        return List.of(
                String.valueOf(cell.forks().values().size()),
                number(Optional.of(cell.value()), 1),
                number(interval.map(Interval::low), 1),
                number(interval.map(Interval::high), 1),
                number(cell.efficiency().map(Efficiency::ratio), PERCENT),
                number(efficiency.map(Interval::low), PERCENT),
                number(efficiency.map(Interval::high), PERCENT));
    }

    /** The word for which way a row improves; empty for neither. */
    static String better(Row row) {
        return switch (row.better()) {
            case MORE_IS_BETTER -> "more";
            case LESS_IS_BETTER -> "less";
            case NEITHER -> "";
        };
    }

    private static String parameters(Configuration configuration) {
        return configuration.params().entrySet().stream()
                .map(param -> param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining(";"));
    }

    private static String number(Optional<Double> value, double factor) {
        return value.map(number -> number * factor)
                .filter(Double::isFinite)
                .map(String::valueOf)
                .orElse("");
    }

    @Override
    public void sentences(Sentences section) {
        section.sentences().forEach(sentence -> remark("", section.kind(), "", sentence));
    }

    @Override
    public void links(Section.Links section) {
        section.links().forEach(link -> remark(link.name(), "link", "", link.words()));
    }

    @Override
    public void properties(PropertyTable table) {
        for (int run = 0; run < table.runs().size(); run++) {
            for (Property property : table.properties()) {
                remark(
                        property.name(),
                        table.kind(),
                        table.runs().get(run),
                        property.values().get(run));
            }
        }
    }

    /** Each number of a figure is a line: its line's names in {@code benchmark}, its column in {@code metric}. */
    @Override
    public void figure(Section.Figure figure) {
        if (figure.repeats()) {
            return;
        }
        if (!figure.finding().isEmpty()) {
            remark("", figure.kind(), "", figure.finding());
        }
        for (Grid.Line line : figure.grid().lines()) {
            for (int column = 0; column < line.values().size(); column++) {
                Value value = line.values().get(column);
                Grid.Column about = figure.grid().columns().get(column);
                List<String> fields = new ArrayList<>(Collections.nCopies(HEADER.size(), ""));
                fields.set(BENCHMARK, String.join("; ", line.names()));
                fields.set(METRIC, about.name());
                fields.set(ROLE, figure.kind());
                fields.set(UNIT, about.unit());
                fields.set(VALUE, number(Optional.of(value.number()), 1));
                fields.set(LOW, number(value.interval().map(Interval::low), 1));
                fields.set(HIGH, number(value.interval().map(Interval::high), 1));
                fields.set(NOTES, value.isNumber() ? "" : value.text());
                line(fields);
            }
        }
    }

    private void remark(String metric, String role, String run, String words) {
        List<String> fields = new ArrayList<>(Collections.nCopies(HEADER.size(), ""));
        fields.set(METRIC, metric);
        fields.set(ROLE, role);
        fields.set(RUN, run);
        fields.set(NOTES, words);
        line(fields);
    }

    private void line(List<String> fields) {
        text.append(fields.stream().map(CsvRenderer::escaped).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    private static String escaped(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
