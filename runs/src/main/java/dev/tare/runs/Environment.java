package dev.tare.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The machine, JVM and program that a run was made with: sections of facts, both in the order in which people read them, as
 * {@code environment.json} holds them.
 *
 * @param sections name of a section to its facts, name to value, {@code unknown} where a fact could not be read; none for a
 *     plain JMH file
 */
public record Environment(Map<String, Map<String, String>> sections) {
    /** The value of a fact that was looked for and could not be read. */
    public static final String UNKNOWN = "unknown";

    private static final String SCHEMA = "schema";

    /** Copies the sections. */
    public Environment {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        sections.forEach((name, facts) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(facts))));
        sections = Collections.unmodifiableMap(copy);
    }

    static Environment none() {
        return new Environment(Map.of());
    }

    /** Reads what {@link #json()} wrote. */
    static Environment read(JsonCursor root) throws UnreadableRunException {
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        for (Map.Entry<String, JsonCursor> section : root.fields().entrySet()) {
            if (section.getKey().equals(SCHEMA)) {
                Journal.requireKnown(section.getValue());
            } else {
                // Sections are two levels deep today; deeper ones of later versions get longer keys.
                Map<String, String> facts = new LinkedHashMap<>();
                section.getValue().flatten("", facts);
                sections.put(section.getKey(), facts);
            }
        }
        return new Environment(sections);
    }

    /** All facts by {@code section.name}. */
    public SortedMap<String, String> facts() {
        SortedMap<String, String> all = new TreeMap<>();
        sections.forEach((section, facts) -> facts.forEach((name, value) -> all.put(key(section, name), value)));
        return all;
    }

    /** The facts of one section, such as {@code jdk}, with the section in front of their keys. */
    public Map<String, String> section(String name) {
        Map<String, String> keyed = new LinkedHashMap<>();
        sections.getOrDefault(name, Map.of()).forEach((fact, value) -> keyed.put(key(name, fact), value));
        return keyed;
    }

    private static String key(String section, String name) {
        return name.isEmpty() ? section : section + "." + name;
    }

    /** One fact by {@code section.name}; empty when there is no such key. */
    public Optional<String> fact(String key) {
        return Optional.ofNullable(facts().get(key));
    }

    /** The same with one more section. */
    public Environment with(String section, Map<String, String> facts) {
        Map<String, Map<String, String>> more = new LinkedHashMap<>(sections);
        more.put(section, facts);
        return new Environment(more);
    }

    /** As a JSON object: the number of the schema, then an object of strings for each section. */
    public String json() {
        Map<String, Object> file = new LinkedHashMap<>();
        file.put(SCHEMA, Journal.SCHEMA);
        file.putAll(sections);
        try {
            return JmhJson.JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(file) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of strings are always JSON", e);
        }
    }

    /** For a terminal: one line a fact under the name of its section. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        sections.forEach((name, facts) -> {
            lines.add(name);
            int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
            facts.forEach((fact, value) -> lines.add("  " + fact + " ".repeat(width - fact.length() + 2) + value));
        });
        return lines;
    }
}
