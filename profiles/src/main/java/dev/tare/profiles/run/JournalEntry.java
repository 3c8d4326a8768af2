package dev.tare.profiles.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.profiles.plan.Plan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * The lines of a journal about forks.
 *
 * <p>A fork is written twice: as JMH's JSON, which everybody can read, and as JMH's own serialized result, from which a
 * resumed run merges its results without loss. JMH sends that very form from the fork to its host.
 */
final class JournalEntry {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A journal is a file that somebody may have edited: nothing but results comes out of it. */
    private static final ObjectInputFilter RESULTS_ONLY =
            ObjectInputFilter.Config.createFilter("maxdepth=60;org.openjdk.jmh.**;java.lang.*;java.util.**;!*");

    private JournalEntry() {}

    static ObjectNode fork(Plan.Fork fork, MeasuredFork measured) {
        RunResult run = new RunResult(measured.result().getParams(), List.of(measured.result()));
        ObjectNode entry = header("fork", fork);
        entry.put("seconds", measured.duration().toMillis() / 1e3);
        ObjectNode facts = entry.putObject("facts");
        measured.facts().forEach(facts::put);
        entry.set("jmh", jmhJson(run).path(0));
        entry.put("result", serialize(measured.result()));
        return entry;
    }

    static ObjectNode failure(Plan.Fork fork, String message) {
        return header("failure", fork).put("message", message);
    }

    static MeasuredFork measured(JsonNode entry) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        entry.path("facts")
                .properties()
                .forEach(fact -> facts.put(fact.getKey(), fact.getValue().asText()));
        Duration duration = Duration.ofMillis(Math.round(entry.path("seconds").asDouble() * 1e3));
        return new MeasuredFork(deserialize(entry.path("result").asText()), facts, duration);
    }

    private static ObjectNode header(String kind, Plan.Fork fork) {
        ObjectNode entry = JSON.createObjectNode().put("kind", kind);
        ObjectNode configuration = entry.putObject("configuration")
                .put("benchmark", fork.configuration().benchmark())
                .put("mode", fork.configuration().mode().shortLabel())
                .put("threads", fork.configuration().threads());
        ObjectNode params = configuration.putObject("params");
        fork.configuration().params().forEach(params::put);
        return entry.put("key", fork.configuration().key()).put("round", fork.round());
    }

    private static JsonNode jmhJson(RunResult run) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(run));
        }
        try {
            return JSON.readTree(bytes.toString(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JMH wrote broken JSON: " + bytes.toString(StandardCharsets.UTF_8), e);
        }
    }

    private static String serialize(BenchmarkResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(result);
        } catch (IOException e) {
            throw new IllegalStateException("JMH's results are serializable, this one is not: " + result, e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static BenchmarkResult deserialize(String base64) throws IOException {
        try (ObjectInputStream in = new ObjectInputStream(
                new ByteArrayInputStream(Base64.getDecoder().decode(base64)))) {
            in.setObjectInputFilter(RESULTS_ONLY);
            return (BenchmarkResult) in.readObject();
        } catch (ClassNotFoundException | ClassCastException | IllegalArgumentException e) {
            throw new IOException("expected a result of JMH, got " + e, e);
        }
    }
}
