package dev.tare.campaign.manage;

import dev.tare.campaign.agent.HostWork.PlannedLine;
import dev.tare.campaign.manage.Rendezvous.Outcome;
import dev.tare.campaign.plan.CampaignPlan;
import dev.tare.campaign.plan.IterationCounts;
import dev.tare.campaign.plan.Padding;
import dev.tare.campaign.plan.PlannedScenario;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.campaign.plan.RoundOrder;
import dev.tare.campaign.wire.WireMessage;
import dev.tare.runs.Configuration;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.CampaignJournal;
import dev.tare.runs.campaign.Slot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** The rounds of a campaign, which fill its folder. */
final class CampaignRun {
    private static final Duration PING_LIMIT = Duration.ofSeconds(20);
    private static final Duration RUN_MARGIN = Duration.ofMinutes(2);
    private static final Duration OPEN_ENDED = Duration.ofHours(2);

    private final CampaignRequest request;
    private final CampaignPlan plan;
    private final ManagementServices services;
    private final CampaignHosts hosts;
    private final HostFolders folders;
    private final CampaignJournal journal;
    private final BooleanSupplier ends;
    private final AttemptLines lines;
    private final IterationCounts counts;
    private int number;

    CampaignRun(
            CampaignRequest request,
            CampaignPlan plan,
            ManagementServices services,
            CampaignHosts hosts,
            HostFolders folders,
            CampaignJournal journal,
            BooleanSupplier ends) {
        this.request = request;
        this.plan = plan;
        this.services = services;
        this.hosts = hosts;
        this.folders = folders;
        this.journal = journal;
        this.counts = new IterationCounts(plan, hosts::line);
        this.ends = ends;
        this.lines = new AttemptLines(request.out(), request.verbose());
    }

    /**
     * Measures what is missing, round by round, and then what was void again.
     *
     * @return whether every slot is filled
     */
    boolean measure() throws IOException {
        Optional<String> wrong = hook(plan.before(), Map.of());
        if (wrong.isPresent()) {
            throw new UnavailableHostsException(wrong.get());
        }
        try {
            for (List<Slot> slots = missing(); !slots.isEmpty(); slots = missing()) {
                for (int i = 0; i < slots.size(); i++) {
                    Optional<String> away = hosts.revive();
                    if (away.isPresent()) {
                        request.out().println("stopped: " + away.get());
                        return false;
                    }
                    lines.begun(slots.get(i), slots.size() - i, leftMs(slots.subList(i, slots.size())));
                    attempt(slots.get(i));
                    if (ends.getAsBoolean()) {
                        return false;
                    }
                }
            }
        } finally {
            folders.writeResults();
            hook(plan.after(), Map.of()).ifPresent(request.out()::println);
        }
        List<Slot> unfilled = journal.campaign().unfilled();
        if (!unfilled.isEmpty()) {
            request.out()
                    .println("void in all attempts: "
                            + unfilled.stream().map(Slot::toString).collect(Collectors.joining(", ")));
        }
        return unfilled.isEmpty();
    }

    /** Slots that were never tried, in the order of their rounds; when there are none, those that were void. */
    private List<Slot> missing() {
        Campaign campaign = journal.campaign();
        List<Slot> missing = campaign.missing();
        List<Slot> ordered = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            RoundOrder.of(campaign.header().scenarios(), round, plan.seed()).stream()
                    .filter(missing::contains)
                    .forEach(ordered::add);
        }
        List<Slot> untried =
                ordered.stream().filter(slot -> campaign.attemptsAt(slot) == 0).toList();
        return untried.isEmpty() ? ordered : untried;
    }

    private long leftMs(List<Slot> slots) {
        return slots.stream().mapToLong(slot -> durationMs(scenario(slot))).sum();
    }

    private long durationMs(PlannedScenario scenario) {
        Map<String, PlannedLine> planned = hosts.lines(scenario);
        return Padding.durationMs(planned, counts.of(scenario));
    }

    private PlannedScenario scenario(Slot slot) {
        return plan.scenario(slot.scenario())
                .orElseThrow(() -> new IllegalStateException("slots are made of the plan: " + slot));
    }

    private static Set<String> concerned(PlannedScenario scenario) {
        return scenario.parts().stream().map(Part::host).collect(Collectors.toSet());
    }

    private void attempt(Slot slot) throws IOException {
        PlannedScenario scenario = scenario(slot);
        int attemptNumber = journal.campaign().attemptsAt(slot) + 1;
        String started = Instant.now().toString();
        Map<String, String> variables = Map.of(
                "TARE_SCENARIO", slot.scenario(),
                "TARE_ROUND", Integer.toString(slot.round()),
                "TARE_HOSTS", scenario.parts().stream().map(Part::host).collect(Collectors.joining(" ")));
        Optional<String> wrong = hook(scenario.before(), variables);
        Outcome outcome = wrong.isPresent() ? Outcome.failed(Map.of("management", wrong.get())) : outcome(scenario);
        hook(scenario.after(), variables).ifPresent(request.out()::println);
        folders.log(slot + ", attempt " + attemptNumber, outcome.logs());
        if (ends.getAsBoolean()) {
            // Not the hosts failed: the slot stays untried.
            return;
        }
        AttemptRecord record = new AttemptRecord(slot, attemptNumber, started, scenario.parts(), outcome);
        Map<String, Integer> forks = new LinkedHashMap<>();
        for (Map.Entry<String, Configuration> measured : record.configurations().entrySet()) {
            forks.put(measured.getKey(), folders.next(measured.getKey(), measured.getValue()));
        }
        Attempt attempt = record.attempt(hosts.switchboard()::bytesBetween, forks);
        if (!attempt.isVoid()) {
            keep(record, forks);
        }
        journal.append(attempt);
        lines.ended(attempt);
    }

    /** Forks come first: an attempt that counts has its forks on the disk, whenever this process is killed. */
    private void keep(AttemptRecord record, Map<String, Integer> forks) throws IOException {
        try {
            for (Map.Entry<String, Integer> fork : forks.entrySet()) {
                folders.append(fork.getKey(), record.fork(fork.getKey(), fork.getValue()));
            }
        } catch (UnreadableRunException e) {
            throw new IllegalStateException("results are read before they are kept", e);
        }
    }

    private Outcome outcome(PlannedScenario scenario) {
        Map<String, WireMessage> pings = new LinkedHashMap<>();
        hosts.names().forEach(host -> pings.put(host, WireMessage.of("ping")));
        Map<String, String> deaf = new LinkedHashMap<>();
        hosts.switchboard().forget();
        hosts.switchboard().ask(pings, PING_LIMIT).forEach((host, answer) -> {
            if (answer.message().isEmpty() && concerned(scenario).contains(host)) {
                deaf.put(host, answer.failure());
            }
        });
        if (!deaf.isEmpty()) {
            return Outcome.failed(deaf);
        }
        Map<String, PlannedLine> planned = hosts.lines(scenario);
        Map<String, Integer> iterations = counts.of(scenario);
        Map<String, WireMessage> preparations = new LinkedHashMap<>();
        for (Part part : scenario.active()) {
            preparations.put(part.host(), hosts.preparation(part, iterations.getOrDefault(part.host(), 1)));
        }
        long measuredMs = Padding.measuredMs(planned, iterations);
        Duration runLimit = Padding.isOpen(planned.values())
                ? OPEN_ENDED
                : Duration.ofMillis(4 * measuredMs).plus(RUN_MARGIN);
        number++;
        return new Rendezvous(hosts.switchboard(), services::nowNs, number, lines::said)
                .hold(preparations, concerned(scenario), Duration.ofSeconds(plan.readyLimitS()), runLimit);
    }

    private static Optional<String> hook(Optional<String> command, Map<String, String> variables) throws IOException {
        return command.isPresent() ? Hook.run(command.get(), variables) : Optional.empty();
    }
}
