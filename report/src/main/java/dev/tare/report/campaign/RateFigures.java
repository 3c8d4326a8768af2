package dev.tare.report.campaign;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Value;
import dev.tare.report.rounds.Series;
import dev.tare.report.unit.DisplayUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What each host reaches alone and together, the sums and means, and their efficiency against the native machine. */
final class RateFigures {
    private final RoundResults results;

    RateFigures(RoundResults results) {
        this.results = results;
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        results.groups().stream()
                .map(MeasuredGroup::workload)
                .distinct()
                .forEach(workload -> figures.add(each(workload)));
        figures.add(againstNative());
        return figures;
    }

    /** A line of a table whose values are rates: a host, a sum or a mean. */
    private record RateLine(String scenario, String host, Series bare, Series alone, Series together) {}

    /**
     * Rates of one workload in one unit, so that sums stand beside what they are made of. Where one host is measured in each
     * scenario, scenarios are compared, not hosts.
     */
    private Figure each(String workload) {
        List<RateLine> lines = lines(workload);
        double example = lines.stream()
                .mapToDouble(line -> line.together().isEmpty()
                        ? line.alone().mean()
                        : line.together().mean())
                .findFirst()
                .orElse(Double.NaN);
        DisplayUnit unit = DisplayUnit.of(results.rates().unit(workload), example);
        boolean bare = lines.stream().anyMatch(line -> !line.bare().isEmpty());
        boolean alone = lines.stream().anyMatch(line -> !line.alone().isEmpty());
        Map<Grid.Column, Function<RateLine, Series>> columns = new LinkedHashMap<>();
        if (bare) {
            columns.put(new Grid.Column("native", unit.unit(), Tone.NATIVE), RateLine::bare);
        }
        if (alone) {
            columns.put(new Grid.Column("alone", unit.unit(), Tone.FIRST), RateLine::alone);
        }
        columns.put(new Grid.Column("together", unit.unit(), Tone.SECOND), RateLine::together);
        boolean oneEach = lines.stream().map(RateLine::scenario).distinct().count() == lines.size();
        if (oneEach) {
            List<String> hosts = lines.stream().map(RateLine::host).distinct().toList();
            lines.sort(Comparator.comparingInt(line -> hosts.indexOf(line.host())));
        }
        List<Grid.Line> cells = lines.stream()
                .map(line -> new Grid.Line(
                        oneEach ? List.of(line.host(), line.scenario()) : List.of(line.scenario(), line.host()),
                        columns.values().stream()
                                .map(column -> value(column.apply(line), unit))
                                .toList()))
                .toList();
        return results.figure(
                (oneEach ? "Each: " : "Each, sum and mean: ") + workload,
                "rates",
                "",
                oneEach
                        ? ""
                        : "A sum is that of the hosts in one round, then the mean over rounds; a mean is the sum divided by"
                                + " the hosts.",
                new Grid(
                        oneEach ? List.of("host", "scenario") : List.of("scenario", "host"),
                        List.copyOf(columns.keySet()),
                        cells),
                new Chart.Bars(bare || alone));
    }

    /** Hosts beside others, be these idle, then those that were measured alone only. */
    private List<RateLine> lines(String workload) {
        List<RateLine> lines = new ArrayList<>();
        for (MeasuredGroup group : results.groups()) {
            if (group.workload().equals(workload) && !group.isAlone()) {
                lines.addAll(rateLines(group));
            }
        }
        for (MeasuredGroup group : results.groups()) {
            if (group.workload().equals(workload) && group.isAlone() && !isBeside(group)) {
                String host = group.hosts().get(0);
                lines.add(new RateLine(
                        group.scenario().name(),
                        host,
                        results.references().nativeOf(host, workload),
                        group.each(results.rates()).get(0),
                        Series.ofOccurrences(List.of())));
            }
        }
        lines.removeIf(line -> line.together().isEmpty() && line.alone().isEmpty());
        return lines;
    }

    private boolean isBeside(MeasuredGroup alone) {
        return results.groups().stream()
                .anyMatch(group -> !group.isAlone()
                        && group.workload().equals(alone.workload())
                        && group.hosts().containsAll(alone.hosts()));
    }

    private List<RateLine> rateLines(MeasuredGroup group) {
        List<RateLine> lines = new ArrayList<>();
        String scenario = group.scenario().name();
        List<Series> together = group.each(results.rates());
        List<Series> alone = results.alone(group);
        for (int i = 0; i < together.size(); i++) {
            String host = group.hosts().get(i);
            lines.add(new RateLine(
                    scenario,
                    host,
                    results.references().nativeOf(host, group.workload()),
                    alone.get(i),
                    together.get(i)));
        }
        if (together.size() > 1) {
            Series bare = commonNative(group);
            lines.add(new RateLine(scenario, "sum", bare, Series.sum(alone), Series.sum(together)));
            int hosts = together.size();
            lines.add(new RateLine(
                    scenario,
                    "mean",
                    bare,
                    Series.sum(alone).dividedBy(hosts),
                    Series.sum(together).dividedBy(hosts)));
        }
        return lines;
    }

    /** What the native machine has, if it is the same for all members. */
    private Series commonNative(MeasuredGroup group) {
        List<Series> natives = group.hosts().stream()
                .map(host -> results.references().nativeOf(host, group.workload()))
                .distinct()
                .toList();
        return natives.size() == 1 ? natives.get(0) : Series.ofOccurrences(List.of());
    }

    private static Value value(Series series, DisplayUnit unit) {
        return series.isEmpty() ? Value.words("") : Value.of(series.mean(), series.interval(), unit);
    }

    /** Efficiencies: what guests have of the native machine, alone and together. */
    private Figure againstNative() {
        List<Grid.Line> lines = new ArrayList<>();
        Map<String, String> workloads = new LinkedHashMap<>();
        for (MeasuredGroup group : results.groups()) {
            List<RateLine> candidates = group.hasNeighbours() ? rateLines(group) : List.of();
            for (RateLine line : candidates) {
                if (!line.bare().isEmpty()) {
                    String workload = group.workload();
                    String scenario = line.scenario() + " " + workload;
                    workloads.put(scenario, workload);
                    lines.add(new Grid.Line(
                            List.of(scenario, line.host()),
                            List.of(
                                    results.judged(References.kept(line.together(), line.bare()), workload),
                                    results.judged(References.kept(line.alone(), line.bare()), workload))));
                }
            }
        }
        return results.figure(
                "Efficiency together and alone",
                "efficiency",
                "",
                "100 % = what the native machine has with nobody else.",
                new Grid(
                        List.of("scenario", "host"),
                        List.of(
                                new Grid.Column("together", "%", Tone.SECOND),
                                new Grid.Column("alone", "%", Tone.FIRST)),
                        lines),
                results.dots(workloads));
    }
}
