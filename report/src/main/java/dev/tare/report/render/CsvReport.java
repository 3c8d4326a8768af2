package dev.tare.report.render;

import dev.tare.report.comparison.Cell;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.Row;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.runs.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A comparison as CSV after RFC 4180: one line for each metric of each configuration in each run, all digits. What has
 * no value is empty; NaN is none.
 */
public final class CsvReport {
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
            "forks",
            "value_in_unit",
            "value_low95_in_unit",
            "value_high95_in_unit",
            "efficiency_percent",
            "efficiency_low95_percent",
            "efficiency_high95_percent",
            "remarks");

    private CsvReport() {}

    /** Renders main quantities and secondary metrics, each line ended with CR LF. */
    public static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder(line(HEADER));
        for (int run = 0; run < comparison.runs().size(); run++) {
            for (Row row : comparison.rows()) {
                append(text, comparison, row, "main", run);
            }
            for (Row row : comparison.details()) {
                append(text, comparison, row, "secondary", run);
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, Comparison comparison, Row row, String role, int run) {
        row.cells().get(run).ifPresent(cell -> {
            Configuration configuration = row.configuration();
            List<String> fields = new ArrayList<>(List.of(
                    configuration.benchmark(),
                    configuration.mode(),
                    String.valueOf(configuration.threads()),
                    parameters(configuration),
                    row.metric(),
                    role,
                    row.unit(),
                    better(row),
                    comparison.runs().get(run).name(),
                    run == comparison.baseline() ? "yes" : "no"));
            fields.addAll(figures(cell));
            fields.add(String.join("; ", row.remarks()));
            text.append(line(fields));
        });
    }

    private static List<String> figures(Cell cell) {
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

    private static String better(Row row) {
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

    private static String line(List<String> fields) {
        return fields.stream().map(CsvReport::escaped).collect(Collectors.joining(",")) + LINE_END;
    }

    private static String escaped(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
