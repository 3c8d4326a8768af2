package dev.tare.profiles.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a run was made: sections of facts, both in the order in which people read them.
 *
 * @param sections name of a section to its facts, name to value
 */
public record Environment(Map<String, Map<String, String>> sections) {
    /** What stands in the place of a fact that could not be read. */
    public static final String UNKNOWN = "unknown";

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** Copies the sections. */
    public Environment {
        Map<String, Map<String, String>> copy = new LinkedHashMap<>();
        sections.forEach((name, facts) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(facts))));
        sections = Collections.unmodifiableMap(copy);
    }

    /** A fact, or {@link #UNKNOWN}. */
    public String fact(String section, String name) {
        return sections.getOrDefault(section, Map.of()).getOrDefault(name, UNKNOWN);
    }

    /** The same with one more section. */
    public Environment with(String section, Map<String, String> facts) {
        Map<String, Map<String, String>> more = new LinkedHashMap<>(sections);
        more.put(section, facts);
        return new Environment(more);
    }

    /** As a JSON object of objects of strings. */
    public String json() {
        try {
            Map<String, Object> file = new LinkedHashMap<>();
            file.put("schema", 1);
            file.putAll(sections);
            return JSON.writeValueAsString(file) + "\n";
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
