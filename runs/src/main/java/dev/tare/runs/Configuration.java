package dev.tare.runs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured: runs are compared configuration by configuration, and only where all four parts are equal.
 *
 * @param benchmark class and method, fully qualified
 * @param mode JMH's short name: {@code thrpt}, {@code avgt}, {@code sample} or {@code ss}
 * @param threads number of JMH threads
 * @param params the benchmark's parameters by name
 */
public record Configuration(String benchmark, String mode, int threads, SortedMap<String, String> params) {
    /** Keeps a copy of the parameters. */
    public Configuration {
        params = Collections.unmodifiableSortedMap(new TreeMap<>(params));
    }

    /** Reads an element of JMH's JSON, or what {@link #json} wrote, which takes the same words. */
    public static Configuration read(JsonCursor element) throws UnreadableRunException {
        SortedMap<String, String> params = new TreeMap<>();
        if (element.find("params").isPresent()) {
            for (Map.Entry<String, JsonCursor> param :
                    element.get("params").fields().entrySet()) {
                params.put(param.getKey(), param.getValue().scalar());
            }
        }
        JsonCursor threads = element.get("threads");
        if (threads.count() == 0) {
            throw threads.unexpected("at least one thread");
        }
        return new Configuration(
                element.get("benchmark").text(), element.get("mode").text(), threads.count(), params);
    }

    /** As an object, which {@link #read} takes. */
    public ObjectNode json() {
        ObjectNode json = JmhJson.JSON
                .createObjectNode()
                .put("benchmark", benchmark)
                .put("mode", mode)
                .put("threads", threads);
        params.forEach(json.putObject("params")::put);
        return json;
    }

    /** One line for messages: benchmark, mode, threads and parameters. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(benchmark).append(' ').append(mode);
        if (threads != 1) {
            line.append(" threads=").append(threads);
        }
        params.forEach(
                (name, value) -> line.append(' ').append(name).append('=').append(value));
        return line.toString();
    }
}
