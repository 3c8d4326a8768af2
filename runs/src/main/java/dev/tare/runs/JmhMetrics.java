package dev.tare.runs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics of one element of JMH's JSON: raw iterations become one score per fork.
 *
 * @param primary the benchmark's own score
 * @param secondary the others by label
 * @param samples in sample mode the times of each fork and how often each occurred, by the fork's number from 1
 * @param remarks what is odd about the raw data, in sentences
 */
record JmhMetrics(
        Metric primary,
        SortedMap<String, Metric> secondary,
        SortedMap<Integer, SortedMap<Double, Long>> samples,
        List<String> remarks) {
    private static final Pattern PERCENTILE = Pattern.compile("p([01]\\.\\d+)");

    /**
     * @param element one result of JMH's JSON
     * @param iterations measured iterations that each fork should have
     */
    static JmhMetrics read(JsonCursor element, int iterations) throws UnreadableRunException {
        JsonCursor metric = element.get("primaryMetric");
        Map<String, JsonCursor> others = element.find("secondaryMetrics").isPresent()
                ? element.get("secondaryMetrics").fields()
                : Map.of();
        Optional<JsonCursor> histograms = metric.find("rawDataHistogram");
        return histograms.isPresent()
                ? sampled(metric, histograms.get(), others, iterations)
                : averaged(metric, others, iterations);
    }

    private static JmhMetrics averaged(JsonCursor metric, Map<String, JsonCursor> others, int iterations)
            throws UnreadableRunException {
        List<String> remarks = new ArrayList<>();
        SortedMap<Integer, Double> forkScores = new TreeMap<>();
        int fork = 0;
        for (JsonCursor raw : metric.get("rawData").elements()) {
            fork++;
            List<Double> scores = numbers(raw);
            remarkMissing(scores.size(), iterations, fork, remarks);
            if (!scores.isEmpty()) {
                forkScores.put(fork, Aggregation.MEAN.of(scores));
            }
        }
        SortedMap<String, Metric> secondary = new TreeMap<>();
        for (Map.Entry<String, JsonCursor> other : others.entrySet()) {
            secondary.put(other.getKey(), secondary(other.getValue()));
        }
        return new JmhMetrics(metric(metric, forkScores), secondary, new TreeMap<>(), remarks);
    }

    private static JmhMetrics sampled(
            JsonCursor metric, JsonCursor histograms, Map<String, JsonCursor> others, int iterations)
            throws UnreadableRunException {
        List<String> remarks = new ArrayList<>();
        SortedMap<Integer, SortedMap<Double, Long>> samples = new TreeMap<>();
        SortedMap<Integer, Double> means = new TreeMap<>();
        int fork = 0;
        for (JsonCursor raw : histograms.elements()) {
            fork++;
            List<JsonCursor> all = raw.elements();
            NavigableMap<Double, Long> counts = new TreeMap<>();
            for (JsonCursor iteration : all) {
                addSamples(iteration, counts);
            }
            remarkMissing(all.size(), iterations, fork, remarks);
            if (total(counts) > 0) {
                samples.put(fork, counts);
                means.put(fork, mean(counts));
            }
        }
        SortedMap<String, Metric> secondary = new TreeMap<>();
        for (Map.Entry<String, JsonCursor> other : others.entrySet()) {
            Matcher percentile = PERCENTILE.matcher(other.getKey());
            secondary.put(
                    other.getKey(),
                    percentile.matches()
                            ? quantile(other.getValue(), Double.parseDouble(percentile.group(1)), samples)
                            : secondary(other.getValue()));
        }
        return new JmhMetrics(metric(metric, means), secondary, samples, remarks);
    }

    private static void remarkMissing(int got, int expected, int fork, List<String> remarks) {
        if (got < expected) {
            remarks.add("fork " + fork + " has " + got + " of " + Counted.of(expected, "iteration"));
        }
    }

    private static Metric metric(JsonCursor metric, SortedMap<Integer, Double> forkScores)
            throws UnreadableRunException {
        return new Metric(metric.get("scoreUnit").text(), metric.get("score").number(), forkScores);
    }

    /** JMH's own percentiles are per iteration; a fork's percentile is that of all its samples. */
    private static Metric quantile(JsonCursor metric, double share, SortedMap<Integer, SortedMap<Double, Long>> samples)
            throws UnreadableRunException {
        SortedMap<Integer, Double> quantiles = new TreeMap<>();
        samples.forEach((fork, counts) -> quantiles.put(fork, quantile(counts, share)));
        return metric(metric, quantiles);
    }

    private static Metric secondary(JsonCursor metric) throws UnreadableRunException {
        SortedMap<Integer, List<Double>> forks = new TreeMap<>();
        if (metric.find("rawData").isPresent()) {
            int fork = 0;
            for (JsonCursor raw : metric.get("rawData").elements()) {
                fork++;
                List<Double> scores = numbers(raw);
                if (!scores.isEmpty()) {
                    forks.put(fork, scores);
                }
            }
        }
        SortedMap<Integer, Double> forkScores = new TreeMap<>();
        Aggregation.behind(metric.get("score").number(), forks.values())
                .ifPresent(
                        aggregation -> forks.forEach((fork, scores) -> forkScores.put(fork, aggregation.of(scores))));
        return metric(metric, forkScores);
    }

    private static List<Double> numbers(JsonCursor array) throws UnreadableRunException {
        List<Double> numbers = new ArrayList<>();
        for (JsonCursor element : array.elements()) {
            numbers.add(element.number());
        }
        return numbers;
    }

    /** Adds the pairs of one iteration: an array of {@code [value, count]}. */
    private static void addSamples(JsonCursor iteration, Map<Double, Long> counts) throws UnreadableRunException {
        for (JsonCursor pair : iteration.elements()) {
            if (pair.elements().size() != 2) {
                throw pair.unexpected("a pair [value, count]");
            }
            counts.merge(
                    pair.elements().get(0).number(),
                    (long) pair.elements().get(1).count(),
                    Long::sum);
        }
    }

    private static long total(Map<Double, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static double mean(Map<Double, Long> counts) {
        double sum = 0;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            sum += entry.getKey() * entry.getValue();
        }
        return sum / total(counts);
    }

    /**
     * The smallest sampled time that this share of all samples does not exceed (nearest rank).
     *
     * @param share from 0 to 1
     */
    private static double quantile(SortedMap<Double, Long> counts, double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total(counts)));
        long seen = 0;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return entry.getKey();
            }
        }
        return Double.NaN;
    }

    /**
     * How JMH makes one score of many iterations. Profilers choose it (a maximum of maxima, a sum of counts), its JSON does
     * not say which: it is the one that leads from the raw data to JMH's own score.
     */
    private enum Aggregation {
        MEAN,
        MAXIMUM,
        MINIMUM,
        SUM;

        private static final double ROUNDING = 1e-9;

        /** NaN for no values. */
        double of(Collection<Double> values) {
            DoubleSummaryStatistics statistics =
                    values.stream().mapToDouble(Double::doubleValue).summaryStatistics();
            if (statistics.getCount() == 0) {
                return Double.NaN;
            }
            return switch (this) {
                case MEAN -> statistics.getAverage();
                case MAXIMUM -> statistics.getMax();
                case MINIMUM -> statistics.getMin();
                case SUM -> statistics.getSum();
            };
        }

        /** The aggregation that makes this score of all iterations of all forks; empty when none does. */
        static Optional<Aggregation> behind(double score, Collection<List<Double>> forks) {
            List<Double> all = forks.stream().flatMap(List::stream).toList();
            return Arrays.stream(values())
                    .filter(candidate -> close(candidate.of(all), score))
                    .findFirst();
        }

        private static boolean close(double a, double b) {
            return Double.compare(a, b) == 0 || Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
        }
    }
}
