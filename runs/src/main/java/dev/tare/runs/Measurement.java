package dev.tare.runs;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The result of one configuration in one run.
 *
 * @param configuration what was measured
 * @param settings how it was measured
 * @param primary the benchmark's own score
 * @param secondary counters, percentiles and what profilers added, by label
 * @param facts what is not a number (such as {@code direct}), by key; several values where forks disagree
 * @param remarks what is odd about the raw data, in sentences
 * @param forkRecords the forks that count, in the order of their rounds; empty for a measurement made of others
 */
public record Measurement(
        Configuration configuration,
        Settings settings,
        Metric primary,
        SortedMap<String, Metric> secondary,
        SortedMap<String, SortedSet<String>> facts,
        List<String> remarks,
        List<ForkRecord> forkRecords) {
    /** Keeps copies of the collections. */
    public Measurement {
        secondary = Collections.unmodifiableSortedMap(new TreeMap<>(secondary));
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        remarks = List.copyOf(remarks);
        forkRecords = List.copyOf(forkRecords);
    }

    /** A measurement that was made of others and has no forks of its own. */
    public Measurement(
            Configuration configuration,
            Settings settings,
            Metric primary,
            SortedMap<String, Metric> secondary,
            SortedMap<String, SortedSet<String>> facts,
            List<String> remarks) {
        this(configuration, settings, primary, secondary, facts, remarks, List.of());
    }

    /** The number of forks that yielded a score. */
    public int forks() {
        return primary.byRound().size();
    }

    Measurement withFacts(SortedMap<String, SortedSet<String>> journalFacts) {
        return new Measurement(configuration, settings, primary, secondary, journalFacts, remarks, forkRecords);
    }
}
