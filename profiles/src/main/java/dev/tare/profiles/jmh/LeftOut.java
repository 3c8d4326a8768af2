package dev.tare.profiles.jmh;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Benchmarks that are not measured because this JVM or machine lacks something for them; many lack the same. */
public final class LeftOut {
    private final Map<String, Set<String>> byReason = new LinkedHashMap<>();

    /**
     * Adds one.
     *
     * @param benchmark JMH's full name of it
     * @param reason what is lacking, in the benchmark's own words
     */
    public void add(String benchmark, String reason) {
        byReason.computeIfAbsent(reason, any -> new LinkedHashSet<>()).add(ParameterCheck.simpleName(benchmark));
    }

    /** Whether none is. */
    public boolean isEmpty() {
        return byReason.isEmpty();
    }

    /** For each reason the benchmarks, class and method, and then the reason. */
    public List<String> sentences() {
        return byReason.entrySet().stream()
                .map(one -> String.join(", ", one.getValue()) + ": " + one.getKey())
                .toList();
    }
}
