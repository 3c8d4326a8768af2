package dev.tare.runs;

import java.util.List;

/**
 * One of JMH's metrics, fork by fork.
 *
 * @param scoreUnit JMH's unit
 * @param score JMH's score over all forks; NaN and infinities are kept
 * @param forkScores the score of each fork, in the order of the forks; empty when JMH kept no raw data for this metric
 */
public record Metric(String scoreUnit, double score, List<Double> forkScores) {
    /** Keeps a copy of the fork scores. */
    public Metric {
        forkScores = List.copyOf(forkScores);
    }
}
