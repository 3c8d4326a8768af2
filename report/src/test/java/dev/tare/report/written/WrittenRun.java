package dev.tare.report.written;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/** A run's folder. */
public final class WrittenRun {
    private final Path folder;
    private final ArrayNode plan = WrittenResult.JSON.createArrayNode();

    public WrittenRun(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    public Path folder() {
        return folder;
    }

    public WrittenRun results(WrittenResult... results) throws IOException {
        jmhFile(folder.resolve("results.json"), results);
        return this;
    }

    /** A file as JMH itself writes it. */
    public static Path jmhFile(Path file, WrittenResult... results) throws IOException {
        ArrayNode array = WrittenResult.JSON.createArrayNode();
        List.of(results).forEach(result -> array.add(result.json()));
        return Files.writeString(file, array.toPrettyString());
    }

    /** What the first line that follows says of the plan. */
    public WrittenRun planned(WrittenResult result, int forks) {
        plan.addObject().put("forks", forks).set("configuration", result.configuration());
        return this;
    }

    public WrittenRun journalHead() throws IOException {
        return journalHead("{}", "[]");
    }

    /** A first line with labels (a JSON object) and flags of the JVM (a JSON array). */
    public WrittenRun journalHead(String labels, String jvmFlags) throws IOException {
        return line("{\"kind\":\"run\",\"schema\":1,\"tare\":\"0.1.0-SNAPSHOT\",\"started\":\"2026-01-02T03:04:05Z\","
                + "\"profile\":\"smoke\",\"steps\":\"StreamBench\",\"only\":\"\",\"options\":[],\"plan\":" + plan
                + ",\"labels\":" + labels
                + ",\"jvmFlags\":" + jvmFlags + ","
                + "\"maxStealPercent\":1.0,\"maxForeignPercent\":5.0,\"retries\":0,"
                + "\"fingerprint\":{\"program\":\"aa\",\"jvm\":\"17\",\"machine\":\"vm\"}}");
    }

    /** One line for each fork of this result, rounds counted from 1. */
    public WrittenRun forks(WrittenResult result, Map<String, String> facts) throws IOException {
        for (int fork = 0; fork < result.numberOfForks(); fork++) {
            fork(result, fork, fork + 1, facts);
        }
        return this;
    }

    /** One line for one fork. */
    public WrittenRun fork(WrittenResult result, int index, int round, Map<String, String> facts) throws IOException {
        return fork(result, index, round, facts, List.of());
    }

    /** One line for one fork with what the iteration profiler recorded. */
    public WrittenRun fork(
            WrittenResult result, int index, int round, Map<String, String> facts, List<Map<String, Object>> iterations)
            throws IOException {
        ObjectNode entry = WrittenResult.JSON.createObjectNode();
        entry.put("kind", "fork").put("round", round).set("configuration", result.configuration());
        ObjectNode factNode = entry.putObject("facts");
        facts.forEach(factNode::put);
        ArrayNode records = entry.putArray("iterations");
        iterations.forEach(iteration -> records.add(WrittenResult.JSON.<JsonNode>valueToTree(iteration)));
        entry.set("jmh", result.fork(index));
        return line(entry.toString());
    }

    public WrittenRun failure(WrittenResult result, int round, String message) throws IOException {
        ObjectNode entry = WrittenResult.JSON.createObjectNode();
        entry.put("kind", "failure").put("round", round).set("configuration", result.configuration());
        return line(entry.put("message", message).toString());
    }

    public WrittenRun line(String text) throws IOException {
        return raw(text + "\n");
    }

    /** Text at the end of the journal, without a line's end. */
    public WrittenRun raw(String text) throws IOException {
        Files.writeString(folder.resolve("journal.jsonl"), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return this;
    }

    public WrittenRun environment(Map<String, Map<String, String>> sections) throws IOException {
        Files.writeString(folder.resolve("environment.json"), WrittenResult.JSON.writeValueAsString(sections));
        return this;
    }
}
