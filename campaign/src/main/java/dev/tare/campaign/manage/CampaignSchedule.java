package dev.tare.campaign.manage;

import static java.util.Objects.requireNonNull;

import dev.tare.campaign.agent.HostWork;
import dev.tare.campaign.agent.HostWork.PlannedLine;
import dev.tare.campaign.agent.HostWork.RefusedLineException;
import dev.tare.campaign.hosts.HostEntry;
import dev.tare.campaign.hosts.HostList;
import dev.tare.campaign.plan.CampaignPlan;
import dev.tare.campaign.plan.IterationCounts;
import dev.tare.campaign.plan.Padding;
import dev.tare.campaign.plan.Partners;
import dev.tare.campaign.plan.PlannedScenario;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.campaign.plan.RoundOrder;
import dev.tare.campaign.yaml.PlaceException;
import dev.tare.harness.CommandWords;
import dev.tare.runs.campaign.Scenario;
import dev.tare.runs.campaign.Slot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a campaign would do: its hosts, its scenarios, the order of its rounds, and how long all of it takes. */
public final class CampaignSchedule {
    private static final int SHOWN_ROUNDS = 3;

    private final CampaignPlan plan;
    private final HostList hosts;
    private final Map<String, Long> durationsMs = new LinkedHashMap<>();

    private CampaignSchedule(CampaignPlan plan, HostList hosts) {
        this.plan = plan;
        this.hosts = hosts;
    }

    /**
     * The schedule of a plan; its lines are planned on this host, no other is asked.
     *
     * @throws PlaceException when a line cannot be measured
     */
    public static CampaignSchedule of(CampaignPlan plan, HostList hosts, HostWork work) throws PlaceException {
        CampaignSchedule schedule = new CampaignSchedule(plan, hosts);
        Map<Part, PlannedLine> lines = new LinkedHashMap<>();
        for (PlannedScenario scenario : plan.scenarios()) {
            for (Part part : scenario.active()) {
                lines.put(part, line(part, work));
            }
        }
        IterationCounts counts = new IterationCounts(plan, part -> requireNonNull(lines.get(part)));
        for (PlannedScenario scenario : plan.scenarios()) {
            Map<String, PlannedLine> ofScenario = new LinkedHashMap<>();
            scenario.active().forEach(part -> ofScenario.put(part.host(), requireNonNull(lines.get(part))));
            schedule.durationsMs.put(scenario.name(), Padding.durationMs(ofScenario, counts.of(scenario)));
        }
        return schedule;
    }

    private static PlannedLine line(Part part, HostWork work) throws PlaceException {
        Map<String, String> anywhere =
                Partners.of(part.line()).stream().collect(Collectors.toMap(name -> name, name -> "192.0.2.1:5210"));
        try {
            return work.plan(Partners.addressed(part.line(), anywhere));
        } catch (RefusedLineException e) {
            throw new PlaceException("workload " + part.workload() + ": " + e.getMessage());
        }
    }

    /** For a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        long roundMs = plan.scenarios().stream()
                .mapToLong(scenario -> scenario.occurrences() * durationsMs.getOrDefault(scenario.name(), 0L))
                .sum();
        text.append(String.format(
                Locale.ROOT,
                "%s: %d scenarios, %d rounds, about %s and what benchmarks prepare; seed %d%n",
                plan.name(),
                plan.scenarios().size(),
                plan.rounds(),
                words(plan.rounds() * roundMs),
                plan.seed()));
        text.append("hosts\n");
        for (HostEntry host : hosts.hosts()) {
            text.append("  ")
                    .append(host.name())
                    .append("  ")
                    .append(host.role().name().toLowerCase(Locale.ROOT));
            text.append(host.isHere() ? ", a JVM on this host" : ", " + CommandWords.join(host.channel()))
                    .append('\n');
        }
        text.append("scenarios\n");
        plan.scenarios().forEach(scenario -> describe(text, scenario));
        for (int round = 1; round <= Math.min(SHOWN_ROUNDS, plan.rounds()); round++) {
            text.append("round ")
                    .append(round)
                    .append(": ")
                    .append(order(round))
                    .append('\n');
        }
        if (plan.rounds() > SHOWN_ROUNDS) {
            text.append("and ").append(plan.rounds() - SHOWN_ROUNDS).append(" more in an order of their own\n");
        }
        return text.toString();
    }

    private void describe(StringBuilder text, PlannedScenario scenario) {
        text.append("  ").append(scenario.name());
        if (scenario.occurrences() > 1) {
            text.append(", ").append(scenario.occurrences()).append(" times a round");
        }
        text.append(", ")
                .append(words(durationsMs.getOrDefault(scenario.name(), 0L)))
                .append('\n');
        scenario.before()
                .ifPresent(hook -> text.append("    before: ").append(hook).append('\n'));
        for (Part part : scenario.parts()) {
            text.append("    ").append(part.host()).append("  ");
            text.append(part.role().name().toLowerCase(Locale.ROOT));
            text.append(part.isActive() ? ", " + part.workload() + ": " + part.line() : "")
                    .append('\n');
        }
        scenario.after()
                .ifPresent(hook -> text.append("    after: ").append(hook).append('\n'));
    }

    private String order(int round) {
        List<Scenario> scenarios = plan.scenarios().stream()
                .map(scenario -> new Scenario(scenario.name(), scenario.occurrences(), List.of()))
                .toList();
        return RoundOrder.of(scenarios, round, plan.seed()).stream()
                .map(Slot::scenario)
                .collect(Collectors.joining(", "));
    }

    private static String words(long ms) {
        Duration duration = Duration.ofMillis(ms);
        return duration.toHours() > 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toMinutes() > 0
                        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                        : duration.toSeconds() + " s";
    }
}
