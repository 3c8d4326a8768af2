package dev.tare.campaign.manage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tare.campaign.manage.Rendezvous.Outcome;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.campaign.proof.HostTimes;
import dev.tare.campaign.proof.OverlapProof;
import dev.tare.campaign.wire.WireMessage;
import dev.tare.harness.Reasons;
import dev.tare.runs.Configuration;
import dev.tare.runs.ForkEntry;
import dev.tare.runs.ForkJson;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participation;
import dev.tare.runs.campaign.Slot;
import dev.tare.runs.campaign.TimedIteration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** Makes of what hosts said after an attempt what the journals keep: its proof, whether it counts, and the forks. */
final class AttemptRecord {
    private final Slot slot;
    private final int number;
    private final String started;
    private final List<Part> parts;
    private final Outcome outcome;
    private final Map<String, HostTimes> times = new LinkedHashMap<>();
    private final Map<String, Configuration> configurations = new LinkedHashMap<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private final Set<String> measured = new LinkedHashSet<>();

    /** Bytes over a host's channel from one instant to another. */
    interface Traffic {
        long bytesBetween(String host, long fromNs, long toNs);
    }

    AttemptRecord(Slot slot, int number, String started, List<Part> parts, Outcome outcome) {
        this.slot = slot;
        this.number = number;
        this.started = started;
        this.parts = parts;
        this.outcome = outcome;
        failures.putAll(outcome.failures());
        parts.stream().filter(part -> part.role() == LoadRole.MEASURED).forEach(part -> measured.add(part.host()));
        outcome.results().forEach(this::read);
    }

    private void read(String host, WireMessage result) {
        try {
            JsonCursor fields = result.fields(host);
            times.put(host, HostTimes.read(fields));
            configurations.put(host, Configuration.read(fields.get("configuration")));
        } catch (UnreadableRunException e) {
            failures.put(host, Reasons.of(e));
        }
    }

    /**
     * The attempt as the campaign's journal keeps it.
     *
     * @param forks the numbers under which hosts' own folders have their forks, when it counts
     */
    Attempt attempt(Traffic traffic, Map<String, Integer> forks) {
        OverlapProof proof = OverlapProof.of(times);
        Optional<String> objection = objection(proof);
        List<Participation> participations = new ArrayList<>();
        for (Part part : parts) {
            participations.add(participation(part, proof, traffic, objection.isEmpty() ? forks : Map.of()));
        }
        return new Attempt(slot, number, started, outcome.goNs(), participations, objection);
    }

    private Optional<String> objection(OverlapProof proof) {
        if (failures.isEmpty()) {
            return proof.objection(measured);
        }
        List<String> sentences = new ArrayList<>();
        failures.forEach((host, reason) -> sentences.add(host + ": " + reason));
        return Optional.of(String.join("; ", sentences));
    }

    private Participation participation(Part part, OverlapProof proof, Traffic traffic, Map<String, Integer> forks) {
        HostTimes host = times.get(part.host());
        List<TimedIteration> iterations = new ArrayList<>();
        if (host != null) {
            for (int i = 0; i < host.iterations().size(); i++) {
                HostTimes.Iteration one = host.iterations().get(i);
                iterations.add(new TimedIteration(
                        one.begin(),
                        one.end(),
                        one.score(),
                        proof.counted(part.host()).get(i)));
            }
        }
        OptionalLong beginNs = proof.windowBeginNs(measured);
        OptionalLong endNs = proof.windowEndNs(measured);
        boolean hasWindow = beginNs.isPresent() && endNs.isPresent();
        Integer fork = forks.get(part.host());
        return new Participation(
                part.host(),
                part.role(),
                part.workload(),
                Optional.ofNullable(configurations.get(part.host())),
                host == null ? Optional.empty() : host.start(),
                iterations.isEmpty()
                        ? Optional.empty()
                        : Optional.of(iterations.get(0).begin()),
                iterations.isEmpty()
                        ? Optional.empty()
                        : Optional.of(iterations.get(iterations.size() - 1).end()),
                host == null ? "" : host.unit(),
                iterations,
                fork == null ? OptionalInt.empty() : OptionalInt.of(fork),
                hasWindow ? traffic.bytesBetween(part.host(), beginNs.getAsLong(), endNs.getAsLong()) : 0,
                hasWindow && host != null ? host.clockBytes(beginNs.getAsLong(), endNs.getAsLong()) : 0,
                Optional.ofNullable(failures.get(part.host())));
    }

    /** What the hosts' forks measured, without their numbers. */
    Map<String, Configuration> configurations() {
        return configurations;
    }

    /**
     * A host's fork for its own run folder.
     *
     * @param round the number that it gets there
     */
    ForkEntry fork(String host, int round) throws UnreadableRunException {
        JsonCursor fields =
                outcome.results().getOrDefault(host, WireMessage.of("result")).fields(host);
        Map<String, String> facts = texts(fields.get("facts"));
        // Forks of different scenarios are different things, also for who reads the host's folder alone.
        facts.put("scenario", slot.scenario());
        List<String> iterations = new ArrayList<>();
        fields.get("iterations")
                .elements()
                .forEach(record -> iterations.add(record.node().toString()));
        JsonNode jmh = fields.get("jmh").node();
        return new ForkEntry(
                Configuration.read(fields.get("configuration")),
                round,
                1,
                fields.get("started").text(),
                fields.get("ms").whole() / 1e3,
                facts,
                iterations,
                texts(fields.get("histograms")),
                new ForkJson(jmh, fields.get("aggregation").node()));
    }

    private static Map<String, String> texts(JsonCursor object) throws UnreadableRunException {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonCursor> text : object.fields().entrySet()) {
            texts.put(text.getKey(), text.getValue().text());
        }
        return texts;
    }
}
