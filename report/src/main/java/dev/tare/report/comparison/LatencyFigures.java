package dev.tare.report.comparison;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Row;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/** How long single operations took, by percentiles, and what they cost the processor. */
final class LatencyFigures {
    private static final String CHAPTER = "Latency";
    private static final int MOST_RUNS = 8;
    /** Those of the benchmarks, and those of JMH's mode {@code sample}. */
    private static final Pattern PERCENTILE =
            Pattern.compile("([a-z][A-Za-z0-9]*?)P(\\d{2,4})Us|(?:.*:)?p([01]\\.\\d+)");

    private static final Map<String, Double> MICROSECONDS =
            Map.of("us", 1.0, "ns", 1e-3, "ms", 1e3, "s", 1e6, "s/op", 1e6);
    private static final String CPU = "systemCpuCores";
    /** CPU seconds per gigabyte of a rate in MB/s, microseconds per operation of others. */
    private static final double MEGABYTES_PER_GIGABYTE = 1000;

    private static final double MOST_PERCENT = 99.9;
    private static final double LEAST_PERCENT = 50;
    private static final String RESPONSE = "response";
    private static final double[] OF_WHOLE_RUNS = {50, 90, 99, 99.9, 99.99, 100};
    private static final DisplayUnit NANOSECONDS = new DisplayUnit("us", 1e-3);

    private final Comparison comparison;
    private final ShortNames names;

    LatencyFigures(Comparison comparison, ShortNames names) {
        this.comparison = comparison;
        this.names = names;
    }

    List<Section> figures() {
        List<Section> figures = new ArrayList<>();
        if (comparison.runs().size() <= MOST_RUNS) {
            percentiles().ifPresent(figures::add);
            wholeRuns().ifPresent(figures::add);
            demand().forEach((unit, lines) -> figures.add(demand(unit, lines)));
        }
        return figures;
    }

    private List<Grid.Column> columns(String unit) {
        List<Grid.Column> columns = new ArrayList<>();
        BarGroups.ofRuns(comparison.runs(), comparison.baseline())
                .columns()
                .forEach(run -> columns.add(new Grid.Column(
                        run, unit, columns.isEmpty() ? Tone.NATIVE : Tone.ofGuest(columns.size() - 1))));
        return columns;
    }

    private List<Integer> order() {
        return BarGroups.ofRuns(comparison.runs(), comparison.baseline()).groups().get(0).runs().stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Section> percentiles() {
        List<Grid.Line> lines = new ArrayList<>();
        for (Row primary : comparison.rows()) {
            Map<String, TreeMap<Double, Row>> byKind = new LinkedHashMap<>();
            for (Row row : comparison.details()) {
                if (row.configuration().equals(primary.configuration()) && MICROSECONDS.containsKey(row.unit())) {
                    double percent = percent(row.metric());
                    if (percent >= LEAST_PERCENT && percent <= MOST_PERCENT) {
                        byKind.computeIfAbsent(kind(row.metric()), any -> new TreeMap<>())
                                .put(percent, row);
                    }
                }
            }
            byKind.forEach((kind, byPercentile) -> byPercentile.forEach((percent, row) -> {
                DisplayUnit unit = new DisplayUnit("us", MICROSECONDS.getOrDefault(row.unit(), 1.0));
                lines.add(new Grid.Line(
                        List.of(names.of(primary.configuration()), kind + "p" + number(percent)),
                        order().stream()
                                .map(run -> row.cells()
                                        .get(run)
                                        .map(cell -> ComponentFigures.of(cell, unit))
                                        .orElse(Value.words("")))
                                .toList()));
            }));
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Figure(
                        CHAPTER,
                        "Response times by percentile",
                        "percentiles",
                        "",
                        "Of so many per cent of the operations the time is not longer; mean of the forks' percentiles and its"
                                + " 95 % interval.",
                        new Grid(List.of("configuration", "percentile"), columns("us"), lines),
                        new Chart.Bars(comparison.runs().size() > 1),
                        true));
    }

    /** What responded, where it is told from something else: {@code read } of {@code readP99Us}. */
    private static String kind(String metric) {
        Matcher matcher = PERCENTILE.matcher(metric);
        return matcher.matches()
                        && matcher.group(1) != null
                        && !matcher.group(1).equals(RESPONSE)
                ? matcher.group(1) + " "
                : "";
    }

    /** Means of percentiles are percentiles of nothing; those of all responses of a run need its histograms. */
    private Optional<Section> wholeRuns() {
        List<Grid.Line> lines = new ArrayList<>();
        for (Row primary : comparison.rows()) {
            for (int run : order()) {
                Run measured = comparison.runs().get(run);
                measured.measurements().stream()
                        .filter(one -> one.configuration().equals(primary.configuration()))
                        .forEach(one -> RunHistograms.of(one)
                                .forEach((kind, histogram) -> lines.add(new Grid.Line(
                                        List.of(
                                                names.of(primary.configuration()),
                                                kind.equals(RESPONSE) ? "" : kind,
                                                measured.name()),
                                        whole(histogram)))));
            }
        }
        List<Grid.Column> columns = new ArrayList<>(List.of(new Grid.Column("responses", "")));
        for (double percent : OF_WHOLE_RUNS) {
            columns.add(new Grid.Column(percent == 100 ? "maximum" : "p" + number(percent), "us"));
        }
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section.Figure(
                        CHAPTER,
                        "Response times of whole runs",
                        "whole-runs",
                        "",
                        "All responses of all forks together, each to three digits; the figure above has means of iterations'"
                                + " percentiles.",
                        new Grid(List.of("configuration", "of", "run"), columns, lines),
                        new Chart.None(),
                        true));
    }

    private static List<Value> whole(Histogram histogram) {
        List<Value> values = new ArrayList<>();
        values.add(Value.number((double) histogram.getTotalCount(), Long.toString(histogram.getTotalCount())));
        for (double percent : OF_WHOLE_RUNS) {
            values.add(Value.of((double) histogram.getValueAtPercentile(percent), Optional.empty(), NANOSECONDS));
        }
        return values;
    }

    private static double percent(String metric) {
        Matcher matcher = PERCENTILE.matcher(metric);
        if (!matcher.matches()) {
            return Double.NaN;
        }
        String digits = matcher.group(2);
        // P999 is 99.9, P50 is 50.
        return digits == null
                ? Double.parseDouble(matcher.group(3)) * 100
                : Double.parseDouble(digits) / Math.pow(10, Math.max(0, digits.length() - 2));
    }

    private static String number(double percent) {
        return percent == Math.rint(percent)
                ? String.valueOf((long) percent)
                : String.valueOf(Math.round(percent * 100) / 100.0);
    }

    /** CPU time of the whole system for what was moved or done, by unit. */
    private Map<String, List<Grid.Line>> demand() {
        Map<String, List<Grid.Line>> byUnit = new LinkedHashMap<>();
        for (Row row : comparison.rows()) {
            boolean bytes = row.unit().equals("MB/s");
            boolean operations = row.unit().equals("IO/s") || row.unit().equals("1/s");
            Optional<Row> cpu = comparison.details().stream()
                    .filter(detail -> detail.configuration().equals(row.configuration())
                            && detail.metric().equals(CPU))
                    .findFirst();
            if (cpu.isPresent() && (bytes || operations)) {
                double factor = bytes ? MEGABYTES_PER_GIGABYTE : 1e6;
                List<Value> values = order().stream()
                        .map(run ->
                                ratio(cpu.get().cells().get(run), row.cells().get(run), factor))
                        .toList();
                byUnit.computeIfAbsent(bytes ? "CPU s/GB" : "CPU us/op", any -> new ArrayList<>())
                        .add(new Grid.Line(
                                List.of(names.type(row.configuration()), names.withoutType(row.configuration())),
                                values));
            }
        }
        return byUnit;
    }

    /** Of forks of the same round. */
    private static Value ratio(Optional<Row.Cell> above, Optional<Row.Cell> below, double factor) {
        List<Double> ratios = new ArrayList<>();
        if (above.isPresent() && below.isPresent()) {
            for (int i = 0; i < above.get().rounds().size(); i++) {
                int place = below.get().rounds().indexOf(above.get().rounds().get(i));
                if (place >= 0) {
                    ratios.add(factor
                            * above.get().forks().values().get(i)
                            / below.get().forks().values().get(place));
                }
            }
        }
        ForkMeans means = new ForkMeans(ratios, 0);
        return ratios.isEmpty() || !Double.isFinite(means.mean())
                ? Value.words("")
                : Value.of(means.mean(), means.interval(), new DisplayUnit("", 1));
    }

    private Section.Figure demand(String unit, List<Grid.Line> lines) {
        return new Section.Figure(
                CHAPTER,
                "Service demand, " + unit,
                "service-demand",
                "",
                "CPU time of the whole system, as it sees itself, for each "
                        + (unit.endsWith("GB") ? "gigabyte" : "operation")
                        + "; less is better. In a guest it lacks what the hypervisor does for it.",
                new Grid(List.of("benchmark", "configuration"), columns(unit), lines),
                new Chart.Bars(comparison.runs().size() > 1),
                true);
    }
}
