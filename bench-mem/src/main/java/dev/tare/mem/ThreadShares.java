package dev.tare.mem;

import dev.tare.harness.Facts;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * How evenly threads share the work: {@code # fact thread-shares: 25.1 24.9 25.0 25.0 %}, in the order of threads. All
 * run for the same time, so that a share of the calls is a share of the bandwidth.
 */
@State(Scope.Benchmark)
public class ThreadShares {
    private final Map<Integer, Long> callsByThread = new TreeMap<>();

    /** Adds the calls that a thread made in all iterations, and prints the fact with the last thread's. */
    synchronized void add(BenchmarkParams benchmark, ThreadParams thread, long calls) {
        callsByThread.put(thread.getThreadIndex(), calls);
        if (benchmark.getThreads() > 1 && callsByThread.size() == benchmark.getThreads()) {
            double all =
                    callsByThread.values().stream().mapToLong(Long::longValue).sum();
            Facts.print(
                    "thread-shares",
                    callsByThread.values().stream()
                            .map(own -> String.format(Locale.ROOT, "%.1f", 100 * own / all))
                            .collect(Collectors.joining(" ", "", " %")));
        }
    }
}
