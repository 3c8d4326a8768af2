package dev.tare.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What the iteration profiler recorded of one measured iteration; docs/iteration-records.md tells the fields.
 *
 * @param fields name to value, in the order of the record; nested fields have a point in their names
 */
public record IterationRecord(Map<String, String> fields) {
    /** Keeps a copy, in its order. */
    public IterationRecord {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** A field; empty when it is absent. */
    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Whether steal, throttling or foreign CPU exceeded its limit; what could not be read exceeds none. */
    public boolean contaminated() {
        return field("contaminated").map(Boolean::parseBoolean).orElse(false);
    }

    /** A field that is a number; empty when it is absent or not known. */
    public OptionalDouble number(String name) {
        String text = fields.getOrDefault(name, "");
        try {
            return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException unknown) {
            return OptionalDouble.empty();
        }
    }
}
