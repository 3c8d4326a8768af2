package dev.tare.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a configuration was measured, as JMH's JSON says it. Two sides of a comparison should agree on all of it.
 *
 * @param iterations measured iterations of each fork
 * @param values the settings by readable name, in the order of JMH's JSON; absent ones are absent here
 */
public record Settings(int iterations, Map<String, String> values) {
    /** Keeps a copy of the values, in their order. */
    public Settings {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
