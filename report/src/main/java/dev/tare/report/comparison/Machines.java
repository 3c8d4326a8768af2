package dev.tare.report.comparison;

import dev.tare.runs.Environment;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the machines of several runs: what should be the same, and what merely differs. */
final class Machines {
    private static final List<String> SECTIONS_TO_AGREE = List.of("jdk", "tare");
    private static final String PROCESSOR = "cpu.model";
    /** Where a JDK lies says nothing of what it is. */
    private static final List<String> PATHS = List.of("jdk.home", "jdk.launcher");

    private static final String HYPERVISOR = "virtualization.hypervisor";
    private static final String NO_HYPERVISOR = "none";
    private static final String CLOCK_FACT = "clock";

    private final List<Run> runs;

    Machines(List<Run> runs) {
        this.runs = runs;
    }

    /** JDK, flags, version of the benchmarks, processor: what makes a comparison doubtful when it differs. */
    List<String> disagreements() {
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        Map<String, Map<String, String>> unknown = new LinkedHashMap<>();
        for (Run run : known()) {
            Map<String, String> relevant = new TreeMap<>();
            SECTIONS_TO_AGREE.forEach(
                    section -> relevant.putAll(run.environment().section(section)));
            relevant.keySet().removeAll(PATHS);
            run.environment().fact(PROCESSOR).ifPresent(model -> relevant.put(PROCESSOR, model));
            facts.put(run.name(), relevant);
        }
        List<String> sentences = new ArrayList<>(Differences.between(facts, "not recorded"));
        facts.forEach((name, relevant) -> relevant.forEach((key, value) -> {
            if (value.equals(Environment.UNKNOWN)) {
                unknown.computeIfAbsent(key, any -> new LinkedHashMap<>()).put(name, value);
            }
        }));
        unknown.forEach((key, names) -> sentences.add(
                key + " is unknown in " + String.join(" and ", names.keySet()) + ": agreement cannot be checked"));
        return sentences;
    }

    /** Guests whose results do not say by which clock they were measured: it was their own. */
    List<String> unverifiedClocks() {
        Map<String, List<String>> runsByMachine = new TreeMap<>();
        for (Run run : runs) {
            boolean recorded = run.measurements().stream()
                    .allMatch(measurement -> measurement.facts().containsKey(CLOCK_FACT));
            Optional<String> hypervisor = run.environment().fact(HYPERVISOR);
            if (!recorded && hypervisor.isPresent() && !hypervisor.get().equals(NO_HYPERVISOR)) {
                boolean certain = !hypervisor.get().equals(Environment.UNKNOWN);
                String machine = certain ? "guest" : "machine that may be a guest";
                runsByMachine.computeIfAbsent(machine, any -> new ArrayList<>()).add(run.name());
            }
        }
        List<String> sentences = new ArrayList<>();
        runsByMachine.forEach((machine, names) ->
                sentences.add("local clock of a " + machine + ", not verified (" + String.join(" and ", names) + ")"));
        return sentences;
    }

    /** All other facts that differ, key to the value of each run with an environment. */
    Map<String, List<String>> differences() {
        Map<String, List<String>> differences = new TreeMap<>();
        for (Run run : known()) {
            run.environment().facts().keySet().forEach(key -> differences.computeIfAbsent(key, this::values));
        }
        differences.values().removeIf(values -> values.stream().distinct().count() < 2);
        return differences;
    }

    private List<String> values(String key) {
        return runs.stream().map(run -> run.environment().fact(key).orElse("")).toList();
    }

    private List<Run> known() {
        return runs.stream().filter(run -> !run.environment().facts().isEmpty()).toList();
    }
}
