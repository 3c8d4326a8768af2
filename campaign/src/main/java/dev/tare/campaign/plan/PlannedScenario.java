package dev.tare.campaign.plan;

import dev.tare.runs.campaign.LoadRole;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What some hosts are to do at the same time.
 *
 * @param name of the scenario
 * @param occurrences how often in each round
 * @param parts what each host does, in the order of the plan
 * @param before a shell command on the management host in front of each attempt
 * @param after one behind it, whatever came of it
 */
public record PlannedScenario(
        String name, int occurrences, List<Part> parts, Optional<String> before, Optional<String> after) {
    /** Keeps a copy. */
    public PlannedScenario {
        parts = List.copyOf(parts);
    }

    /**
     * What one host does.
     *
     * @param host its name
     * @param role measured, load or idle
     * @param workload the plan's word for it; empty when idle
     * @param line the JMH command line with partners still by their names; empty when idle
     * @param share the declared part of what it has alone that it can have; empty when nobody said
     */
    public record Part(String host, LoadRole role, String workload, String line, OptionalDouble share) {
        /** Whether it runs a benchmark. */
        public boolean isActive() {
            return role != LoadRole.IDLE;
        }
    }

    /** The parts that run a benchmark. */
    public List<Part> active() {
        return parts.stream().filter(Part::isActive).toList();
    }
}
