package dev.tare.clock.profile;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a true clock would have let JMH score: the score lies between the two.
 *
 * @param errorPercent error that the result states for itself; 0 when it states none
 */
record Bracket(JmhOutput.Scored scored, double least, double greatest, double errorPercent) {
    /** Brackets of a run with one fork of one iteration per benchmark and mode. */
    static List<Bracket> of(JmhOutput output) {
        List<JmhOutput.Scored> scores = output.scores();
        List<JmhOutput.Truth> truths = output.truths();
        if (scores.isEmpty() || scores.size() != truths.size()) {
            throw new IllegalStateException("expected a score for every iteration, got " + output);
        }
        return IntStream.range(0, scores.size())
                .mapToObj(i -> of(scores.get(i), truths.get(i)))
                .toList();
    }

    private static Bracket of(JmhOutput.Scored scored, JmhOutput.Truth truth) {
        boolean perCall = scored.benchmark().equals("workBetweenFixtures");
        double leastMs = (perCall || scored.mode().equals("sample") ? truth.shortestSumNs() : truth.shortestNs()) / 1e6;
        double greatestMs = (perCall ? truth.longestSumNs() : truth.longestNs()) / 1e6;
        double error = scored.json().contains("\"clock.errorPercent\"") ? scored.number("clock.errorPercent") : 0;
        return scored.mode().equals("thrpt")
                ? new Bracket(scored, truth.operations() / greatestMs, truth.operations() / leastMs, error)
                : new Bracket(scored, leastMs / truth.operations(), greatestMs / truth.operations(), error);
    }

    /** Whether the score is true within the error that it states. */
    boolean holds() {
        return scored.score() >= least * (1 - errorPercent / 100)
                && scored.score() <= greatest * (1 + errorPercent / 100);
    }

    /** How far the score is from the bracket's middle, as a factor. */
    double factor() {
        return scored.score() / ((least + greatest) / 2);
    }

    /** Width of the bracket, in percent of its middle. */
    double widthPercent() {
        return 200 * (greatest - least) / (greatest + least);
    }
}
