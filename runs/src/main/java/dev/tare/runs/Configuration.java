package dev.tare.runs;

import java.util.Collections;
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
