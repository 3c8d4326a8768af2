package dev.tare.report.campaign;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Value;
import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.BoundedInstant;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participation;
import dev.tare.runs.campaign.Scenario;
import dev.tare.runs.campaign.TimedIteration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** That hosts were under load at the same time: what counts, how well the clocks knew, and who did what when. */
final class ProofFigures {
    private static final String CHAPTER = "Proof";
    private static final double NS_PER_S = 1e9;
    private static final double NS_PER_US = 1e3;

    private final Campaign campaign;
    private final String source;

    ProofFigures(Campaign campaign, String source) {
        this.campaign = campaign;
        this.source = source;
    }

    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(List.of(overlap()));
        for (Scenario scenario : campaign.header().scenarios()) {
            boolean several = scenario.participants().stream()
                            .filter(one -> one.role() != LoadRole.IDLE)
                            .count()
                    > 1;
            if (several) {
                attempts(scenario).stream()
                        .min(Comparator.comparingInt(Attempt::counted))
                        .ifPresent(attempt -> figures.add(timeline(attempt)));
            }
        }
        return figures;
    }

    private List<Attempt> attempts(Scenario scenario) {
        return campaign.counted().stream()
                .filter(attempt -> attempt.slot().scenario().equals(scenario.name()))
                .toList();
    }

    private Figure overlap() {
        List<Grid.Line> lines = new ArrayList<>();
        for (Scenario scenario : campaign.header().scenarios()) {
            List<Attempt> attempts = attempts(scenario);
            scenario.participants().stream()
                    .filter(one -> one.role() == LoadRole.MEASURED)
                    .forEach(one -> lines.add(line(scenario, one.host(), attempts)));
        }
        return new Figure(
                CHAPTER,
                "Under load at the same time",
                "overlap",
                "",
                "An iteration counts when all others were under load from before its begin until after its end, whatever the"
                        + " clocks' bounds. Pauses: for so much of the counted time neighbours were between two"
                        + " iterations. Start spread: from the first actual start to the last, of the worst round.",
                new Grid(
                        List.of("scenario", "host"),
                        List.of(
                                new Grid.Column("slots", ""),
                                new Grid.Column("void", ""),
                                new Grid.Column("counted", ""),
                                new Grid.Column("of total", ""),
                                new Grid.Column("pauses", "%"),
                                new Grid.Column("worst bound", "us"),
                                new Grid.Column("start spread", "us"),
                                new Grid.Column("control", "bytes"),
                                new Grid.Column("clock", "bytes")),
                        lines),
                new Chart.None(),
                false,
                source);
    }

    private Grid.Line line(Scenario scenario, String host, List<Attempt> attempts) {
        List<Participation> own = attempts.stream()
                .flatMap(attempt -> attempt.participations().stream())
                .filter(one -> one.host().equals(host))
                .toList();
        long voids = campaign.voids().stream()
                .filter(attempt -> attempt.slot().scenario().equals(scenario.name()))
                .count();
        return new Grid.Line(
                List.of(scenario.name(), host),
                List.of(
                        whole(attempts.size()),
                        whole(voids),
                        whole(own.stream().mapToLong(Participation::counted).sum()),
                        whole(own.stream()
                                .mapToLong(one -> one.iterations().size())
                                .sum()),
                        pauses(NeighbourPauses.of(attempts, host)),
                        microseconds(
                                own.stream().flatMapToLong(ProofFigures::bounds).max()),
                        microseconds(attempts.stream()
                                .map(Attempt::startSpreadNs)
                                .flatMapToLong(OptionalLong::stream)
                                .max()),
                        whole(own.stream()
                                .mapToLong(Participation::controlBytes)
                                .sum()),
                        whole(own.stream().mapToLong(Participation::clockBytes).sum())));
    }

    private static Value pauses(NeighbourPauses pauses) {
        return Double.isNaN(pauses.share()) ? Value.words("") : Value.percent(pauses.share(), Optional.empty());
    }

    private static Value whole(long number) {
        return Value.number((double) number, String.valueOf(number));
    }

    private static Value microseconds(OptionalLong ns) {
        return ns.isPresent()
                ? Value.number(ns.getAsLong() / NS_PER_US, DisplayUnit.significant(ns.getAsLong() / NS_PER_US))
                : Value.words("");
    }

    private static LongStream bounds(Participation one) {
        return Stream.concat(
                        Stream.of(one.start(), one.loadBegin(), one.loadEnd()).flatMap(Optional::stream),
                        one.iterations().stream().flatMap(iteration -> Stream.of(iteration.begin(), iteration.end())))
                .mapToLong(BoundedInstant::boundNs);
    }

    /** Of each scenario the round in which the fewest iterations count: the others overlap better. */
    private Figure timeline(Attempt attempt) {
        long zeroNs = attempt.goNs()
                .orElseGet(() -> attempt.participations().stream()
                        .flatMap(one -> one.loadBegin().stream())
                        .mapToLong(BoundedInstant::ns)
                        .min()
                        .orElse(0));
        List<Grid.Line> lines = new ArrayList<>();
        for (Participation one : attempt.participations()) {
            if (one.loadBegin().isPresent() && one.loadEnd().isPresent()) {
                lines.add(interval(
                        List.of(one.host(), "under load"),
                        one.loadBegin().get(),
                        one.loadEnd().get(),
                        zeroNs,
                        ""));
            }
            int number = 0;
            for (TimedIteration iteration : one.iterations()) {
                number++;
                lines.add(interval(
                        List.of(one.host(), "iteration " + number),
                        iteration.begin(),
                        iteration.end(),
                        zeroNs,
                        iteration.counted() ? "counted" : "not counted"));
            }
        }
        return new Figure(
                CHAPTER,
                "Who was under load when: " + attempt.slot().scenario(),
                "timeline",
                attempt.counted() + " of " + attempt.total() + " iterations count.",
                "Round " + attempt.slot().round() + ", in which the fewest count. Seconds since the agreed start.",
                new Grid(
                        List.of("host", "what"),
                        List.of(
                                new Grid.Column("begin", "s", Tone.FIRST),
                                new Grid.Column("end", "s", Tone.FIRST),
                                new Grid.Column("counts", ""),
                                new Grid.Column("bound", "us")),
                        lines),
                new Chart.Timeline(),
                false,
                source);
    }

    private static Grid.Line interval(
            List<String> names, BoundedInstant begin, BoundedInstant end, long zeroNs, String counts) {
        return new Grid.Line(
                names,
                List.of(
                        seconds(begin.ns() - zeroNs),
                        seconds(end.ns() - zeroNs),
                        Value.words(counts),
                        microseconds(OptionalLong.of(Math.max(begin.boundNs(), end.boundNs())))));
    }

    private static Value seconds(long ns) {
        return Value.number(ns / NS_PER_S, String.format(Locale.ROOT, "%.3f", ns / NS_PER_S));
    }
}
