package dev.tare.report.campaign;

import dev.tare.report.chart.Tone;
import dev.tare.report.document.Chart;
import dev.tare.report.document.Document;
import dev.tare.report.document.Grid;
import dev.tare.report.document.Section;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Section.Property;
import dev.tare.report.document.Section.PropertyTable;
import dev.tare.report.document.Section.Sentences;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.rounds.Series;
import dev.tare.runs.Counted;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.CampaignHeader;
import dev.tare.runs.campaign.CampaignHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a campaign found, in a document whose warnings stand first.
 *
 * @param document the report
 * @param incomplete what the campaign lacks of what was planned, in sentences; empty when it is complete
 */
public record CampaignReport(Document document, List<String> incomplete) {
    private static final String FACT_SEPARATOR = "; ";

    /** Keeps a copy. */
    public CampaignReport {
        incomplete = List.copyOf(incomplete);
    }

    /** Reports of a campaign, however much of it there is. */
    public static CampaignReport of(Campaign campaign) {
        CampaignHeader header = campaign.header();
        RoundRates rates = new RoundRates(campaign);
        References references = new References(header, rates);
        String source = "measured: " + Counted.of(header.rounds(), "round") + " of " + campaign.name() + ", times of "
                + header.timescale();
        RoundResults results = new RoundResults(MeasuredGroup.of(header.scenarios()), rates, references, source);
        FairnessFigure fairness = new FairnessFigure(results);
        MatrixFigures matrix = new MatrixFigures(results);
        List<Verdict> verdicts = verdicts(results, fairness, matrix);

        List<Section> sections = new ArrayList<>();
        sections.add(new Sentences("Warnings", "warning", new CampaignWarnings(campaign, results).sentences(matrix)));
        List<String> sentences =
                new ArrayList<>(verdicts.stream().map(Verdict::sentence).toList());
        matrix.finding().ifPresent(found -> sentences.add("who disturbs whom: " + found));
        sections.add(new Sentences("Verdict", "verdict", sentences));
        List<Figure> figures = new ArrayList<>(List.of(verdictFigure(verdicts, results)));
        figures.addAll(new RateFigures(results).figures());
        figures.addAll(new KeptFigures(results, matrix).figures());
        figures.add(fairness.figure());
        figures.addAll(matrix.figures());
        figures.addAll(new ProofFigures(campaign, source).figures());
        figures.removeIf(figure -> figure.grid().lines().isEmpty());
        sections.addAll(figures);
        sections.add(new Sentences("Void attempts", "void", voids(campaign)));
        sections.add(new Sentences("Work", "workload", work(header), false));
        sections.add(new Sentences("Plan", "plan", plan(header), false));
        sections.removeIf(
                section -> section instanceof Sentences some && some.sentences().isEmpty());
        sections.add(hosts(header));
        return new CampaignReport(
                new Document(
                        "Campaign " + campaign.name(),
                        "Means over rounds with their 95 % intervals: the round is the sample. Only iterations count during"
                                + " which all others were provably under load.",
                        sections),
                CampaignWarnings.incomplete(campaign));
    }

    /** What is said of one group: its mean, its parts, and the words. */
    private record Verdict(MeasuredGroup group, Optional<Efficiency> kept, List<Double> parts, String sentence) {}

    private static List<Verdict> verdicts(RoundResults results, FairnessFigure fairness, MatrixFigures matrix) {
        List<Verdict> verdicts = new ArrayList<>();
        for (MeasuredGroup group : results.groups()) {
            List<Series> each = group.each(results.rates());
            if (!group.hasNeighbours() || each.stream().allMatch(Series::isEmpty)) {
                continue;
            }
            List<Series> alone = results.alone(group);
            List<Series> kept = new ArrayList<>();
            List<Double> parts = new ArrayList<>();
            for (int i = 0; i < each.size(); i++) {
                Optional<Efficiency> one = References.kept(each.get(i), alone.get(i));
                one.ifPresent(some -> parts.add(some.ratio()));
                kept.add(each.get(i).over(alone.get(i)));
            }
            Series mean = Series.ofOccurrences(kept);
            Optional<Efficiency> all = each.size() == 1
                    ? References.kept(each.get(0), alone.get(0))
                    : mean.isEmpty() || parts.size() < each.size()
                            ? Optional.empty()
                            : Optional.of(new Efficiency(mean.mean(), mean.interval(), false));
            if (all.isPresent() || !matrix.judges(group)) {
                verdicts.add(new Verdict(group, all, parts, sentence(group, all, results, fairness)));
            }
        }
        return verdicts;
    }

    private static String sentence(
            MeasuredGroup group, Optional<Efficiency> kept, RoundResults results, FairnessFigure fairness) {
        String who = group.scenario().name() + ": " + String.join(", ", group.hosts()) + " with " + group.workload()
                + " " + group.neighbours();
        String what = kept.map(some -> (group.hosts().size() > 1 ? ", mean of what each keeps: " : ": ")
                        + results.verdict(some, group.workload()).words(some) + ": " + some.inWords())
                .orElse(": not all were measured alone, no verdict");
        String fair = fairness.of(group)
                .map(some -> "; " + FairnessFigure.words(group, some))
                .orElse("");
        return who + what + fair;
    }

    private static Figure verdictFigure(List<Verdict> verdicts, RoundResults results) {
        List<Grid.Line> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            String workload = verdict.group().workload();
            verdict.kept()
                    .ifPresent(kept -> lines.add(new Grid.Line(
                            List.of(workload, verdict.group().scenario().name()),
                            List.of(
                                    results.judged(verdict.kept(), workload)
                                            .of(verdict.parts().stream()
                                                    .map(part -> 100 * part)
                                                    .toList()),
                                    Value.words(results.verdict(kept, workload).words())))));
        }
        return new Figure(
                "Verdict",
                "What hosts keep beside each other",
                "verdict-kept",
                "",
                "100 % = what the same hosts have alone; the mean of all that are measured in a scenario, and each of them.",
                new Grid(
                        List.of("work", "scenario"),
                        List.of(new Grid.Column("keeps", "%", Tone.FIRST), new Grid.Column("in words", "")),
                        lines),
                new Chart.Verdict(),
                true,
                results.source());
    }

    private static List<String> voids(Campaign campaign) {
        return campaign.voids().stream()
                .map(attempt -> attempt.slot() + ", attempt " + attempt.number() + ": "
                        + attempt.voidReason().orElse(""))
                .toList();
    }

    /** Which command lines a workload stands for. */
    private static List<String> work(CampaignHeader header) {
        Map<String, Set<String>> hosts = new LinkedHashMap<>();
        header.scenarios().stream()
                .flatMap(scenario -> scenario.participants().stream())
                .filter(one -> !one.line().isEmpty())
                .forEach(one -> hosts.computeIfAbsent(one.workload() + ": " + one.line(), any -> new LinkedHashSet<>())
                        .add(one.host()));
        List<String> lines = new ArrayList<>();
        hosts.forEach((line, names) -> lines.add(line + " (" + String.join(", ", names) + ")"));
        return lines;
    }

    private static List<String> plan(CampaignHeader header) {
        return List.of(header.name() + ", started " + header.started() + " by Tare " + header.version()
                + FACT_SEPARATOR + Counted.of(header.rounds(), "round") + " of "
                + Counted.of(header.scenarios().size(), "scenario") + FACT_SEPARATOR + "seed " + header.seed()
                + FACT_SEPARATOR + "a void slot is repeated at most " + Counted.of(header.repeats(), "time"));
    }

    private static PropertyTable hosts(CampaignHeader header) {
        List<CampaignHost> hosts = header.hosts();
        List<Property> properties = new ArrayList<>();
        properties.add(property("role", hosts, host -> host.role().name().toLowerCase(Locale.ROOT), true));
        properties.add(property("machine", hosts, host -> host.machine().orElse(""), true));
        properties.add(property(
                "machineCores",
                hosts,
                host -> host.machineCores().isPresent()
                        ? String.valueOf(host.machineCores().getAsInt())
                        : "",
                true));
        properties.add(property(
                "vcpus",
                hosts,
                host -> host.vcpus().isPresent() ? String.valueOf(host.vcpus().getAsInt()) : "",
                true));
        properties.add(property("channel", hosts, CampaignHost::channel, false));
        Set<String> facts = new TreeSet<>();
        hosts.forEach(host -> facts.addAll(host.found().keySet()));
        facts.forEach(fact ->
                properties.add(property(fact, hosts, host -> host.found().getOrDefault(fact, ""), false)));
        properties.removeIf(one -> one.values().stream().allMatch(String::isEmpty));
        return new PropertyTable(
                "Hosts", "host", hosts.stream().map(CampaignHost::name).toList(), properties);
    }

    private static Property property(
            String name, List<CampaignHost> hosts, Function<CampaignHost, String> value, boolean headline) {
        return new Property(name, hosts.stream().map(value).toList(), headline);
    }
}
