package dev.tare.harness;

import java.util.Map;
import java.util.Optional;

/**
 * Checks the parameters of a module's benchmarks before a JVM is forked for them: a run of forty minutes should not find
 * its wrong line in the thirtieth. The set-ups make the same checks. Found by {@link java.util.ServiceLoader}.
 */
public interface BenchmarkCheck {
    /** Whether the benchmark, by JMH's full name of class and method, is one of the module's. */
    boolean knows(String benchmark);

    /**
     * Checks one configuration of a benchmark.
     *
     * @throws IllegalArgumentException when the benchmark would refuse it, with the reason and what to do
     */
    void require(Requested requested);

    /**
     * What this machine lacks for a configuration that is not wrong, such as a program that is not installed: with what is
     * missing, what was looked for, and what to do. The launcher leaves it out of a run and says why; empty when nothing is known to
     * be missing.
     */
    default Optional<String> missing(Requested requested) {
        return Optional.empty();
    }

    /**
     * What is asked of a benchmark.
     *
     * @param benchmark JMH's full name of it, class and method
     * @param parameters the value of each of its parameters, as it stands on the command line
     * @param threads how many of JMH's threads run it
     * @param heapBytes the largest heap of the JVM that is to measure
     * @param obtainableBytes what the machine, or the control group around this JVM, can give to a process now
     */
    record Requested(
            String benchmark, Map<String, String> parameters, int threads, long heapBytes, long obtainableBytes) {}
}
