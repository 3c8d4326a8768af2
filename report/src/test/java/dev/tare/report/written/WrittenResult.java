package dev.tare.report.written;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One configuration's result, one iteration a fork, in the form of JMH's JSON. */
public final class WrittenResult {
    static final ObjectMapper JSON = new ObjectMapper();

    private final String benchmark;
    private final String mode;
    private final String unit;
    private final Map<String, String> params = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>(Map.of("jdkVersion", "17.0.15"));
    private final Map<String, List<Double>> counters = new LinkedHashMap<>();
    private final Map<String, String> counterUnits = new LinkedHashMap<>();
    private List<Double> forks = List.of();
    private int threads = 1;

    private WrittenResult(String benchmark, String mode, String unit) {
        this.benchmark = benchmark;
        this.mode = mode;
        this.unit = unit;
    }

    public static WrittenResult throughput(String benchmark) {
        return new WrittenResult(benchmark, "thrpt", "ops/s");
    }

    public static WrittenResult averageTime(String benchmark, String unit) {
        return new WrittenResult(benchmark, "avgt", unit);
    }

    public WrittenResult forks(Double... scores) {
        forks = List.of(scores);
        return this;
    }

    public WrittenResult counter(String label, String counterUnit, Double... scores) {
        counters.put(label, List.of(scores));
        counterUnits.put(label, counterUnit);
        return this;
    }

    public WrittenResult param(String name, String value) {
        params.put(name, value);
        return this;
    }

    public WrittenResult setting(String name, String value) {
        settings.put(name, value);
        return this;
    }

    public WrittenResult threads(int number) {
        threads = number;
        return this;
    }

    public int numberOfForks() {
        return forks.size();
    }

    /** As the journal names it. */
    public ObjectNode configuration() {
        ObjectNode configuration = JSON.createObjectNode();
        configuration.put("benchmark", benchmark).put("mode", mode).put("threads", threads);
        ObjectNode parameters = configuration.putObject("params");
        params.forEach(parameters::put);
        return configuration;
    }

    /** All forks together, as in {@code results.json}. */
    public ObjectNode json() {
        return json(0, forks.size());
    }

    /** One fork alone, as in the journal. */
    public ObjectNode fork(int index) {
        return json(index, index + 1);
    }

    private ObjectNode json(int from, int to) {
        ObjectNode result = JSON.createObjectNode();
        result.put("jmhVersion", "1.37").put("benchmark", benchmark).put("mode", mode);
        result.put("threads", threads).put("forks", to - from);
        settings.forEach(result::put);
        result.put("measurementIterations", 1);
        ObjectNode parameters = result.putObject("params");
        params.forEach(parameters::put);
        result.set("primaryMetric", metric(unit, forks.subList(from, to)));
        ObjectNode secondary = result.putObject("secondaryMetrics");
        counters.forEach((label, scores) -> {
            List<Double> part =
                    new ArrayList<>(scores.subList(Math.min(from, scores.size()), Math.min(to, scores.size())));
            secondary.set(label, metric(counterUnits.getOrDefault(label, ""), part));
        });
        return result;
    }

    private static ObjectNode metric(String unit, List<Double> scores) {
        ObjectNode metric = JSON.createObjectNode();
        double mean = scores.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        put(metric.putArray("score"), mean);
        metric.set("score", metric.get("score").get(0));
        metric.put("scoreUnit", unit);
        ArrayNode rawData = metric.putArray("rawData");
        scores.forEach(score -> put(rawData.addArray(), score));
        return metric;
    }

    /** JMH writes as strings what JSON has no numbers for. */
    private static void put(ArrayNode array, double value) {
        if (Double.isNaN(value)) {
            array.add("NaN");
        } else if (Double.isInfinite(value)) {
            array.add(value > 0 ? "+INF" : "-INF");
        } else {
            array.add(value);
        }
    }
}
