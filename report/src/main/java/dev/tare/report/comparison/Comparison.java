package dev.tare.report.comparison;

import dev.tare.report.document.Document;
import dev.tare.report.document.Row;
import dev.tare.report.document.RunNames;
import dev.tare.runs.Configuration;
import dev.tare.runs.Counted;
import dev.tare.runs.Measurement;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs side by side. With one run it is that run's own view, without efficiencies.
 *
 * @param runs the compared runs in the given order, with names that differ
 * @param baseline the place of the run that the others are compared with, from 0
 * @param rows the primary quantity of each configuration that the baseline shares with another run
 * @param details all secondary metrics of the same configurations
 * @param unmatched configurations that are not in all runs, in sentences
 * @param warnings what should be equal in all runs and is not, or is wrong with one, in sentences
 * @param incomplete what the runs lack of what they were to measure, or of each other, in sentences; empty when they are
 *     complete
 */
public record Comparison(
        List<Run> runs,
        int baseline,
        List<Row> rows,
        List<Row> details,
        List<String> unmatched,
        List<String> warnings,
        List<String> incomplete) {
    private static final int MOST_LISTED = 5;

    /** Keeps copies of the lists. */
    public Comparison {
        runs = List.copyOf(runs);
        rows = List.copyOf(rows);
        details = List.copyOf(details);
        unmatched = List.copyOf(unmatched);
        warnings = List.copyOf(warnings);
        incomplete = List.copyOf(incomplete);
    }

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
        if (baseline < 0 || baseline >= runs.size()) {
            throw new IllegalArgumentException(
                    "Expected a baseline from 0 to " + (runs.size() - 1) + ", got " + baseline);
        }
        List<Run> derived = runs.stream().map(DerivedMetrics::added).toList();
        Map<Configuration, List<Side>> sides = sides(derived);
        requireCommonGround(runs, baseline, sides);
        List<Row> rows = new ArrayList<>();
        List<Row> details = new ArrayList<>();
        for (Measurement measurement : derived.get(baseline).measurements()) {
            List<Side> ofOne = sides.getOrDefault(measurement.configuration(), List.of());
            if (ofOne.size() > 1 || runs.size() == 1) {
                ConfigurationRows all = new ConfigurationRows(runs.size(), baseline, ofOne);
                Row primary = all.primary();
                rows.add(primary);
                details.addAll(all.secondary(primary));
            }
        }
        List<String> warnings = new ArrayList<>(Warnings.ofRuns(runs));
        RunNames lackingByRun = new RunNames();
        runs.forEach(run -> lacking(run).forEach(sentence -> lackingByRun.add(sentence, run.name())));
        List<String> lacking = lackingByRun.inFront();
        warnings.addAll(lacking);
        List<String> incomplete = new ArrayList<>();
        runs.stream().filter(run -> !run.ended()).forEach(run -> incomplete.add(run.name() + ": the run did not end"));
        incomplete.addAll(lacking);
        List<String> unmatched = unmatched(runs, baseline, sides);
        incomplete.addAll(unmatched);
        return new Comparison(runs, baseline, rows, details, unmatched, warnings, incomplete);
    }

    /** The runs that have each configuration. */
    private static Map<Configuration, List<Side>> sides(List<Run> runs) {
        Map<Configuration, List<Side>> sides = new LinkedHashMap<>();
        for (int index = 0; index < runs.size(); index++) {
            for (Measurement measurement : runs.get(index).measurements()) {
                sides.computeIfAbsent(measurement.configuration(), any -> new ArrayList<>())
                        .add(new Side(index, runs.get(index), measurement));
            }
        }
        return sides;
    }

    private static boolean has(List<Side> sides, int run) {
        return sides.stream().anyMatch(side -> side.index() == run);
    }

    private static void requireCommonGround(List<Run> runs, int baseline, Map<Configuration, List<Side>> sides)
            throws IncomparableRunsException {
        for (int run = 0; run < runs.size(); run++) {
            int other = run;
            if (sides.values().stream().noneMatch(all -> has(all, baseline) && has(all, other))) {
                throw new IncomparableRunsException(runs.get(run).name() + " and "
                        + runs.get(baseline).name()
                        + " have no configuration in common: expected the same benchmark, mode, threads and parameters\n"
                        + listed(runs.get(baseline)) + "\n" + listed(runs.get(run))
                        + "\nRun the same profile with the same parameters on both sides.");
            }
        }
    }

    private static String listed(Run run) {
        List<Measurement> all = run.measurements();
        return "  " + run.name() + " has "
                + all.stream()
                        .limit(MOST_LISTED)
                        .map(measurement -> measurement.configuration().toString())
                        .collect(Collectors.joining("\n    and "))
                + (all.size() > MOST_LISTED ? "\n    and " + (all.size() - MOST_LISTED) + " more" : "");
    }

    private static List<String> unmatched(List<Run> runs, int baseline, Map<Configuration, List<Side>> sides) {
        List<String> sentences = new ArrayList<>();
        sides.forEach((configuration, all) -> {
            if (all.size() < runs.size()) {
                sentences.add(configuration + ": only in "
                        + RunNames.joined(all.stream().map(Side::name).toList())
                        + (has(all, baseline) && all.size() > 1 ? "" : ", not compared"));
            }
        });
        return sentences;
    }

    /** All that failed, and the first few of the others. */
    private static List<String> lacking(Run run) {
        List<String> missing = run.missingForks();
        int shown = Math.max(MOST_LISTED, run.failedConfigurations());
        List<String> sentences = new ArrayList<>();
        missing.stream().limit(shown).forEach(sentences::add);
        if (missing.size() > shown) {
            sentences.add("and "
                    + Counted.of(
                            missing.size() - shown,
                            "more configuration lacks forks",
                            "more configurations lack forks"));
        }
        return sentences;
    }

    /**
     * How much of the peak each calculation reaches, in per cent: those of the details that say it, where a run measured
     * both.
     */
    public List<Row> sharesOfPeak() {
        return details.stream()
                .filter(row -> row.metric().equals(DerivedMetrics.SHARE_OF_PEAK))
                .toList();
    }

    /** All of it as a document, which can be printed as text, Markdown, CSV and as a page. */
    public Document document() {
        return document(DocumentOptions.NONE);
    }

    /** The same with what a reader wants beyond. */
    public Document document(DocumentOptions options) {
        return new ComparisonDocument(this, options).document();
    }
}
