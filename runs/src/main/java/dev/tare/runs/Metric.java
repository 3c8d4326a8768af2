package dev.tare.runs;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One of JMH's metrics, fork by fork.
 *
 * @param scoreUnit JMH's unit
 * @param score JMH's score over all forks; NaN and infinities are kept
 * @param byRound the score of each fork by the round that measured it, from 1; rounds whose fork failed are absent, and
 *     all are when JMH kept no raw data for this metric
 */
public record Metric(String scoreUnit, double score, SortedMap<Integer, Double> byRound) {
    /** Keeps a copy of the fork scores. */
    public Metric {
        byRound = Collections.unmodifiableSortedMap(new TreeMap<>(byRound));
    }

    /** A metric of which every round has its fork. */
    public Metric(String scoreUnit, double score, List<Double> forkScores) {
        this(scoreUnit, score, numbered(forkScores));
    }

    /** Metrics of one round each as one metric. */
    static Metric ofRounds(List<Metric> rounds) {
        SortedMap<Integer, Double> byRound = new TreeMap<>();
        rounds.forEach(round -> byRound.putAll(round.byRound()));
        double mean = byRound.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
        return new Metric(rounds.get(0).scoreUnit(), mean, byRound);
    }

    /** A fork as its journal has it stands alone: its score is what JMH made of its iterations, by whatever aggregation. */
    Metric ofRound(int round) {
        double only = byRound.size() == 1 ? forkScores().get(0) : score;
        return new Metric(scoreUnit, score, new TreeMap<>(Map.of(round, only)));
    }

    private static SortedMap<Integer, Double> numbered(List<Double> forkScores) {
        SortedMap<Integer, Double> byRound = new TreeMap<>();
        forkScores.forEach(score -> byRound.put(byRound.size() + 1, score));
        return byRound;
    }

    /** The score of each fork, in the order of their rounds. Pair forks of two metrics by {@link #byRound}. */
    public List<Double> forkScores() {
        return List.copyOf(byRound.values());
    }
}
