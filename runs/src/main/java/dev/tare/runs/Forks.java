package dev.tare.runs;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes one measurement of the forks of one configuration, each read from its own line of the journal. */
final class Forks {
    private Forks() {}

    /**
     * @param rounds at least one fork, by round
     */
    static Measurement merge(SortedMap<Integer, Measurement> rounds) {
        List<Measurement> forks = List.copyOf(rounds.values());
        Measurement first = forks.get(0);
        List<String> remarks = new ArrayList<>();
        SortedMap<String, SortedSet<String>> facts = new TreeMap<>();
        SortedMap<String, List<Metric>> labels = new TreeMap<>();
        rounds.forEach((round, fork) -> {
            fork.remarks().forEach(remark -> remarks.add("round " + round + ": " + remark));
            fork.facts()
                    .forEach((key, values) ->
                            facts.computeIfAbsent(key, any -> new TreeSet<>()).addAll(values));
            fork.secondary()
                    .forEach((label, metric) -> labels.computeIfAbsent(label, any -> new ArrayList<>())
                            .add(metric));
        });
        SortedMap<String, Metric> secondary = new TreeMap<>();
        labels.forEach((label, metrics) -> secondary.put(label, merge(metrics)));
        Metric primary = merge(forks.stream().map(Measurement::primary).toList());
        return new Measurement(first.configuration(), first.settings(), primary, secondary, facts, remarks);
    }

    /** A fork of the journal stands alone: its score is what JMH made of its iterations, by whatever aggregation. */
    private static Metric merge(List<Metric> forks) {
        List<Double> scores = forks.stream()
                .map(fork -> fork.forkScores().size() == 1 ? fork.forkScores().get(0) : fork.score())
                .toList();
        return new Metric(forks.get(0).scoreUnit(), Aggregation.MEAN.of(scores), scores);
    }
}
