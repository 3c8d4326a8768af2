package dev.tare.runs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics of one element of JMH's JSON: raw iterations become one score per fork. */
final class JmhMetrics {
    private static final Pattern PERCENTILE = Pattern.compile("p([01]\\.\\d+)");

    private final Metric primary;
    private final SortedMap<String, Metric> secondary;
    private final List<String> remarks;

    private JmhMetrics(Metric primary, SortedMap<String, Metric> secondary, List<String> remarks) {
        this.primary = primary;
        this.secondary = secondary;
        this.remarks = remarks;
    }

    /**
     * @param element one result of JMH's JSON
     * @param iterations measured iterations that each fork should have
     */
    static JmhMetrics read(Place element, int iterations) throws UnreadableRunException {
        Place metric = element.get("primaryMetric");
        Map<String, Place> others = element.find("secondaryMetrics").isPresent()
                ? element.get("secondaryMetrics").fields()
                : Map.of();
        Optional<Place> histograms = metric.find("rawDataHistogram");
        return histograms.isPresent()
                ? sampled(metric, histograms.get(), others, iterations)
                : averaged(metric, others, iterations);
    }

    private static JmhMetrics averaged(Place metric, Map<String, Place> others, int iterations)
            throws UnreadableRunException {
        List<String> remarks = new ArrayList<>();
        List<Double> forkScores = new ArrayList<>();
        List<Place> forks = metric.get("rawData").elements();
        for (int fork = 0; fork < forks.size(); fork++) {
            List<Double> scores = numbers(forks.get(fork));
            remarkMissing(scores.size(), iterations, fork, remarks);
            if (!scores.isEmpty()) {
                forkScores.add(Aggregation.MEAN.of(scores));
            }
        }
        SortedMap<String, Metric> secondary = new TreeMap<>();
        for (Map.Entry<String, Place> other : others.entrySet()) {
            secondary.put(other.getKey(), secondary(other.getValue()));
        }
        return new JmhMetrics(primary(metric, forkScores), secondary, remarks);
    }

    private static JmhMetrics sampled(Place metric, Place histograms, Map<String, Place> others, int iterations)
            throws UnreadableRunException {
        List<String> remarks = new ArrayList<>();
        List<Histogram> forks = new ArrayList<>();
        List<Place> places = histograms.elements();
        for (int fork = 0; fork < places.size(); fork++) {
            List<Place> all = places.get(fork).elements();
            Histogram histogram = new Histogram();
            for (Place iteration : all) {
                histogram.addIteration(iteration);
            }
            remarkMissing(all.size(), iterations, fork, remarks);
            if (!histogram.isEmpty()) {
                forks.add(histogram);
            }
        }
        SortedMap<String, Metric> secondary = new TreeMap<>();
        for (Map.Entry<String, Place> other : others.entrySet()) {
            Matcher percentile = PERCENTILE.matcher(other.getKey());
            secondary.put(
                    other.getKey(),
                    percentile.matches()
                            ? quantile(other.getValue(), Double.parseDouble(percentile.group(1)), forks)
                            : secondary(other.getValue()));
        }
        List<Double> means = forks.stream().map(Histogram::mean).toList();
        return new JmhMetrics(primary(metric, means), secondary, remarks);
    }

    private static void remarkMissing(int got, int expected, int fork, List<String> remarks) {
        if (got < expected) {
            remarks.add("fork " + (fork + 1) + " has " + got + " of " + expected + " iterations");
        }
    }

    private static Metric primary(Place metric, List<Double> forkScores) throws UnreadableRunException {
        return new Metric(metric.get("scoreUnit").text(), metric.get("score").number(), forkScores);
    }

    /** JMH's own percentiles are per iteration; a fork's percentile is that of all its samples. */
    private static Metric quantile(Place metric, double share, List<Histogram> forks) throws UnreadableRunException {
        return primary(metric, forks.stream().map(fork -> fork.quantile(share)).toList());
    }

    private static Metric secondary(Place metric) throws UnreadableRunException {
        List<List<Double>> forks = new ArrayList<>();
        if (metric.find("rawData").isPresent()) {
            for (Place fork : metric.get("rawData").elements()) {
                forks.add(numbers(fork));
            }
        }
        forks.removeIf(List::isEmpty);
        double score = metric.get("score").number();
        Optional<Aggregation> aggregation = Aggregation.behind(score, forks);
        List<Double> forkScores = aggregation.isEmpty()
                ? Collections.emptyList()
                : forks.stream().map(aggregation.get()::of).toList();
        return primary(metric, forkScores);
    }

    private static List<Double> numbers(Place array) throws UnreadableRunException {
        List<Double> numbers = new ArrayList<>();
        for (Place element : array.elements()) {
            numbers.add(element.number());
        }
        return numbers;
    }

    Metric primary() {
        return primary;
    }

    SortedMap<String, Metric> secondary() {
        return secondary;
    }

    List<String> remarks() {
        return remarks;
    }
}
