package dev.tare.harness;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * The way of values that are no rates (a percentile, a loss, a bound) from a benchmark's threads to the profiler that
 * hands them to JMH as secondary results: JMH gives the two no other, and its own counters can only be summed. Each profiler
 * has its own, so that none takes what is another's.
 */
public final class SecondaryResults {
    private final Map<String, Values> recorded = new LinkedHashMap<>();

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

    /** Drops what was recorded, at the begin of an iteration. */
    public synchronized void clear() {
        recorded.clear();
    }

    /** The results of the present iteration, one a name, aggregated over the threads; they are dropped here. */
    public synchronized List<Result<?>> take() {
        List<Result<?>> results = new ArrayList<>();
        recorded.forEach((name, values) ->
                results.add(new ScalarResult(name, values.aggregate(), values.unit(), values.policy())));
        recorded.clear();
        return results;
    }
}
