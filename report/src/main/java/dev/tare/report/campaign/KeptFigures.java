package dev.tare.report.campaign;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.efficiency.LossVerdict;
import dev.tare.report.rounds.Series;
import dev.tare.runs.Counted;
import dev.tare.runs.campaign.ExpectedShare;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What hosts keep beside each other, and what was to be expected. */
final class KeptFigures {
    private final RoundResults results;
    private final MatrixFigures matrix;

    KeptFigures(RoundResults results, MatrixFigures matrix) {
        this.results = results;
        this.matrix = matrix;
    }

    List<Figure> figures() {
        return List.of(kept(), expected());
    }

    /** A host beside others. */
    private record Beside(MeasuredGroup group, int member, List<Series> each) {
        String host() {
            return group.hosts().get(member);
        }

        String name() {
            return group.scenario().name() + " " + host();
        }

        String work() {
            return group.workload() + " " + group.neighbours();
        }

        Series rate() {
            return each.get(member);
        }
    }

    private List<Beside> besides() {
        List<Beside> besides = new ArrayList<>();
        for (MeasuredGroup group : results.groups()) {
            if (group.hasNeighbours()) {
                List<Series> each = group.each(results.rates());
                for (int i = 0; i < each.size(); i++) {
                    besides.add(new Beside(group, i, each));
                }
            }
        }
        return besides;
    }

    private Series alone(Beside one) {
        return results.references().alone(one.host(), one.group().workload());
    }

    /**
     * What each keeps of what it has alone: what neighbours cost, by what they do. What was never measured alone, but beside an
     * idle neighbour, is the matrix's.
     */
    private Figure kept() {
        Map<String, List<Grid.Line>> byWork = new LinkedHashMap<>();
        Map<String, String> workloads = new LinkedHashMap<>();
        for (Beside one : besides()) {
            Optional<Efficiency> kept = References.kept(one.rate(), alone(one));
            if (kept.isEmpty() && matrix.judges(one.group())) {
                continue;
            }
            Optional<LossVerdict> verdict =
                    kept.map(some -> results.verdict(some, one.group().workload()));
            String words = verdict.map(LossVerdict::words).orElse("not measured alone");
            byWork.computeIfAbsent(one.work(), any -> new ArrayList<>())
                    .add(new Grid.Line(
                            List.of(one.work(), one.name()),
                            List.of(results.judged(kept, one.group().workload()), share(one), Value.words(words))));
            workloads.put(one.work(), one.group().workload());
        }
        return results.figure(
                "What a neighbour costs",
                "kept",
                losses(),
                "100 % = what the host has alone. Share: of the sum of those that do the same.",
                new Grid(
                        List.of("work", "scenario"),
                        List.of(
                                new Grid.Column("keeps of alone", "%", Tone.FIRST),
                                new Grid.Column("share", "%"),
                                new Grid.Column("in words", "")),
                        byWork.values().stream().flatMap(List::stream).toList()),
                results.dots(workloads));
    }

    /** In how many rows a loss is shown, and the largest. */
    private String losses() {
        int rows = 0;
        int losses = 0;
        String largest = "";
        double least = 1;
        for (Beside one : besides()) {
            Optional<Efficiency> kept = References.kept(one.rate(), alone(one));
            rows += kept.isPresent() ? 1 : 0;
            if (kept.isPresent() && results.verdict(kept.get(), one.group().workload()) == LossVerdict.LOSS) {
                losses++;
                if (kept.get().ratio() < least) {
                    least = kept.get().ratio();
                    largest =
                            "; largest: " + one.name() + " keeps " + kept.get().inWords();
                }
            }
        }
        return rows == 0
                ? "Nothing was measured alone."
                : "Loss shown in " + losses + " of " + Counted.of(rows, "row") + largest + ".";
    }

    private static Value share(Beside one) {
        Series share = one.rate().over(Series.sum(one.each()));
        return one.each().size() < 2 || share.isEmpty()
                ? Value.words("")
                : Value.percent(share.mean(), share.interval());
    }

    private Figure expected() {
        List<Grid.Line> lines = new ArrayList<>();
        Map<String, String> workloads = new LinkedHashMap<>();
        int reached = 0;
        for (Beside one : besides()) {
            Optional<ExpectedShare> share =
                    one.group().members().get(one.member()).expected();
            Series bare = results.references().nativeOf(one.host(), one.group().workload());
            Optional<Efficiency> raw = References.kept(one.rate(), bare.isEmpty() ? alone(one) : bare);
            if (raw.isPresent() && share.isPresent()) {
                Efficiency adjusted = dividedBy(raw.get(), share.get().factor());
                reached += adjusted.interval().map(Interval::high).orElse(adjusted.ratio()) >= 1 ? 1 : 0;
                String workload = one.group().workload();
                String scenario = one.group().scenario().name() + " " + workload;
                workloads.put(scenario, workload);
                lines.add(new Grid.Line(
                        List.of(scenario, one.host()),
                        List.of(
                                results.judged(Optional.of(adjusted), workload),
                                Value.of(raw),
                                Value.percent(share.get().factor(), Optional.empty()),
                                Value.words(bare.isEmpty() ? "alone" : "native"),
                                Value.words(share.get().source()))));
            }
        }
        return results.figure(
                "Against the adjusted expectation",
                "expectation",
                "Reached, or within the interval, in " + reached + " of " + Counted.of(lines.size(), "row") + ".",
                "100 % = the reference times the factor: what cores, or what was declared, leave to each.",
                new Grid(
                        List.of("scenario", "host"),
                        List.of(
                                new Grid.Column("of expectation", "%", Tone.FIRST),
                                new Grid.Column("of reference", "%"),
                                new Grid.Column("factor", "%"),
                                new Grid.Column("reference", ""),
                                new Grid.Column("factor from", "")),
                        lines),
                results.dots(workloads));
    }

    /** What is kept of a part of the reference. */
    static Efficiency dividedBy(Efficiency kept, double factor) {
        return new Efficiency(
                kept.ratio() / factor,
                kept.interval().map(ends -> new Interval(ends.low() / factor, ends.high() / factor)),
                kept.limitedByResolution());
    }
}
