package dev.tare.report.comparison;

import dev.tare.report.chart.Tone;
import dev.tare.report.comparison.ShownLosses.Kept;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Row;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.efficiency.LossVerdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** All configurations against 100 %: a dot each for few runs, a heat map for many. */
final class ConfigurationFigures {
    static final String CHAPTER = "All configurations";
    private static final int MOST_DOTTED = 4;
    /** What stands side by side at the width of a page, so that all rows of a drawing fit its height. */
    private static final int MOST_IN_HEAT = 9;

    private static final double PERCENT = 100;

    private final Comparison comparison;
    private final ShortNames names;
    private final Optional<Interval> noise;

    ConfigurationFigures(Comparison comparison, ShortNames names, Optional<Interval> noise) {
        this.comparison = comparison;
        this.names = names;
        this.noise = noise;
    }

    List<Section> figures(List<Integer> others) {
        if (others.size() > MOST_DOTTED) {
            // So many more figures of about the same number of runs.
            int parts = (others.size() + MOST_IN_HEAT - 1) / MOST_IN_HEAT;
            return IntStream.range(0, parts)
                    .mapToObj(part -> (Section) heat(
                            others.subList(part * others.size() / parts, (part + 1) * others.size() / parts),
                            parts > 1))
                    .toList();
        }
        List<Section> figures = new ArrayList<>();
        others.forEach(run -> figures.add(dots(run)));
        return figures;
    }

    private String baseline() {
        return run(comparison.baseline());
    }

    private String run(int run) {
        return comparison.runs().get(run).name();
    }

    private Section.Figure dots(int run) {
        String name = run(run);
        List<Grid.Line> lines = new ArrayList<>();
        List<Kept> kept = new ArrayList<>();
        for (Row row : comparison.rows()) {
            String configuration = names.of(row.configuration());
            row.efficiency(run).ifPresent(some -> kept.add(new Kept(configuration, some)));
            Optional<LossVerdict> verdict = row.efficiency(run).map(some -> LossVerdict.of(some, noise));
            String said = verdict.map(LossVerdict::words).orElse("no efficiency");
            lines.add(new Grid.Line(
                    List.of(Component.readable(row.configuration()), configuration),
                    List.of(value(row.efficiency(run)), Value.words(said))));
        }
        ShownLosses finding = new ShownLosses(kept, noise);
        return new Section.Figure(
                CHAPTER,
                name + " against " + baseline(),
                "efficiency",
                capital(finding.sentence()) + ". " + capital(finding.counts()) + ".",
                "Solid: mean and 95 % interval over forks. Hollow: no interval. "
                        + noise.map(band -> "Grey band: two native runs differ as much ("
                                        + Value.percent(band.low(), Optional.empty())
                                                .text() + " to "
                                        + Value.percent(band.high(), Optional.empty())
                                                .text()
                                        + "); what lies within is not shown.")
                                .orElse("How far two native runs differ is not known; measure native once more and"
                                        + " give it by --again."),
                new Grid(
                        List.of("component", "configuration"),
                        List.of(new Grid.Column("efficiency", "%", Tone.ofGuest(0)), new Grid.Column("shown", "")),
                        lines),
                new Chart.Dots(noiseOf(lines)),
                true);
    }

    /** One run more knows one band for all: a configuration of it alone has one ratio. */
    private Map<String, Interval> noiseOf(List<Grid.Line> lines) {
        Map<String, Interval> bands = new LinkedHashMap<>();
        noise.ifPresent(band -> lines.forEach(
                line -> bands.put(line.group(), new Interval(band.low() * PERCENT, band.high() * PERCENT))));
        return bands;
    }

    private Value value(Optional<Efficiency> efficiency) {
        return efficiency
                .map(some -> Value.of(some, LossVerdict.of(some, noise)))
                .orElse(Value.words(""));
    }

    static String capital(String sentence) {
        return sentence.isEmpty() ? "" : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    private Section.Figure heat(List<Integer> others, boolean part) {
        List<Grid.Line> lines = new ArrayList<>();
        List<Kept> kept = new ArrayList<>();
        for (Row row : comparison.rows()) {
            String configuration = names.of(row.configuration());
            others.forEach(run ->
                    row.efficiency(run).ifPresent(some -> kept.add(new Kept(configuration + " in " + run(run), some))));
            // Of many runs the intervals stand in the CSV: a cell has room for one number.
            lines.add(new Grid.Line(
                    List.of(Component.readable(row.configuration()), configuration),
                    others.stream()
                            .map(run -> row.efficiency(run)
                                    .map(some -> Value.percent(some.ratio(), Optional.empty()))
                                    .orElse(Value.words("")))
                            .toList()));
        }
        return new Section.Figure(
                CHAPTER,
                (part ? run(others.get(0)) + " to " + run(others.get(others.size() - 1)) : "All runs") + " against "
                        + baseline(),
                "efficiency",
                capital(new ShownLosses(kept, noise).sentence()) + ".",
                "Efficiency in %, coloured by how far it is from 100; 95 to 105 % stays pale. The intervals are in the CSV.",
                new Grid(
                        List.of("component", "configuration"),
                        others.stream()
                                .map(run -> new Grid.Column(run(run), "%"))
                                .toList(),
                        lines),
                new Chart.Heat(),
                true);
    }
}
