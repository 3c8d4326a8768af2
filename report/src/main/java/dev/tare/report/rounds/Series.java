package dev.tare.report.rounds;

import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.unit.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.math3.stat.StatUtils;

/**
 * One quantity round by round. Hosts under load at the same time share what disturbs them, so that neither iterations nor
 * hosts are independent samples; rounds are.
 *
 * @param byRound the value of each round by its number, positive and finite; rounds without one are absent
 */
public record Series(SortedMap<Integer, Double> byRound) {
    /** Keeps a copy without what is no positive number. */
    public Series {
        SortedMap<Integer, Double> positive = new TreeMap<>(byRound);
        positive.values().removeIf(value -> !(value > 0 && Double.isFinite(value)));
        byRound = Collections.unmodifiableSortedMap(positive);
    }

    /** The sum over several hosts, of the rounds that all of them have. */
    public static Series sum(List<Series> hosts) {
        SortedMap<Integer, Double> sums = new TreeMap<>();
        for (int round : commonRounds(hosts)) {
            sums.put(round, hosts.stream().mapToDouble(host -> host.at(round)).sum());
        }
        return new Series(sums);
    }

    /** The geometric mean of the occurrences in each round, of those that a round has. */
    public static Series ofOccurrences(List<Series> occurrences) {
        SortedMap<Integer, List<Double>> byRound = new TreeMap<>();
        occurrences.forEach(occurrence -> occurrence.byRound.forEach((round, value) ->
                byRound.computeIfAbsent(round, any -> new ArrayList<>()).add(value)));
        SortedMap<Integer, Double> means = new TreeMap<>();
        byRound.forEach((round, values) -> means.put(
                round,
                StatUtils.geometricMean(
                        values.stream().mapToDouble(Double::doubleValue).toArray())));
        return new Series(means);
    }

    /** The rounds that all have. */
    static SortedSet<Integer> commonRounds(List<Series> several) {
        SortedSet<Integer> common = new TreeSet<>();
        if (!several.isEmpty()) {
            common.addAll(several.get(0).byRound.keySet());
            several.forEach(one -> common.retainAll(one.byRound.keySet()));
        }
        return common;
    }

    /** The same divided by a number, such as a sum by its hosts. */
    public Series dividedBy(double divisor) {
        SortedMap<Integer, Double> quotients = new TreeMap<>();
        byRound.forEach((round, value) -> quotients.put(round, value / divisor));
        return new Series(quotients);
    }

    /** One divided by each value: a rate of a time. */
    public Series inverted() {
        SortedMap<Integer, Double> inverse = new TreeMap<>();
        byRound.forEach((round, value) -> inverse.put(round, 1 / value));
        return new Series(inverse);
    }

    /** The value of a round; NaN where it has none. */
    double at(int round) {
        return byRound.getOrDefault(round, Double.NaN);
    }

    /** Whether no round has a value. */
    public boolean isEmpty() {
        return byRound.isEmpty();
    }

    /** The geometric mean over the rounds; NaN when there is none. */
    public double mean() {
        return Math.exp(StatUtils.mean(logarithms()));
    }

    /** Student's t interval of the mean on the logarithms; empty for fewer than two rounds. */
    public Optional<Interval> interval() {
        double[] logarithms = logarithms();
        if (logarithms.length < 2) {
            return Optional.empty();
        }
        double mean = StatUtils.mean(logarithms);
        double halfWidth = halfWidth(logarithms);
        return Optional.of(new Interval(Math.exp(mean - halfWidth), Math.exp(mean + halfWidth)));
    }

    /**
     * What this series keeps of another: round by round (paired t) where both have at least two rounds in common, for
     * these alternated; else between all rounds of both (Welch). Both improve upwards.
     *
     * @throws IllegalArgumentException when either is empty
     */
    public Efficiency against(Series baseline) {
        if (commonRounds(List.of(this, baseline)).size() < 2) {
            return Efficiency.of(forks(baseline), forks(this), Direction.MORE_IS_BETTER);
        }
        Series ratio = over(baseline);
        return new Efficiency(ratio.mean(), ratio.interval(), false);
    }

    private static ForkMeans forks(Series series) {
        return new ForkMeans(List.copyOf(series.byRound.values()));
    }

    /** The ratio to another series in each round that both have. */
    public Series over(Series other) {
        SortedMap<Integer, Double> ratios = new TreeMap<>();
        for (int round : commonRounds(List.of(this, other))) {
            ratios.put(round, byRound.getOrDefault(round, Double.NaN) / other.byRound.getOrDefault(round, Double.NaN));
        }
        return new Series(ratios);
    }

    double[] logarithms() {
        return byRound.values().stream().mapToDouble(Math::log).toArray();
    }

    /** Half the width of Student's t interval of the mean of some values, at least two. */
    static double halfWidth(double[] values) {
        return ForkMeans.quantile(values.length - 1) * Math.sqrt(StatUtils.variance(values) / values.length);
    }
}
