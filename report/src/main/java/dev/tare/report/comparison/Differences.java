package dev.tare.report.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says in one sentence what several runs have of the same thing, when it is not the same. */
final class Differences {
    private Differences() {}

    /**
     * Compares named maps key by key.
     *
     * @param sides run name to its values by key
     * @param absent what to say of a run that lacks a key that another has
     * @return one sentence for each key that not all have alike, such as {@code direct: yes in native, no in vm}
     */
    static List<String> between(Map<String, Map<String, String>> sides, String absent) {
        Set<String> keys = new LinkedHashSet<>();
        sides.values().forEach(values -> keys.addAll(values.keySet()));
        List<String> sentences = new ArrayList<>();
        for (String key : keys) {
            Map<String, String> valueByRun = new LinkedHashMap<>();
            sides.forEach((run, values) -> valueByRun.put(run, values.getOrDefault(key, absent)));
            of(valueByRun).ifPresent(difference -> sentences.add(key + ": " + difference));
        }
        return sentences;
    }

    /** {@code yes in native, no in pv and hvm}; empty when all have the same. */
    private static Optional<String> of(Map<String, String> valueByRun) {
        Map<String, List<String>> runsByValue = new LinkedHashMap<>();
        valueByRun.forEach((run, value) ->
                runsByValue.computeIfAbsent(value, any -> new ArrayList<>()).add(run));
        if (runsByValue.size() < 2) {
            return Optional.empty();
        }
        return Optional.of(runsByValue.entrySet().stream()
                .map(entry -> (entry.getKey().isEmpty() ? "none" : entry.getKey()) + " in "
                        + String.join(" and ", entry.getValue()))
                .collect(Collectors.joining(", ")));
    }
}
