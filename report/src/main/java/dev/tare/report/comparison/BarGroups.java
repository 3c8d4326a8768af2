package dev.tare.report.comparison;

import dev.tare.runs.Run;
import dev.tare.runs.RunHeader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How runs become bars: each run a bar, or by the user's labels and what is known of the machines: the last of these words
 * tells the bars of a group from each other, those before tell the groups.
 *
 * @param columns what the bars of a group are
 * @param groups the runs of each group, one for each column
 * @param isPlain whether each run is a bar of the only group
 */
record BarGroups(List<String> columns, List<Group> groups, boolean isPlain) {
    private static final String UNKNOWN = "unknown";

    /** Keeps copies. */
    BarGroups {
        columns = List.copyOf(columns);
        groups = List.copyOf(groups);
    }

    /**
     * One group.
     *
     * @param name empty for the only one
     * @param runs places of runs, from 0; empty where the group has none
     */
    record Group(String name, List<Optional<Integer>> runs) {}

    /** Each run a bar, the baseline first. */
    static BarGroups ofRuns(List<Run> runs, int baseline) {
        List<Integer> order = new ArrayList<>(List.of(baseline));
        for (int run = 0; run < runs.size(); run++) {
            if (run != baseline) {
                order.add(run);
            }
        }
        return new BarGroups(
                order.stream().map(run -> runs.get(run).name()).toList(),
                List.of(new Group("", order.stream().map(Optional::of).toList())),
                true);
    }

    /** By these labels or facts; those of the baseline come first. */
    static BarGroups by(List<String> keys, List<Run> runs, int baseline) {
        Map<String, Map<String, Integer>> byGroup = new LinkedHashMap<>();
        List<String> columns = new ArrayList<>();
        List<Integer> order = new ArrayList<>(List.of(baseline));
        for (int run = 0; run < runs.size(); run++) {
            if (run != baseline) {
                order.add(run);
            }
        }
        for (int run : order) {
            List<String> values = new ArrayList<>();
            for (String key : keys) {
                values.add(value(runs.get(run), key).orElse(UNKNOWN));
            }
            String column = values.remove(values.size() - 1);
            Map<String, Integer> group =
                    byGroup.computeIfAbsent(String.join(", ", values), any -> new LinkedHashMap<>());
            // Two runs that these words do not tell apart keep their names.
            String free =
                    group.containsKey(column) ? column + " (" + runs.get(run).name() + ")" : column;
            group.put(free, run);
            if (!columns.contains(free)) {
                columns.add(free);
            }
        }
        List<Group> groups = new ArrayList<>();
        byGroup.forEach((name, all) -> groups.add(new Group(
                name,
                columns.stream()
                        .map(column -> Optional.ofNullable(all.get(column)))
                        .toList())));
        return new BarGroups(columns, groups, false);
    }

    /** What a label or a fact says of a run. */
    static Optional<String> value(Run run, String key) {
        Optional<String> label = run.header().map(RunHeader::labels).map(labels -> labels.get(key));
        return label.or(() -> run.environment().fact(key));
    }
}
