package dev.tare.report.comparison;

import dev.tare.runs.Measurement;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What should be equal between the sides of a row and is not, and what each side says against itself. */
final class Remarks {
    /** What a fact's value says when a guest measured with its own clock: true of one side is worth a remark. */
    private static final String UNVERIFIED = "not verified";

    private Remarks() {}

    static List<String> of(List<Side> sides) {
        List<String> remarks = new ArrayList<>();
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        Map<String, Map<String, String>> facts = new LinkedHashMap<>();
        Set<String> figures = figures(sides);
        for (Side side : sides) {
            Measurement measurement = side.measurement();
            settings.put(side.name(), measurement.settings().values());
            if (!measurement.facts().isEmpty()) {
                Map<String, String> conditions = joined(measurement.facts());
                conditions.keySet().removeAll(figures);
                facts.put(side.name(), conditions);
            }
            measurement.remarks().forEach(remark -> remarks.add(remark + " (" + side.name() + ")"));
            remarks.addAll(withinRun(side, figures));
        }
        remarks.addAll(Differences.between(settings, "not recorded"));
        remarks.addAll(Differences.between(facts, "not recorded"));
        unequalForks(sides).ifPresent(remarks::add);
        return remarks;
    }

    /** Facts that are measured anew in each fork, such as shares of threads: they differ between forks in digits only. */
    private static Set<String> figures(List<Side> sides) {
        Set<String> figures = new TreeSet<>();
        for (Side side : sides) {
            side.measurement().facts().forEach((key, values) -> {
                if (Measurement.sameShape(values)) {
                    figures.add(key);
                }
            });
        }
        return figures;
    }

    private static List<String> withinRun(Side side, Set<String> figures) {
        List<String> remarks = new ArrayList<>();
        side.measurement().facts().forEach((key, values) -> {
            if (values.size() > 1 && !figures.contains(key)) {
                remarks.add(key + ": forks disagree, " + String.join(" and ", values) + " (" + side.name() + ")");
            }
            values.stream()
                    .filter(value -> value.contains(UNVERIFIED))
                    .forEach(value -> remarks.add(key + ": " + value + " (" + side.name() + ")"));
        });
        return remarks;
    }

    /** Welch's interval loses coverage when few forks stand against many: 90 instead of 95 % for 2 against 10. */
    private static Optional<String> unequalForks(List<Side> sides) {
        IntSummaryStatistics forks =
                sides.stream().mapToInt(side -> side.measurement().forks()).summaryStatistics();
        return forks.getMin() > 1 && forks.getMax() > 2 * forks.getMin()
                ? Optional.of("interval too narrow: " + forks.getMin() + " forks against " + forks.getMax()
                        + ", make as many on both sides")
                : Optional.empty();
    }

    private static Map<String, String> joined(Map<String, SortedSet<String>> facts) {
        Map<String, String> joined = new TreeMap<>();
        facts.forEach((key, values) -> joined.put(key, String.join(" or ", values)));
        return joined;
    }
}
