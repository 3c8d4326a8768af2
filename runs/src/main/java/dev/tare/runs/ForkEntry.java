package dev.tare.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A measured fork as a line of the journal: written by who measured it, read as a measurement of one round.
 *
 * @param configuration what it measured
 * @param round its round, from 1
 * @param attempt from 1; more when it was measured again
 * @param started when it began (ISO 8601, UTC)
 * @param seconds from its start to its end, set-up included
 * @param facts what it said of itself that is no number
 * @param iterations JSON objects of the iteration profiler
 * @param histograms its response times whole, by what responded, as HdrHistogram encodes them
 * @param result what JMH measured
 */
public record ForkEntry(
        Configuration configuration,
        int round,
        int attempt,
        String started,
        double seconds,
        Map<String, String> facts,
        List<String> iterations,
        Map<String, String> histograms,
        ForkJson result) {

    ObjectNode json() {
        ObjectNode line = JmhJson.JSON.createObjectNode().put("kind", "fork");
        line.set("configuration", configuration.json());
        line.put("round", round).put("attempt", attempt).put("started", started).put("seconds", seconds);
        facts.forEach(line.putObject("facts")::put);
        ArrayNode records = line.putArray("iterations");
        try {
            for (String iteration : iterations) {
                records.add(JmhJson.JSON.readTree(iteration));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("expected records of iterations in JSON, got " + iterations, e);
        }
        if (!histograms.isEmpty()) {
            histograms.forEach(line.putObject("histograms")::put);
        }
        line.set("aggregation", result.aggregation());
        line.set("jmh", result.jmh());
        return line;
    }

    /** Reads what {@link #json} wrote. Of other programs' journals all but configuration, round and jmh may be absent. */
    static Measurement read(JsonCursor line) throws UnreadableRunException {
        Measurement jmh = JmhJson.measurement(line.get("jmh"));
        if (jmh.forks() != 1) {
            throw line.get("jmh").unexpected("the result of one fork");
        }
        int round = line.get("round").count();
        if (round == 0) {
            throw line.get("round").unexpected("a round from 1");
        }
        SortedMap<String, String> facts = facts(line);
        SortedMap<String, SortedSet<String>> values = new TreeMap<>();
        facts.forEach((key, value) -> values.put(key, new TreeSet<>(List.of(value))));
        SortedMap<String, Metric> secondary = new TreeMap<>();
        jmh.secondary().forEach((label, metric) -> secondary.put(label, metric.ofRound(round)));
        ForkRecord fork = new ForkRecord(
                round,
                line.find("attempt").isPresent() ? line.get("attempt").count() : 1,
                line.find("started").isPresent()
                        ? Optional.of(line.get("started").text())
                        : Optional.empty(),
                line.find("seconds").isPresent() ? line.get("seconds").number() : 0,
                facts,
                iterations(line),
                histograms(line),
                jmh.forkRecords().get(0).samples());
        return new Measurement(
                Configuration.read(line.get("configuration")),
                jmh.settings(),
                jmh.primary().ofRound(round),
                secondary,
                values,
                jmh.remarks(),
                List.of(fork));
    }

    private static SortedMap<String, String> facts(JsonCursor line) throws UnreadableRunException {
        SortedMap<String, String> facts = new TreeMap<>();
        if (line.find("facts").isPresent()) {
            for (Map.Entry<String, JsonCursor> fact : line.get("facts").fields().entrySet()) {
                facts.put(fact.getKey(), fact.getValue().scalar());
            }
        }
        return facts;
    }

    private static SortedMap<String, ResponseHistogram> histograms(JsonCursor line) throws UnreadableRunException {
        SortedMap<String, ResponseHistogram> histograms = new TreeMap<>();
        if (line.find("histograms").isPresent()) {
            for (Map.Entry<String, JsonCursor> one :
                    line.get("histograms").fields().entrySet()) {
                histograms.put(one.getKey(), ResponseHistogram.read(one.getValue()));
            }
        }
        return histograms;
    }

    private static List<IterationRecord> iterations(JsonCursor line) throws UnreadableRunException {
        List<IterationRecord> iterations = new ArrayList<>();
        if (line.find("iterations").isPresent()) {
            for (JsonCursor iteration : line.get("iterations").elements()) {
                Map<String, String> fields = new LinkedHashMap<>();
                iteration.flatten("", fields);
                iterations.add(new IterationRecord(fields));
            }
        }
        return iterations;
    }
}
