package dev.tare.report.campaign;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.rounds.Series;
import dev.tare.runs.Counted;
import dev.tare.runs.campaign.ExpectedShare;
import dev.tare.runs.campaign.Participant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What hosts keep beside each other, and what was to be expected. */
final class KeptFigures {
    private final RoundResults results;

    KeptFigures(RoundResults results) {
        this.results = results;
    }

    List<Figure> figures() {
        return List.of(kept(), expected());
    }

    /** What each keeps of what it has alone: what neighbours cost, by what they do. */
    private Figure kept() {
        Map<String, List<Grid.Line>> byNeighbours = new LinkedHashMap<>();
        List<String> losses = new ArrayList<>();
        List<Efficiency> all = new ArrayList<>();
        String largest = "";
        double least = 1;
        for (MeasuredGroup group : results.groups()) {
            List<Series> each = group.each(results.rates());
            for (int i = 0; i < each.size() && group.hasNeighbours(); i++) {
                String host = group.hosts().get(i);
                String name = group.scenario().name() + " " + host;
                Optional<Efficiency> kept =
                        References.kept(each.get(i), results.references().alone(host, group.workload()));
                String work = group.workload() + " " + group.neighbours();
                byNeighbours
                        .computeIfAbsent(work, any -> new ArrayList<>())
                        .add(new Grid.Line(List.of(work, name), List.of(Value.of(kept), share(each, i), words(kept))));
                kept.ifPresent(all::add);
                if (kept.isPresent() && KeptWords.of(kept.get(), results.noiseFloor()) == KeptWords.LOSS) {
                    losses.add(name);
                    if (kept.get().ratio() < least) {
                        least = kept.get().ratio();
                        largest = "; largest: " + name + " keeps " + KeptWords.percent(kept.get());
                    }
                }
            }
        }
        return results.figure(
                "What a neighbour costs",
                "kept",
                all.isEmpty()
                        ? "Nothing was measured alone."
                        : "Loss shown in " + losses.size() + " of " + Counted.of(all.size(), "row") + largest + ".",
                "100 % = what the host has alone. Share: of the sum of those that do the same.",
                new Grid(
                        List.of("work", "scenario"),
                        List.of(
                                new Grid.Column("keeps of alone", "%", Tone.FIRST),
                                new Grid.Column("share", "%"),
                                new Grid.Column("in words", "")),
                        byNeighbours.values().stream().flatMap(List::stream).toList()),
                new Chart.Dots(results.noise()));
    }

    private static Value share(List<Series> each, int host) {
        Series share = each.get(host).over(Series.sum(each));
        return each.size() < 2 || share.isEmpty() ? Value.words("") : Value.percent(share.mean(), share.interval());
    }

    private Value words(Optional<Efficiency> kept) {
        return Value.words(
                kept.map(some -> KeptWords.of(some, results.noiseFloor()).words())
                        .orElse("not measured alone"));
    }

    private Figure expected() {
        List<Grid.Line> lines = new ArrayList<>();
        int reached = 0;
        for (MeasuredGroup group : results.groups()) {
            List<Series> each = group.each(results.rates());
            for (int i = 0; i < each.size() && group.hasNeighbours(); i++) {
                Participant member = group.members().get(i);
                Series bare = results.references().nativeOf(member.host(), group.workload());
                Series reference = bare.isEmpty() ? results.references().alone(member.host(), group.workload()) : bare;
                Optional<Efficiency> raw = References.kept(each.get(i), reference);
                if (raw.isPresent() && member.expected().isPresent()) {
                    ExpectedShare share = member.expected().get();
                    Efficiency adjusted = dividedBy(raw.get(), share.factor());
                    reached += adjusted.interval().map(Interval::high).orElse(adjusted.ratio()) >= 1 ? 1 : 0;
                    lines.add(new Grid.Line(
                            List.of(group.scenario().name() + " " + group.workload(), member.host()),
                            List.of(
                                    Value.of(Optional.of(adjusted)),
                                    Value.of(raw),
                                    Value.percent(share.factor(), Optional.empty()),
                                    Value.words(bare.isEmpty() ? "alone" : "native"),
                                    Value.words(share.source()))));
                }
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
                new Chart.Dots(Optional.empty()));
    }

    /** What is kept of a part of the reference. */
    static Efficiency dividedBy(Efficiency kept, double factor) {
        return new Efficiency(
                kept.ratio() / factor,
                kept.interval().map(ends -> new Interval(ends.low() / factor, ends.high() / factor)),
                kept.limitedByResolution());
    }
}
