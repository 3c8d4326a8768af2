package dev.tare.runs;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The machine a run was made on: sections of facts, as {@code environment.json} holds them.
 *
 * @param facts {@code section.key} to value, {@code unknown} where a fact could not be read; empty for a plain JMH file
 */
public record Environment(SortedMap<String, String> facts) {
    /** The value of a fact that was looked for and could not be read. */
    public static final String UNKNOWN = "unknown";

    /** Keeps a copy of the facts. */
    public Environment {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    static Environment none() {
        return new Environment(Collections.emptySortedMap());
    }

    /** The facts of one section, such as {@code jdk}, with the section in front of their keys. */
    public Map<String, String> section(String name) {
        // The slash is the character after the point: all keys that begin with the name and a point.
        return facts.subMap(name + ".", name + "/");
    }

    /** One fact; empty when the file has no such key. */
    public Optional<String> fact(String key) {
        return Optional.ofNullable(facts.get(key));
    }
}
