package dev.tare.report.written;

import dev.tare.runs.Configuration;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.BoundedInstant;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.CampaignFolder;
import dev.tare.runs.campaign.CampaignHeader;
import dev.tare.runs.campaign.CampaignHost;
import dev.tare.runs.campaign.CampaignJournal;
import dev.tare.runs.campaign.ExpectedShare;
import dev.tare.runs.campaign.HostRole;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participant;
import dev.tare.runs.campaign.Participation;
import dev.tare.runs.campaign.Scenario;
import dev.tare.runs.campaign.Slot;
import dev.tare.runs.campaign.TimedIteration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** A campaign's folder, written by the writer that campaigns use, with scores that a test knows. */
public final class WrittenCampaign {
    private static final long GO_NS = 1_795_899_365_605_485_331L;
    private static final long SECOND_NS = 1_000_000_000L;

    private final Path folder;
    private final int rounds;
    private final List<CampaignHost> hosts = new ArrayList<>();
    private final List<Scenario> scenarios = new ArrayList<>();
    private final Set<Slot> missing = new HashSet<>();
    private final Map<Slot, String> voidFirst = new HashMap<>();
    private String unit = "ops/s";

    /** What a host scores. */
    public interface Scores {
        double of(Slot slot, Participant participant);
    }

    public WrittenCampaign(Path folder, int rounds) {
        this.folder = folder;
        this.rounds = rounds;
    }

    public static Participant measured(String host, String workload) {
        return participant(host, LoadRole.MEASURED, workload);
    }

    public static Participant load(String host, String workload) {
        return participant(host, LoadRole.LOAD, workload);
    }

    public static Participant idle(String host) {
        return new Participant(host, LoadRole.IDLE, "", "", Optional.empty());
    }

    private static Participant participant(String host, LoadRole role, String workload) {
        return new Participant(host, role, workload, "Bench." + workload + " -f 1", Optional.empty());
    }

    /** The same with what it can expect. */
    public static Participant expecting(Participant one, double factor, String source) {
        return new Participant(
                one.host(), one.role(), one.workload(), one.line(), Optional.of(new ExpectedShare(factor, source)));
    }

    public WrittenCampaign guests(String... names) {
        for (String name : names) {
            host(name, HostRole.GUEST, OptionalInt.of(1));
        }
        return this;
    }

    public WrittenCampaign bare(String name) {
        return host(name, HostRole.NATIVE, OptionalInt.of(2));
    }

    private WrittenCampaign host(String name, HostRole role, OptionalInt vcpus) {
        TreeMap<String, String> found = new TreeMap<>();
        found.put("jdk.version", "17.0.15");
        hosts.add(new CampaignHost(name, role, "ssh " + name, Optional.of("box"), OptionalInt.of(2), vcpus, found));
        return this;
    }

    public WrittenCampaign scenario(String name, Participant... participants) {
        return scenario(name, 1, participants);
    }

    public WrittenCampaign scenario(String name, int occurrences, Participant... participants) {
        scenarios.add(new Scenario(name, occurrences, List.of(participants)));
        return this;
    }

    public WrittenCampaign without(Slot slot) {
        missing.add(slot);
        return this;
    }

    public WrittenCampaign voidFirst(Slot slot, String reason) {
        voidFirst.put(slot, reason);
        return this;
    }

    public WrittenCampaign unit(String name) {
        unit = name;
        return this;
    }

    /** Writes all slots; one fork a slot, each numbered by its slot's round. */
    public Campaign write(Scores scores) throws Exception {
        CampaignHeader header = new CampaignHeader(
                "0.1.0",
                "mine",
                "2026-11-29T01:00:00Z",
                "name: mine\n",
                4711,
                rounds,
                2,
                "remote 127.0.0.1:12123/udp",
                hosts,
                scenarios);
        try (CampaignJournal journal = CampaignFolder.create(folder).begin(header)) {
            for (Slot slot : header.slots()) {
                int number = 1;
                if (voidFirst.containsKey(slot)) {
                    journal.append(attempt(header, slot, number, scores, Optional.ofNullable(voidFirst.get(slot))));
                    number++;
                }
                if (!missing.contains(slot)) {
                    journal.append(attempt(header, slot, number, scores, Optional.empty()));
                }
            }
        }
        return Campaign.read(folder);
    }

    private Attempt attempt(CampaignHeader header, Slot slot, int number, Scores scores, Optional<String> voidReason) {
        List<Participation> participations = header.scenario(slot.scenario()).orElseThrow().participants().stream()
                .map(one -> one.role() == LoadRole.IDLE
                        ? participation(slot, one, List.of())
                        : participation(slot, one, iterations(scores.of(slot, one))))
                .toList();
        return new Attempt(slot, number, "2026-11-29T01:00:05Z", OptionalLong.of(GO_NS), participations, voidReason);
    }

    private Participation participation(Slot slot, Participant one, List<TimedIteration> iterations) {
        boolean idle = iterations.isEmpty();
        return new Participation(
                one.host(),
                one.role(),
                one.workload(),
                idle ? Optional.empty() : Optional.of(configuration(one.workload())),
                idle ? Optional.empty() : Optional.of(new BoundedInstant(GO_NS + 20_000, 50_000)),
                idle ? Optional.empty() : Optional.of(iterations.get(0).begin()),
                idle
                        ? Optional.empty()
                        : Optional.of(iterations.get(iterations.size() - 1).end()),
                idle ? "" : unit,
                iterations,
                idle ? OptionalInt.empty() : OptionalInt.of(slot.round()),
                0,
                idle ? 0 : 96,
                Optional.empty());
    }

    /** What a workload runs. */
    public static Configuration configuration(String workload) {
        return new Configuration("bench.Bench." + workload, "thrpt", 1, new TreeMap<>());
    }

    /** One of padding, three that count and have the given mean, one of padding. */
    private static List<TimedIteration> iterations(double score) {
        List<TimedIteration> iterations = new ArrayList<>();
        double[] shares = {7, 0.9, 1.0, 1.1, 7};
        for (int i = 0; i < shares.length; i++) {
            long begin = GO_NS + i * SECOND_NS;
            iterations.add(new TimedIteration(
                    new BoundedInstant(begin, 50_000),
                    new BoundedInstant(begin + SECOND_NS, 60_000),
                    score * shares[i],
                    i > 0 && i < shares.length - 1));
        }
        return iterations;
    }
}
