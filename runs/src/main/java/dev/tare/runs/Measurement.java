package dev.tare.runs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

    /** The forks of one configuration, each a measurement of one round, as one measurement. */
    static Measurement ofRounds(SortedMap<Integer, Measurement> rounds) {
        List<String> remarks = new ArrayList<>();
        SortedMap<String, SortedSet<String>> facts = new TreeMap<>();
        SortedMap<String, List<Metric>> secondary = new TreeMap<>();
        List<ForkRecord> records = new ArrayList<>();
        List<Metric> primaries = new ArrayList<>();
        rounds.forEach((round, fork) -> {
            fork.remarks().forEach(remark -> remarks.add("round " + round + ": " + remark));
            fork.facts()
                    .forEach((key, values) ->
                            facts.computeIfAbsent(key, any -> new TreeSet<>()).addAll(values));
            fork.secondary()
                    .forEach((label, metric) -> secondary
                            .computeIfAbsent(label, any -> new ArrayList<>())
                            .add(metric));
            records.addAll(fork.forkRecords());
            primaries.add(fork.primary());
        });
        SortedMap<String, Metric> merged = new TreeMap<>();
        secondary.forEach((label, metrics) -> merged.put(label, Metric.ofRounds(metrics)));
        Measurement first = rounds.values().iterator().next();
        return new Measurement(
                first.configuration(), first.settings(), Metric.ofRounds(primaries), merged, facts, remarks, records);
    }

    /** Whether both were measured in the same way, so that they can be forks of one measurement. */
    boolean isMeasuredAs(Measurement other) {
        return settings.equals(other.settings) && primary.scoreUnit().equals(other.primary.scoreUnit());
    }

    /** The number of forks that yielded a score. */
    public int forks() {
        return primary.byRound().size();
    }

    Measurement withFacts(SortedMap<String, SortedSet<String>> journalFacts) {
        return new Measurement(configuration, settings, primary, secondary, journalFacts, remarks, forkRecords);
    }
}
