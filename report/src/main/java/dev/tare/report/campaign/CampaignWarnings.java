package dev.tare.report.campaign;

import dev.tare.report.unit.DisplayUnit;
import dev.tare.runs.Counted;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.HostRole;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participation;
import dev.tare.runs.campaign.Scenario;
import dev.tare.runs.campaign.Slot;
import dev.tare.runs.campaign.TimedIteration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What makes a campaign less trustworthy, in sentences, by rule. */
final class CampaignWarnings {
    /** With fewer rounds Student's quantile is above 2.8, and an interval says little. */
    private static final int FEW_ROUNDS = 5;
    /** More of an iteration's length than this, and iterations are lost to the clocks. */
    private static final double LARGE_BOUND = 0.1;

    private static final double FEW_COUNTED = 0.5;
    /** What is more than the interval of most campaigns hides. */
    private static final double LONG_PAUSES = 0.1;

    private static final int MOST_LISTED = 5;

    private final Campaign campaign;
    private final RoundResults results;

    CampaignWarnings(Campaign campaign, RoundResults results) {
        this.campaign = campaign;
        this.results = results;
    }

    /** What it lacks of what was planned; empty when it is complete. */
    static List<String> incomplete(Campaign campaign) {
        List<String> sentences = new ArrayList<>(campaign.warnings());
        List<Slot> unfilled = campaign.unfilled();
        if (!unfilled.isEmpty()) {
            List<String> listed =
                    unfilled.stream().limit(MOST_LISTED).map(Slot::toString).toList();
            int more = unfilled.size() - listed.size();
            int hopeless = unfilled.size() - campaign.missing().size();
            sentences.add(unfilled.size() + " of "
                    + Counted.of(campaign.header().slots().size(), "planned slot") + " missing: "
                    + String.join(", ", listed) + (more > 0 ? " and " + more + " more" : "")
                    + (hopeless > 0 ? "; " + hopeless + " of them void too often to be tried again" : "")
                    + (hopeless < unfilled.size() ? "; go on by campaign --resume" : ""));
        }
        return sentences;
    }

    /** All warnings, what is missing first. */
    List<String> sentences(MatrixFigures matrix) {
        List<String> sentences = new ArrayList<>(incomplete(campaign));
        rounds(sentences);
        noise(sentences, matrix);
        notAlone(sentences, matrix);
        uncounted(sentences);
        pauses(sentences);
        bounds(sentences);
        traffic(sentences);
        failures(sentences);
        differences(sentences);
        sentences.addAll(results.rates().warnings());
        return List.copyOf(new LinkedHashSet<>(sentences));
    }

    private void rounds(List<String> sentences) {
        int rounds = campaign.header().rounds();
        if (rounds == 1) {
            sentences.add("one round: no intervals, no verdicts; plan at least " + FEW_ROUNDS);
        } else if (rounds < FEW_ROUNDS) {
            sentences.add(rounds + " rounds: intervals are wide; plan at least " + FEW_ROUNDS);
        }
    }

    private void noise(List<String> sentences, MatrixFigures matrix) {
        Set<String> unknown = results.groups().stream()
                .filter(MeasuredGroup::hasNeighbours)
                .map(MeasuredGroup::workload)
                .filter(workload -> results.references().noise(workload).isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (!unknown.isEmpty()) {
            sentences.add(
                    "never measured twice in a round with nobody else at work (A/A: occurrences: 2), so how much is chance"
                            + " is unknown: " + String.join(", ", unknown)
                            + (matrix.lacksNoiseFloor() ? "; no cell of theirs in the matrix is evidence" : ""));
        }
    }

    private void notAlone(List<String> sentences, MatrixFigures matrix) {
        Set<String> missing = new LinkedHashSet<>();
        results.groups().stream()
                .filter(group -> group.hasNeighbours() && !matrix.judges(group))
                .forEach(group -> group.hosts().stream()
                        .filter(host -> results.references()
                                .alone(host, group.workload())
                                .isEmpty())
                        .forEach(host -> missing.add(host + " with " + group.workload())));
        if (!missing.isEmpty()) {
            sentences.add("not measured alone, so what it keeps is unknown: " + String.join(", ", missing));
        }
    }

    private void pauses(List<String> sentences) {
        for (Scenario scenario : campaign.header().scenarios()) {
            List<Attempt> attempts = campaign.counted().stream()
                    .filter(attempt -> attempt.slot().scenario().equals(scenario.name()))
                    .toList();
            double most = scenario.participants().stream()
                    .filter(one -> one.role() == LoadRole.MEASURED)
                    .mapToDouble(one -> NeighbourPauses.of(attempts, one.host()).share())
                    .filter(share -> !Double.isNaN(share))
                    .max()
                    .orElse(0);
            if (most > LONG_PAUSES) {
                sentences.add(scenario.name() + ": for up to " + DisplayUnit.percent(most)
                        + " of the counted time a neighbour was between two iterations, so what hosts get is too high by as"
                        + " much; make iterations longer (-r)");
            }
        }
    }

    private void uncounted(List<String> sentences) {
        Map<String, int[]> byScenario = new TreeMap<>();
        for (Attempt attempt : campaign.counted()) {
            int[] sums = byScenario.computeIfAbsent(attempt.slot().scenario(), any -> new int[2]);
            sums[0] += attempt.counted();
            sums[1] += attempt.total();
        }
        byScenario.forEach((scenario, sums) -> {
            if (sums[0] < FEW_COUNTED * sums[1]) {
                sentences.add(scenario + ": only " + sums[0] + " of " + sums[1]
                        + " iterations count; hosts start apart or end apart: see the proof");
            }
        });
    }

    private void bounds(List<String> sentences) {
        OptionalDouble worst = campaign.counted().stream()
                .flatMap(attempt -> attempt.participations().stream())
                .flatMap(one -> one.iterations().stream())
                .mapToDouble(CampaignWarnings::boundOfLength)
                .max();
        if (worst.isPresent() && worst.getAsDouble() > LARGE_BOUND) {
            sentences.add("the worst clock bound is " + DisplayUnit.percent(worst.getAsDouble())
                    + " of its iteration's length, expected at most " + DisplayUnit.percent(LARGE_BOUND)
                    + "; use a nearer clock server, or longer iterations");
        }
    }

    private static double boundOfLength(TimedIteration iteration) {
        double lengthNs = (double) (iteration.end().ns() - iteration.begin().ns());
        return Math.max(iteration.begin().boundNs(), iteration.end().boundNs()) / lengthNs;
    }

    private void traffic(List<String> sentences) {
        long bytes =
                campaign.counted().stream().mapToLong(Attempt::controlBytes).sum();
        if (bytes > 0) {
            sentences.add(Counted.of((int) Math.min(Integer.MAX_VALUE, bytes), "byte")
                    + " of control traffic within counted windows, expected none");
        }
    }

    private void failures(List<String> sentences) {
        for (Attempt attempt : campaign.counted()) {
            for (Participation one : attempt.participations()) {
                one.failure().ifPresent(what -> sentences.add(attempt.slot() + ": " + one.host() + " failed: " + what));
            }
        }
    }

    /** Guests of different JVMs are no equals. */
    private void differences(List<String> sentences) {
        Set<String> measured = campaign.header().scenarios().stream()
                .flatMap(scenario -> scenario.participants().stream())
                .filter(one -> one.role() == LoadRole.MEASURED)
                .map(one -> one.host())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String fact : List.of("tare.version", "tare.commit", "jdk.version", "jdk.vmVersion")) {
            Map<String, List<String>> byValue = new LinkedHashMap<>();
            campaign.header().hosts().stream()
                    .filter(host -> measured.contains(host.name()) && host.role() != HostRole.MANAGEMENT)
                    .forEach(host -> Stream.ofNullable(host.found().get(fact))
                            .forEach(value -> byValue.computeIfAbsent(value, any -> new ArrayList<>())
                                    .add(host.name())));
            if (byValue.size() > 1) {
                sentences.add(fact + ": "
                        + byValue.entrySet().stream()
                                .map(entry -> entry.getKey() + " in " + String.join(" and ", entry.getValue()))
                                .collect(Collectors.joining(", ")));
            }
        }
    }
}
