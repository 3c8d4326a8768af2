package dev.tare.report.comparison;

import dev.tare.report.chart.Tone;
import dev.tare.report.comparison.ShownLosses.Kept;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Row;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.efficiency.LossVerdict;
import dev.tare.report.unit.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.math3.stat.StatUtils;

/**
 * What each guest keeps of each component: the geometric mean of its configurations. Its sample is the round, whose forks
 * ran at about the same time: the mean over a component's configurations in each round, then both sides as in any
 * efficiency.
 */
final class VerdictFigure {
    private static final String CHAPTER = "Verdict";
    private static final double PERCENT = 100;

    private final Comparison comparison;
    private final ShortNames names;
    private final Optional<Interval> noise;

    VerdictFigure(Comparison comparison, ShortNames names, Optional<Interval> noise) {
        this.comparison = comparison;
        this.names = names;
        this.noise = noise;
    }

    Section.Figure figure(List<Integer> others) {
        boolean several = others.size() > 1;
        List<Grid.Line> lines = new ArrayList<>();
        byComponent().forEach((component, rows) -> {
            for (int run : others) {
                List<String> name =
                        several ? List.of(component, comparison.runs().get(run).name()) : List.of(component);
                lines.add(line(name, rows, run));
            }
        });
        return new Section.Figure(
                CHAPTER,
                "What a guest keeps",
                "verdict",
                lead(others),
                "The geometric mean over a component's configurations is a hint where to look, not a result. 100 % = as good"
                        + " as " + comparison.runs().get(comparison.baseline()).name() + ", more is better, times"
                        + " inverted. Where there is no interval, the lowest and the highest configuration stand below.",
                new Grid(
                        several ? List.of("component", "run") : List.of("component"),
                        List.of(
                                new Grid.Column("keeps", "%", Tone.FIRST),
                                new Grid.Column("in words", ""),
                                new Grid.Column("configurations", "")),
                        lines),
                new Chart.Verdict(),
                true);
    }

    private Map<String, List<Row>> byComponent() {
        Map<String, List<Row>> rows = new LinkedHashMap<>();
        comparison
                .rows()
                .forEach(row -> rows.computeIfAbsent(Component.readable(row.configuration()), any -> new ArrayList<>())
                        .add(row));
        return rows;
    }

    private Grid.Line line(List<String> name, List<Row> rows, int run) {
        ShownLosses finding = finding(rows, run);
        if (finding.kept().isEmpty()) {
            return new Grid.Line(name, List.of(Value.words(""), Value.words("nothing to compare"), Value.words("")));
        }
        List<Double> parts = finding.kept().stream()
                .map(one -> PERCENT * one.efficiency().ratio())
                .toList();
        Efficiency mean = mean(rows, run)
                .orElseGet(() -> new Efficiency(
                        StatUtils.geometricMean(finding.kept().stream()
                                .mapToDouble(one -> one.efficiency().ratio())
                                .toArray()),
                        Optional.empty(),
                        false));
        LossVerdict verdict = LossVerdict.of(mean, noise);
        String rowsInWords = finding.kept().size() > 1 ? finding.details() : finding.counts();
        return new Grid.Line(
                name,
                List.of(Value.of(mean, verdict).of(parts), Value.words(verdict.words(mean)), Value.words(rowsInWords)));
    }

    private ShownLosses finding(List<Row> rows, int run) {
        List<Kept> kept = new ArrayList<>();
        rows.forEach(row ->
                row.efficiency(run).ifPresent(some -> kept.add(new Kept(names.of(row.configuration()), some))));
        return new ShownLosses(kept, noise);
    }

    private String lead(List<Integer> others) {
        List<String> sentences = new ArrayList<>();
        for (int run : others) {
            String sentence = finding(comparison.rows(), run).sentence();
            sentences.add(comparison.runs().get(run).name() + ": " + sentence + ".");
        }
        int shown = 3;
        return String.join(" ", sentences.subList(0, Math.min(shown, sentences.size())))
                + (sentences.size() > shown ? " And " + (sentences.size() - shown) + " more runs." : "");
    }

    /** Empty when no round of either side has all that both sides compare. */
    private Optional<Efficiency> mean(List<Row> rows, int run) {
        List<Row> compared =
                rows.stream().filter(row -> row.efficiency(run).isPresent()).toList();
        Optional<ForkMeans> baseline = byRound(compared, comparison.baseline());
        Optional<ForkMeans> guest = byRound(compared, run);
        return baseline.isPresent() && guest.isPresent()
                ? Optional.of(Efficiency.of(baseline.get(), guest.get(), Direction.MORE_IS_BETTER))
                : Optional.empty();
    }

    /** The geometric mean of each round that has all rows, times inverted. */
    private static Optional<ForkMeans> byRound(List<Row> rows, int run) {
        SortedMap<Integer, List<Double>> logarithms = new TreeMap<>();
        double resolution = 0;
        for (Row row : rows) {
            Row.Cell cell = row.cells().get(run).orElseThrow();
            int sign = row.better() == Direction.LESS_IS_BETTER ? -1 : 1;
            List<Double> values = cell.forks().values();
            resolution = Math.max(resolution, cell.forks().resolution());
            for (int i = 0; i < values.size(); i++) {
                logarithms
                        .computeIfAbsent(cell.rounds().get(i), any -> new ArrayList<>())
                        .add(sign * Math.log(values.get(i)));
            }
        }
        logarithms.values().removeIf(all -> all.size() < rows.size());
        List<Double> means = logarithms.values().stream()
                .map(all -> Math.exp(
                        all.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN)))
                .toList();
        ForkMeans forks = new ForkMeans(means, resolution);
        return forks.obstacle().isEmpty() ? Optional.of(forks) : Optional.empty();
    }
}
