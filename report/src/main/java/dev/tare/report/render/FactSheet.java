package dev.tare.report.render;

import dev.tare.runs.Measurement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The facts of one run, one line for each benchmark class: what most of its results say, and which say otherwise. */
final class FactSheet {
    private static final int MOST_NAMED = 3;

    private FactSheet() {}

    static List<String> lines(List<Measurement> measurements, Names names) {
        SortedMap<String, List<Measurement>> classes = new TreeMap<>();
        for (Measurement measurement : measurements) {
            if (!measurement.facts().isEmpty()) {
                classes.computeIfAbsent(names.type(measurement.configuration()), any -> new ArrayList<>())
                        .add(measurement);
            }
        }
        List<String> lines = new ArrayList<>();
        classes.forEach((type, all) -> lines.add(type + ": " + facts(all, names)));
        return lines;
    }

    private static String facts(List<Measurement> measurements, Names names) {
        SortedMap<String, Map<String, List<Measurement>>> byKey = new TreeMap<>();
        for (Measurement measurement : measurements) {
            measurement
                    .facts()
                    .forEach((key, values) -> byKey.computeIfAbsent(key, any -> new LinkedHashMap<>())
                            .computeIfAbsent(one(values), any -> new ArrayList<>())
                            .add(measurement));
        }
        return byKey.entrySet().stream()
                .map(entry -> entry.getKey() + " " + values(entry.getValue(), names))
                .collect(Collectors.joining(", "));
    }

    /** What each fork measures anew is shown by an example. */
    private static String one(SortedSet<String> values) {
        return Measurement.sameShape(values) ? values.first() + " (varies)" : String.join(" or ", values);
    }

    private static String values(Map<String, List<Measurement>> byValue, Names names) {
        if (Measurement.sameShape(byValue.keySet())) {
            return byValue.keySet().iterator().next();
        }
        String usual = byValue.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .map(Map.Entry::getKey)
                .orElse("");
        return byValue.entrySet().stream()
                .map(entry -> entry.getKey().equals(usual)
                        ? usual
                        : "(" + entry.getKey() + " in " + named(entry.getValue(), names) + ")")
                .sorted(Comparator.comparing((String value) -> !value.equals(usual)))
                .collect(Collectors.joining(" "));
    }

    private static String named(List<Measurement> measurements, Names names) {
        String first = measurements.stream()
                .limit(MOST_NAMED)
                .map(measurement -> names.withoutType(measurement.configuration()))
                .collect(Collectors.joining("; "));
        int more = measurements.size() - MOST_NAMED;
        return more > 0 ? first + "; and " + more + " more" : first;
    }
}
