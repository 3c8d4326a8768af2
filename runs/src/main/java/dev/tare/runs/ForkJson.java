package dev.tare.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.util.ListStatistics;
import org.openjdk.jmh.util.MultisetStatistics;
import org.openjdk.jmh.util.Statistics;

/**
 * One fork in JMH's own JSON, and what JMH's JSON leaves out but is needed to merge forks as JMH does.
 *
 * @param jmh the object that JMH writes for this fork
 * @param aggregation by the label of a secondary metric: {@code policy} (AVG, SUM, MAX, MIN, or DERIVED for what follows
 *     from the samples), {@code absentIsZero} where an iteration without it counts as 0, and {@code trial} with the values
 *     that belong to the fork as a whole
 */
public record ForkJson(JsonNode jmh, JsonNode aggregation) {
    private static final double[] PERCENTILES = {0, 50, 90, 95, 99, 99.9, 99.99, 99.999, 99.9999, 100};
    private static final double CONFIDENCE = 0.999;
    private static final String DERIVED = "DERIVED";

    /** What JMH measured in one fork. */
    public static ForkJson of(BenchmarkResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out)
                    .writeOut(List.of(new RunResult(result.getParams(), List.of(result))));
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        try {
            return new ForkJson(JmhJson.JSON.readTree(text).path(0), aggregation(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JMH wrote broken JSON: " + text, e);
        }
    }

    @SuppressWarnings("rawtypes") // JMH gives results without their type.
    private static ObjectNode aggregation(BenchmarkResult result) {
        ObjectNode aggregation = JmhJson.JSON.createObjectNode();
        // Counters are summed over threads and averaged over iterations: the policy that counts is that of the fork.
        Map<String, Result> ofFork = result.getSecondaryResults();
        for (IterationResult iteration : result.getIterationResults()) {
            iteration.getSecondaryResults().forEach((label, value) -> {
                if (!aggregation.has(label)) {
                    ObjectNode how = aggregation.putObject(label);
                    if (value.getRole().isDerivative()) {
                        how.put("policy", DERIVED);
                    } else {
                        how.put(
                                "policy",
                                policy(ofFork.getOrDefault(label, value)).name());
                        if (value instanceof ScalarResult) {
                            how.put("absentIsZero", true);
                        }
                    }
                }
            });
        }
        for (String label : result.getBenchmarkResults().keys()) {
            ObjectNode how = aggregation.putObject(label);
            ArrayNode values = how.putArray("trial");
            for (Result<?> value : result.getBenchmarkResults().get(label)) {
                if (value.getRole().isSecondary() && !value.getRole().isDerivative()) {
                    how.put("policy", policy(value).name());
                    values.add(number(value.getScore()));
                }
            }
        }
        return aggregation;
    }

    /** JMH tells nobody a result's policy, and with one value all policies give the same score. */
    private static AggregationPolicy policy(Result<?> result) {
        try {
            Field policy = Result.class.getDeclaredField("policy");
            policy.setAccessible(true);
            return (AggregationPolicy) policy.get(result);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("JMH 1.37 keeps a result's policy in this field", e);
        }
    }

    /**
     * All forks of one configuration as JMH writes them when it runs them at one go: raw data one after the other, and
     * statistics over all iterations by JMH's own classes.
     *
     * @param forks at least one
     */
    public static ObjectNode merge(List<ForkJson> forks) {
        ObjectNode merged = forks.get(0).jmh.deepCopy();
        merged.put("forks", forks.size());
        ObjectNode primary = (ObjectNode) merged.path("primaryMetric");
        boolean sampled = primary.has("rawDataHistogram");
        Statistics primaryStatistics =
                sampled ? samples(primary(forks), "rawDataHistogram") : list(raw(primary(forks), "rawData"));
        describe(primary, primaryStatistics, "AVG");
        String rawName = sampled ? "rawDataHistogram" : "rawData";
        primary.set(rawName, concatenated(primary(forks), rawName));
        int iterations = 0;
        for (ForkJson fork : forks) {
            for (JsonNode one : fork.jmh.path("primaryMetric").path(rawName)) {
                iterations += one.size();
            }
        }
        ObjectNode secondary = merged.putObject("secondaryMetrics");
        Set<String> labels = new LinkedHashSet<>();
        forks.forEach(fork -> fork.jmh.path("secondaryMetrics").fieldNames().forEachRemaining(labels::add));
        for (String label : labels.stream().sorted().toList()) {
            secondary.set(label, secondary(label, forks, primaryStatistics, iterations));
        }
        return merged;
    }

    private static List<JsonNode> primary(List<ForkJson> forks) {
        return forks.stream().map(fork -> fork.jmh.path("primaryMetric")).toList();
    }

    private static ObjectNode secondary(String label, List<ForkJson> forks, Statistics primary, int iterations) {
        List<JsonNode> metrics = new ArrayList<>();
        forks.forEach(fork -> metrics.add(fork.jmh.path("secondaryMetrics").path(label)));
        ForkJson first = forks.stream()
                .filter(fork -> fork.jmh.path("secondaryMetrics").has(label))
                .findFirst()
                .orElseThrow();
        ObjectNode merged = first.jmh.path("secondaryMetrics").path(label).deepCopy();
        JsonNode how = first.aggregation.path(label);
        String policy = how.path("policy").asText("AVG");
        List<Double> values = new ArrayList<>();
        if (policy.equals(DERIVED)) {
            values.add(primary.getPercentile(100 * Double.parseDouble(label.substring(label.lastIndexOf('p') + 1))));
        } else if (how.has("trial")) {
            forks.forEach(
                    fork -> fork.aggregation.path(label).path("trial").forEach(value -> values.add(value(value))));
        } else {
            values.addAll(raw(metrics, "rawData"));
            while (how.path("absentIsZero").asBoolean() && values.size() < iterations) {
                values.add(0.0);
            }
        }
        describe(merged, list(values), policy);
        merged.set("rawData", concatenated(metrics, "rawData"));
        return merged;
    }

    private static void describe(ObjectNode metric, Statistics statistics, String policy) {
        double score = switch (policy) {
            case "SUM" -> statistics.getSum();
            case "MAX" -> statistics.getMax();
            case "MIN" -> statistics.getMin();
            default -> statistics.getMean();
        };
        boolean isMean = !List.of("SUM", "MAX", "MIN").contains(policy);
        metric.set("score", number(score));
        metric.set("scoreError", number(isMean ? statistics.getMeanErrorAt(CONFIDENCE) : Double.NaN));
        ArrayNode interval = metric.putArray("scoreConfidence");
        for (double bound : isMean ? statistics.getConfidenceIntervalAt(CONFIDENCE) : new double[] {score, score}) {
            interval.add(number(bound));
        }
        ObjectNode percentiles = metric.putObject("scorePercentiles");
        for (double percentile : PERCENTILES) {
            percentiles.set(String.valueOf(percentile), number(statistics.getPercentile(percentile)));
        }
    }

    private static ArrayNode concatenated(List<JsonNode> metrics, String name) {
        ArrayNode all = JmhJson.JSON.createArrayNode();
        for (JsonNode metric : metrics) {
            if (metric.has(name)) {
                metric.path(name).forEach(all::add);
            } else {
                all.addArray();
            }
        }
        return all;
    }

    private static List<Double> raw(List<JsonNode> metrics, String name) {
        List<Double> values = new ArrayList<>();
        metrics.forEach(metric ->
                metric.path(name).forEach(fork -> fork.forEach(iteration -> values.add(value(iteration)))));
        return values;
    }

    private static Statistics list(List<Double> values) {
        return new ListStatistics(
                values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** In ascending order, as JMH's sample buffer gives them: sums of doubles depend on it. */
    private static Statistics samples(List<JsonNode> metrics, String name) {
        SortedMap<Double, Long> counts = new TreeMap<>();
        metrics.forEach(metric -> metric.path(name)
                .forEach(fork -> fork.forEach(iteration -> iteration.forEach(
                        pair -> counts.merge(value(pair.path(0)), pair.path(1).asLong(), Long::sum)))));
        MultisetStatistics statistics = new MultisetStatistics();
        for (Map.Entry<Double, Long> entry : counts.entrySet()) {
            statistics.addValue(entry.getKey(), entry.getValue());
        }
        return statistics;
    }

    private static double value(JsonNode node) {
        return switch (node.isTextual() ? node.textValue() : "") {
            case "NaN" -> Double.NaN;
            case "+INF" -> Double.POSITIVE_INFINITY;
            case "-INF" -> Double.NEGATIVE_INFINITY;
            default -> node.asDouble();
        };
    }

    /** JMH writes as strings what JSON has no numbers for. */
    private static JsonNode number(double value) {
        if (Double.isNaN(value)) {
            return JmhJson.JSON.getNodeFactory().textNode("NaN");
        }
        if (Double.isInfinite(value)) {
            return JmhJson.JSON.getNodeFactory().textNode(value > 0 ? "+INF" : "-INF");
        }
        return JmhJson.JSON.getNodeFactory().numberNode(value);
    }
}
