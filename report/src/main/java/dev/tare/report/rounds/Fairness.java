package dev.tare.report.rounds;

import dev.tare.report.efficiency.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * How evenly hosts are served that want the same. Source: Jain, Chiu, Hawe, "A Quantitative Measure of Fairness and
 * Discrimination for Resource Allocation in Shared Computer Systems", DEC TR-301, 1984.
 *
 * @param index J = (sum m)^2 / (n sum m^2) of the hosts' means over the rounds: 1 when all have the same, 1/n when one has all
 * @param interval of the index; empty for fewer than two rounds
 * @param worst the place of the host that is served worst, from 0
 * @param leastOverMost what it has, divided by what the best has
 */
public record Fairness(double index, Optional<Interval> interval, int worst, double leastOverMost) {
    /**
     * Computes it. The interval is that of the delta method: with S = sum m, Q = sum m^2 the index changes by
     * g_i = 2S/(nQ) - 2 S^2 m_i/(n Q^2) with m_i, so that l_r = sum over i of g_i (y_ir - m_i) is what round r adds, and
     * Student's t of l is that of the index, cut to 1/n..1. A percentile bootstrap covers 84 % with five rounds instead of
     * 95, and nothing at all where hosts are equal.
     *
     * @param hosts what each has, divided by what it has alone
     * @return empty for fewer than two hosts, or when no round has all of them
     */
    public static Optional<Fairness> of(List<Series> hosts) {
        SortedSet<Integer> rounds = Series.commonRounds(hosts);
        int n = hosts.size();
        if (n < 2 || rounds.isEmpty()) {
            return Optional.empty();
        }
        List<double[]> values = new ArrayList<>();
        double[] means = new double[n];
        for (int round : rounds) {
            double[] ofRound = new double[n];
            for (int i = 0; i < n; i++) {
                ofRound[i] = hosts.get(i).at(round);
                means[i] += ofRound[i] / rounds.size();
            }
            values.add(ofRound);
        }
        double sum = 0;
        double squares = 0;
        int worst = 0;
        int best = 0;
        for (int i = 0; i < n; i++) {
            sum += means[i];
            squares += means[i] * means[i];
            worst = means[i] < means[worst] ? i : worst;
            best = means[i] > means[best] ? i : best;
        }
        double index = sum * sum / (n * squares);
        return Optional.of(
                new Fairness(index, interval(values, means, index, sum, squares), worst, means[worst] / means[best]));
    }

    private static Optional<Interval> interval(
            List<double[]> rounds, double[] means, double index, double sum, double squares) {
        if (rounds.size() < 2) {
            return Optional.empty();
        }
        int n = means.length;
        double[] influences = new double[rounds.size()];
        for (int r = 0; r < influences.length; r++) {
            for (int i = 0; i < n; i++) {
                double gradient = 2 * sum / (n * squares) - 2 * sum * sum * means[i] / (n * squares * squares);
                influences[r] += gradient * (rounds.get(r)[i] - means[i]);
            }
        }
        double halfWidth = Series.halfWidth(influences);
        return Optional.of(new Interval(Math.max(1.0 / n, index - halfWidth), Math.min(1, index + halfWidth)));
    }
}
