package dev.tare.harness.results;

import dev.tare.harness.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * The way of values that are no rates (a percentile, a loss, a bound) from a benchmark's threads to the profiler that
 * hands them to JMH as secondary results: JMH gives the two no other, and its own counters can only be summed. Each profiler
 * has its own, so that none takes what is another's.
 */
public final class SecondaryResults {
    private final Map<String, Values> recorded = new LinkedHashMap<>();
    private final Map<String, ResponseTimes> responses = new LinkedHashMap<>();
    private final Map<String, ResponseTimes> responsesOfFork = new LinkedHashMap<>();

    /** What the threads recorded under one name. */
    private record Values(String unit, AggregationPolicy policy, List<Double> values) {
        double aggregate() {
            DoubleStream all = values.stream().mapToDouble(Double::doubleValue);
            return switch (policy) {
                case AVG -> all.average().orElse(Double.NaN);
                case SUM -> all.sum();
                case MAX -> all.max().orElse(Double.NaN);
                case MIN -> all.min().orElse(Double.NaN);
            };
        }
    }

    /**
     * Records a value of the present iteration.
     *
     * @param name ends with its unit
     * @param unit as people write it
     * @param policy how values of several threads, iterations and forks become one
     */
    public synchronized void record(String name, double value, String unit, AggregationPolicy policy) {
        recorded.computeIfAbsent(name, key -> new Values(unit, policy, new ArrayList<>()))
                .values()
                .add(value);
    }

    /**
     * Records response times of the present iteration, to which those of other threads are added: {@code nameAverageUs}, {@code
     * nameP50Us} to {@code nameP9999Us}, which become averages over iterations, {@code nameMaxUs}, the largest, and of the whole
     * fork the histogram {@code name}.
     *
     * @param name of what responded, such as {@code response}
     * @param times may be cleared afterwards; of none nothing is told
     */
    public synchronized void record(String name, ResponseTimes times) {
        if (times.count() > 0) {
            responses.computeIfAbsent(name, key -> new ResponseTimes()).add(times);
        }
    }

    /** Drops what was recorded, at the begin of an iteration. */
    public synchronized void clear() {
        recorded.clear();
        responses.clear();
    }

    /** The results of the present iteration, one a name, aggregated over the threads; they are dropped here. */
    public synchronized List<Result<?>> take(IterationParams iteration) {
        responses.forEach((name, times) -> {
            times.averageAndPercentilesUs()
                    .forEach((which, us) -> record(name + which, us, "us", AggregationPolicy.AVG));
            record(name + "MaxUs", times.maxNs() / 1e3, "us", AggregationPolicy.MAX);
        });
        if (iteration.getType() == IterationType.MEASUREMENT) {
            keepForFork();
        }
        List<Result<?>> results = new ArrayList<>();
        recorded.forEach((name, values) ->
                results.add(new ScalarResult(name, values.aggregate(), values.unit(), values.policy())));
        clear();
        return results;
    }

    private void keepForFork() {
        if (responsesOfFork.isEmpty() && !responses.isEmpty()) {
            Facts.printHistogramsAtEnd(this::histograms);
        }
        responses.forEach((name, times) -> responsesOfFork
                .computeIfAbsent(name, key -> new ResponseTimes())
                .add(times));
    }

    private synchronized Map<String, String> histograms() {
        Map<String, String> encoded = new LinkedHashMap<>();
        responsesOfFork.forEach((name, times) -> encoded.put(name, times.encoded()));
        return encoded;
    }
}
