package dev.tare.profiles.plan;

import dev.tare.runs.Configuration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.Options;

/**
 * One benchmark with one value for each of its parameters: what a fork measures.
 *
 * @param benchmark class and method
 * @param mode JMH's mode
 * @param threads number of threads
 * @param params value of every parameter, in the benchmark's order
 * @param shown names of the parameters that tell it from others: those that a benchmark has several values for, or that
 *     somebody set
 * @param forks how many forks are to be measured
 * @param fork options that make JMH run exactly one fork of it
 * @param duration how long such a fork takes
 */
public record PlannedConfiguration(
        String benchmark,
        Mode mode,
        int threads,
        Map<String, String> params,
        Set<String> shown,
        int forks,
        Options fork,
        ForkDuration duration) {

    /** What it is called in the journal and in reports. */
    public Configuration identity() {
        return new Configuration(benchmark, mode.shortLabel(), threads, new TreeMap<>(params));
    }

    /** For people: the simple class, the method, and the parameters that matter. */
    public String title() {
        int method = benchmark.lastIndexOf('.');
        int type = benchmark.lastIndexOf('.', method - 1);
        String name = benchmark.substring(type + 1);
        String modeIfUnusual = mode == Mode.Throughput ? "" : " " + mode.shortLabel();
        String threadsIfMany = threads == 1 ? "" : " t=" + threads;
        return name + modeIfUnusual + threadsIfMany + (shown.isEmpty() ? "" : " " + parameters());
    }

    private String parameters() {
        return params.entrySet().stream()
                .filter(param -> shown.contains(param.getKey()))
                .map(param -> param.getKey() + "=" + param.getValue())
                .collect(Collectors.joining(" "));
    }
}
