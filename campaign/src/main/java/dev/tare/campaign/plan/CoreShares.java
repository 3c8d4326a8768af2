package dev.tare.campaign.plan;

import dev.tare.campaign.agent.HostWork.PlannedLine;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.machine.MachineFiles;
import dev.tare.runs.campaign.CampaignHost;
import dev.tare.runs.campaign.ExpectedShare;
import dev.tare.runs.campaign.LoadRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What hosts of one physical machine can have at most of its cores beside each other. A share that the plan declares wins; of
 * disk, network, timers and servers nothing follows from cores. Hosts that share a kernel and are kept on some of its processors (taskset,
 * cpuset) share the cores of those alone that they may use together.
 */
public final class CoreShares {
    /** Fact of a host: the processors that it may use, each with the first one of its core, {@code 0:0,1:0}. */
    public static final String ALLOWED = "cpu.allowed";
    /** Fact of a host: which running kernel it has. */
    public static final String KERNEL = "kernel.boot";
    /** Benchmarks whose work is done by a disk, a network, a timer, or a server of more processes than they have threads. */
    private static final List<String> OF_OTHERS = List.of(
            "dev.tare.io.",
            "dev.tare.net.",
            "dev.tare.os.TimerBench.sleep",
            "dev.tare.os.TimerBench.parkNanos",
            "dev.tare.app.");

    private final Map<String, CampaignHost> hosts;
    private final Map<String, PlannedLine> lines;

    /**
     * Shares in one scenario.
     *
     * @param hosts by name, with what was found there
     * @param lines what those that run something run
     */
    public CoreShares(Map<String, CampaignHost> hosts, Map<String, PlannedLine> lines) {
        this.hosts = hosts;
        this.lines = lines;
    }

    /** What a part of the scenario can expect; empty where nothing follows from what is known. */
    public Optional<ExpectedShare> of(Part part) {
        if (part.share().isPresent()) {
            return Optional.of(new ExpectedShare(part.share().getAsDouble(), "declared"));
        }
        CampaignHost host = hosts.get(part.host());
        PlannedLine line = lines.get(part.host());
        if (part.role() != LoadRole.MEASURED || host == null || line == null || isOfOthers(line)) {
            return Optional.empty();
        }
        List<CampaignHost> busy = new ArrayList<>();
        lines.forEach((name, other) -> {
            CampaignHost running = hosts.get(name);
            if (running != null && !isOfOthers(other)) {
                busy.add(wanting(running, other.configuration().threads()));
            }
        });
        Optional<ExpectedShare> together = ofProcessors(host, busy);
        return together.isPresent() ? together : ExpectedShare.ofCores(host, busy);
    }

    private static boolean isOfOthers(PlannedLine line) {
        return OF_OTHERS.stream().anyMatch(line.configuration().benchmark()::startsWith);
    }

    /** A host wants no more processors than its benchmark has threads. */
    private static CampaignHost wanting(CampaignHost host, int threads) {
        return new CampaignHost(
                host.name(),
                host.role(),
                host.channel(),
                host.machine(),
                host.machineCores(),
                host.vcpus().isPresent()
                        ? OptionalInt.of(Math.min(threads, host.vcpus().getAsInt()))
                        : OptionalInt.empty(),
                host.found());
    }

    /** For hosts that are JVMs of one kernel: the cores that those may use whose processors overlap with the host's, step by step. */
    private Optional<ExpectedShare> ofProcessors(CampaignHost host, List<CampaignHost> busy) {
        String kernel = host.found().get(KERNEL);
        if (kernel == null || allowed(host).isEmpty()) {
            return Optional.empty();
        }
        List<CampaignHost> others = new ArrayList<>(busy.stream()
                .filter(other -> kernel.equals(other.found().get(KERNEL)))
                .toList());
        if (others.size() < 2 && !host.machine().isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Integer> together = new HashMap<>(allowed(host));
        int wanted = 0;
        boolean grown = true;
        while (grown) {
            grown = false;
            for (CampaignHost other : List.copyOf(others)) {
                if (allowed(other).keySet().stream().anyMatch(together::containsKey)) {
                    together.putAll(allowed(other));
                    wanted += other.vcpus().orElse(allowed(other).size());
                    others.remove(other);
                    grown = true;
                }
            }
        }
        Set<Integer> cores = new HashSet<>(together.values());
        return Optional.of(new ExpectedShare(
                Math.min(1, (double) cores.size() / wanted),
                cores.size() + " cores that they may use together / " + wanted + " vCPUs"));
    }

    private static Map<Integer, Integer> allowed(CampaignHost host) {
        Map<Integer, Integer> allowed = new HashMap<>();
        for (String pair : host.found().getOrDefault(ALLOWED, "").split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon > 0) {
                MachineFiles.numbersOf(pair.substring(0, colon))
                        .ifPresent(cpu -> MachineFiles.numbersOf(pair.substring(colon + 1))
                                .ifPresent(core -> allowed.put(cpu.first(), core.first())));
            }
        }
        return allowed;
    }
}
