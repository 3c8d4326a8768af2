package dev.tare.runs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads JMH's JSON: an array with one object per configuration. One element at a time: raw histograms are large. */
final class JmhJson {
    /** Jackson's limits are made for foreign input; a run's own files may have strings and numbers of any length. */
    static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .build();

    private static final Map<String, String> SETTINGS = settings();

    private JmhJson() {}

    private static Map<String, String> settings() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("jmhVersion", "JMH version");
        names.put("jdkVersion", "JDK version");
        names.put("vmName", "JVM");
        names.put("vmVersion", "JVM version");
        names.put("jvmArgs", "JVM flags");
        names.put("warmupIterations", "warm-up iterations");
        names.put("warmupTime", "warm-up time");
        names.put("warmupBatchSize", "warm-up batch size");
        names.put("measurementIterations", "iterations");
        names.put("measurementTime", "iteration time");
        names.put("measurementBatchSize", "batch size");
        return names;
    }

    /** All results of a file, none when every benchmark failed. */
    static List<Measurement> read(Path file) throws UnreadableRunException {
        List<Measurement> measurements = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new UnreadableRunException(file + ": expected JMH's JSON, an array of results, got "
                        + (parser.currentToken() == null ? "an empty file" : "something else"));
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                JsonNode element = JSON.readTree(parser);
                measurements.add(measurement(new JsonCursor(file + " [" + measurements.size() + "]", element)));
            }
            if (parser.nextToken() != null) {
                throw new UnreadableRunException(file + ": expected nothing after the array of results");
            }
        } catch (IOException e) {
            throw broken(file.toString(), e);
        }
        return measurements;
    }

    static UnreadableRunException broken(String where, IOException cause) {
        if (cause instanceof JsonProcessingException syntax && syntax.getLocation() != null) {
            return new UnreadableRunException(
                    where + ": broken JSON in line " + syntax.getLocation().getLineNr() + ", column "
                            + syntax.getLocation().getColumnNr() + ": " + syntax.getOriginalMessage(),
                    cause);
        }
        return new UnreadableRunException(where + ": cannot be read: " + cause, cause);
    }

    /** One element of JMH's JSON as a measurement; its forks are numbered by their positions, from 1. */
    static Measurement measurement(JsonCursor element) throws UnreadableRunException {
        Settings settings = settings(element);
        JmhMetrics metrics = JmhMetrics.read(element, settings.iterations());
        List<ForkRecord> forks = new ArrayList<>();
        for (int fork : metrics.primary().byRound().keySet()) {
            forks.add(new ForkRecord(
                    fork,
                    1,
                    Optional.empty(),
                    0,
                    new TreeMap<>(),
                    List.of(),
                    new TreeMap<>(),
                    metrics.samples().getOrDefault(fork, new TreeMap<>())));
        }
        return new Measurement(
                Configuration.read(element),
                settings,
                metrics.primary(),
                metrics.secondary(),
                new TreeMap<>(),
                metrics.remarks(),
                forks);
    }

    private static Settings settings(JsonCursor element) throws UnreadableRunException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> setting : SETTINGS.entrySet()) {
            if (element.find(setting.getKey()).isPresent()) {
                JsonCursor place = element.get(setting.getKey());
                values.put(setting.getValue(), place.node().isArray() ? joined(place) : place.scalar());
            }
        }
        int iterations = element.find("measurementIterations").isPresent()
                ? element.get("measurementIterations").count()
                : 0;
        return new Settings(iterations, values);
    }

    private static String joined(JsonCursor array) throws UnreadableRunException {
        List<String> values = new ArrayList<>();
        for (JsonCursor element : array.elements()) {
            values.add(element.scalar());
        }
        return String.join(" ", values);
    }
}
