package dev.tare.report.campaign;

import dev.tare.report.rounds.Series;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participant;
import dev.tare.runs.campaign.Scenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The hosts that are measured in a scenario with the same work.
 *
 * @param scenario which one
 * @param workload what they do
 * @param members at least one
 */
record MeasuredGroup(Scenario scenario, String workload, List<Participant> members) {
    /** Keeps a copy. */
    MeasuredGroup {
        members = List.copyOf(members);
    }

    /** All groups, in the order of the plan. */
    static List<MeasuredGroup> of(List<Scenario> scenarios) {
        List<MeasuredGroup> groups = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            Map<String, List<Participant>> byWorkload = new LinkedHashMap<>();
            scenario.participants().stream()
                    .filter(one -> one.role() == LoadRole.MEASURED)
                    .forEach(one -> byWorkload
                            .computeIfAbsent(one.workload(), any -> new ArrayList<>())
                            .add(one));
            byWorkload.forEach((workload, members) -> groups.add(new MeasuredGroup(scenario, workload, members)));
        }
        return groups;
    }

    /** Whether nobody else takes part. */
    boolean isAlone() {
        return scenario.participants().size() == 1;
    }

    /** Whether others take part that do nothing, and nobody else. */
    boolean isBesideIdle() {
        return members.size() == 1 && !isAlone() && others().stream().allMatch(one -> one.role() == LoadRole.IDLE);
    }

    /** Whether it is one that others disturb. */
    boolean isDisturbed() {
        return members.size() == 1
                && others().stream().noneMatch(one -> one.role() == LoadRole.MEASURED)
                && !disturbers().isEmpty();
    }

    /** Whether it has neighbours that do something. */
    boolean hasNeighbours() {
        return !isAlone() && !isBesideIdle();
    }

    /** Those that disturb. */
    List<Participant> disturbers() {
        return others().stream().filter(one -> one.role() == LoadRole.LOAD).toList();
    }

    private List<Participant> others() {
        return scenario.participants().stream()
                .filter(one -> !members.contains(one))
                .toList();
    }

    List<String> hosts() {
        return members.stream().map(Participant::host).toList();
    }

    /** What its members run beside, such as {@code beside the same work} or {@code beside cpu load}. */
    String neighbours() {
        List<String> parts = new ArrayList<>();
        if (members.size() > 1) {
            parts.add("the same work");
        }
        others().stream()
                .filter(one -> one.role() != LoadRole.IDLE)
                .map(one -> one.role() == LoadRole.LOAD ? one.workload() + " load" : one.workload())
                .distinct()
                .forEach(parts::add);
        return "beside " + String.join(" and ", parts);
    }

    /** What each member reaches here. */
    List<Series> each(RoundRates rates) {
        return members.stream()
                .map(one -> rates.of(scenario.name(), one.host()))
                .toList();
    }
}
