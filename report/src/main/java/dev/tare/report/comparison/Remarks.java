package dev.tare.report.comparison;

import dev.tare.report.results.Measurement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;

/** What should be equal between the sides of a row and is not, and what each side says against itself. */
final class Remarks {
    /** What a fact's value says when a guest measured with its own clock: true of one side is worth a remark. */
    private static final String UNVERIFIED = "not verified";

    private Remarks() {}

    static List<String> of(List<Side> sides) {
        List<String> remarks = new ArrayList<>();
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        for (Side side : sides) {
            Measurement measurement = side.measurement();
            settings.put(side.name(), measurement.settings().values());
            if (!measurement.facts().isEmpty()) {
                facts.put(side.name(), joined(measurement.facts()));
            }
            measurement.remarks().forEach(remark -> remarks.add(remark + " (" + side.name() + ")"));
            remarks.addAll(withinRun(side));
        }
        remarks.addAll(Differences.between(settings, "not recorded"));
        remarks.addAll(Differences.between(facts, "not recorded"));
        return remarks;
    }

    private static List<String> withinRun(Side side) {
        List<String> remarks = new ArrayList<>();
        side.measurement().facts().forEach((key, values) -> {
            if (values.size() > 1) {
                remarks.add(key + ": forks disagree, " + String.join(" and ", values) + " (" + side.name() + ")");
            }
            values.stream()
                    .filter(value -> value.contains(UNVERIFIED))
                    .forEach(value -> remarks.add(key + ": " + value + " (" + side.name() + ")"));
        });
        return remarks;
    }

    private static Map<String, String> joined(Map<String, SortedSet<String>> facts) {
        Map<String, String> joined = new TreeMap<>();
        facts.forEach((key, values) -> joined.put(key, String.join(" or ", values)));
        return joined;
    }
}
