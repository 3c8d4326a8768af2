package dev.tare.report.comparison;

import dev.tare.runs.Configuration;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs side by side. With one run it is that run's own view, without efficiencies.
 *
 * @param runs the compared runs in the given order, with names that differ
 * @param baseline the place of the run that the others are compared with, from 0
 * @param rows the main quantity of each configuration that the baseline shares with another run
 * @param details all secondary metrics of the same configurations
 * @param unmatched configurations that were not compared, in sentences
 * @param disagreements what should be equal in all runs and is not, or is wrong with one, in sentences
 * @param machine facts about the machines that differ, by key, with the value of each run (empty where it has none)
 */
public record Comparison(
        List<Run> runs,
        int baseline,
        List<Row> rows,
        List<Row> details,
        List<String> unmatched,
        List<String> disagreements,
        Map<String, List<String>> machine) {

    /** The view of a single run. */
    public static Comparison of(Run run) {
        try {
            return of(List.of(run), 0);
        } catch (IncomparableRunsException e) {
            throw new IllegalStateException("Expected one run to be comparable with itself", e);
        }
    }

    /**
     * Compares runs configuration by configuration: same benchmark, mode, threads and parameters.
     *
     * @param runs one or more runs with names that differ, as {@link Run#readAll} gives them
     * @param baseline which of them is the native one, from 0
     * @throws IncomparableRunsException when a run has no configuration in common with the baseline
     */
    public static Comparison of(List<Run> runs, int baseline) throws IncomparableRunsException {
        Matching matching = new Matching(
                runs.stream().map(KernelAverage::appended).map(PeakShare::added).toList(), baseline);
        matching.requireCommonGround();
        List<Row> rows = new ArrayList<>();
        List<Row> details = new ArrayList<>();
        for (Configuration configuration : matching.ofBaseline()) {
            List<Side> sides = matching.sides(configuration);
            if (sides.size() > 1 || runs.size() == 1) {
                RowBuilder builder = new RowBuilder(runs.size(), baseline, sides);
                Row main = builder.main();
                rows.add(main);
                details.addAll(builder.details(main));
            }
        }
        Machines machines = new Machines(runs);
        List<String> disagreements = new ArrayList<>(machines.disagreements());
        disagreements.addAll(machines.unverifiedClocks());
        runs.forEach(run -> {
            disagreements.addAll(prefixed(run, run.warnings()));
            disagreements.addAll(prefixed(run, run.missingForks()));
            run.failures()
                    .forEach(failure -> disagreements.add(run.name() + ": " + failure.configuration()
                            + " failed in round " + failure.round() + ": " + failure.message()));
        });
        return new Comparison(
                List.copyOf(runs),
                baseline,
                rows,
                details,
                matching.unmatched(),
                disagreements,
                machines.differences());
    }

    /**
     * How much of the peak each calculation reaches, in per cent: those of the details that say it, where a run measured
     * both.
     */
    public List<Row> sharesOfPeak() {
        return details.stream()
                .filter(row -> row.metric().equals(PeakShare.LABEL))
                .toList();
    }

    private static List<String> prefixed(Run run, List<String> sentences) {
        return sentences.stream().map(sentence -> run.name() + ": " + sentence).toList();
    }
}
