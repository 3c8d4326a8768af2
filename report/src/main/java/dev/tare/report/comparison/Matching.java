package dev.tare.report.comparison;

import dev.tare.runs.Configuration;
import dev.tare.runs.Measurement;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the same configuration in several runs, and says what has no counterpart. */
final class Matching {
    private static final int MOST_LISTED = 5;

    private final List<Run> runs;
    private final int baseline;
    private final Map<Configuration, List<Side>> sides = new LinkedHashMap<>();

    Matching(List<Run> runs, int baseline) {
        if (baseline < 0 || baseline >= runs.size()) {
            throw new IllegalArgumentException(
                    "Expected a baseline from 0 to " + (runs.size() - 1) + ", got " + baseline);
        }
        this.runs = runs;
        this.baseline = baseline;
        for (int run = 0; run < runs.size(); run++) {
            for (Measurement measurement : runs.get(run).measurements()) {
                sides.computeIfAbsent(measurement.configuration(), any -> new ArrayList<>())
                        .add(new Side(run, runs.get(run).name(), measurement));
            }
        }
    }

    /** The baseline's configurations, in its order. */
    List<Configuration> ofBaseline() {
        return runs.get(baseline).measurements().stream()
                .map(Measurement::configuration)
                .toList();
    }

    /** The runs that have this configuration. */
    List<Side> sides(Configuration configuration) {
        return sides.getOrDefault(configuration, List.of());
    }

    void requireCommonGround() throws IncomparableRunsException {
        for (int run = 0; run < runs.size(); run++) {
            int other = run;
            if (sides.values().stream().noneMatch(all -> has(all, baseline) && has(all, other))) {
                throw new IncomparableRunsException(runs.get(run).name() + " and "
                        + runs.get(baseline).name()
                        + " have no configuration in common: expected the same benchmark, mode, threads and parameters\n"
                        + listed(baseline) + "\n" + listed(run)
                        + "\nRun the same profile with the same parameters on both sides.");
            }
        }
    }

    private String listed(int run) {
        List<Measurement> all = runs.get(run).measurements();
        return "  " + runs.get(run).name() + " has "
                + all.stream()
                        .limit(MOST_LISTED)
                        .map(measurement -> measurement.configuration().toString())
                        .collect(Collectors.joining("\n    and "))
                + (all.size() > MOST_LISTED ? "\n    and " + (all.size() - MOST_LISTED) + " more" : "");
    }

    /** One sentence for each configuration that is not in all runs. */
    List<String> unmatched() {
        List<String> sentences = new ArrayList<>();
        sides.forEach((configuration, all) -> {
            if (all.size() < runs.size()) {
                sentences.add(configuration + ": only in "
                        + all.stream().map(Side::name).collect(Collectors.joining(" and "))
                        + (has(all, baseline) && all.size() > 1 ? "" : ", not compared"));
            }
        });
        return sentences;
    }

    private static boolean has(List<Side> all, int run) {
        return all.stream().anyMatch(side -> side.run() == run);
    }
}
