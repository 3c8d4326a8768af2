package dev.tare.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run was asked for and where it began: the first line of its journal, from which it can be resumed.
 *
 * @param version Tare's version
 * @param started when it began (ISO 8601, UTC)
 * @param profile name of the profile
 * @param steps the profile as it was written
 * @param only regular expression of the configurations to keep; empty for all
 * @param options JMH options from the command line, which win over the profile's
 * @param planned how many forks of each configuration, in the order in which each round measures them
 * @param labels words of the user's own about this machine
 * @param jvmFlags flags of the launcher's JVM, which JMH hands on to the forks
 * @param maxStealPercent steal, and throttling, beyond which an iteration counts as contaminated
 * @param maxForeignPercent foreign CPU beyond which it does
 * @param retries how often a fork with contaminated iterations is measured again
 * @param fingerprint what must be the same for all its forks
 */
public record RunHeader(
        String version,
        String started,
        String profile,
        String steps,
        String only,
        List<String> options,
        Map<Configuration, Integer> planned,
        Map<String, String> labels,
        List<String> jvmFlags,
        double maxStealPercent,
        double maxForeignPercent,
        int retries,
        Fingerprint fingerprint) {
    /** Keeps copies. */
    public RunHeader {
        options = List.copyOf(options);
        planned = Collections.unmodifiableMap(new LinkedHashMap<>(planned));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        jvmFlags = List.copyOf(jvmFlags);
    }

    /** Reads what {@link #json} wrote. */
    static RunHeader read(JsonCursor line) throws UnreadableRunException {
        JsonCursor fingerprint = line.get("fingerprint");
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonCursor> label : line.get("labels").fields().entrySet()) {
            labels.put(label.getKey(), label.getValue().scalar());
        }
        Map<Configuration, Integer> planned = new LinkedHashMap<>();
        for (JsonCursor forks : line.get("plan").elements()) {
            planned.put(
                    Configuration.read(forks.get("configuration")),
                    forks.get("forks").count());
        }
        return new RunHeader(
                line.get("tare").text(),
                line.get("started").text(),
                line.get("profile").text(),
                line.get("steps").text(),
                line.get("only").text(),
                texts(line.get("options")),
                planned,
                labels,
                texts(line.get("jvmFlags")),
                line.get("maxStealPercent").number(),
                line.get("maxForeignPercent").number(),
                line.get("retries").count(),
                new Fingerprint(
                        fingerprint.get("program").text(),
                        fingerprint.get("jvm").text(),
                        fingerprint.get("machine").text()));
    }

    private static List<String> texts(JsonCursor array) throws UnreadableRunException {
        List<String> texts = new ArrayList<>();
        for (JsonCursor element : array.elements()) {
            texts.add(element.text());
        }
        return texts;
    }

    ObjectNode json() {
        ObjectNode line = JmhJson.JSON
                .createObjectNode()
                .put("kind", "run")
                .put("schema", Journal.SCHEMA)
                .put("tare", version)
                .put("started", started)
                .put("profile", profile)
                .put("steps", steps)
                .put("only", only);
        options.forEach(line.putArray("options")::add);
        ArrayNode plan = line.putArray("plan");
        planned.forEach((configuration, forks) -> {
            ObjectNode one = plan.addObject();
            one.set("configuration", configuration.json());
            one.put("forks", forks);
        });
        labels.forEach(line.putObject("labels")::put);
        jvmFlags.forEach(line.putArray("jvmFlags")::add);
        line.put("maxStealPercent", maxStealPercent)
                .put("maxForeignPercent", maxForeignPercent)
                .put("retries", retries);
        line.putObject("fingerprint")
                .put("program", fingerprint.program())
                .put("jvm", fingerprint.jvm())
                .put("machine", fingerprint.machine());
        return line;
    }
}
