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
     * @throws IllegalArgumentException when the benchmark would refuse it on any machine of this size, with the reason and what to do
     */
    void require(Requested requested);

    /**
     * What this JVM or this machine lacks for a configuration that is not wrong: a newer JDK, a second processor, a program that is
     * not installed. A profile that comes with the launcher is for every machine: what lacks something is left out of it, with the
     * reason; whatever else asks for it is refused.
     *
     * @return what was expected, what is there, and what to do; empty when nothing is known to be lacking
     */
    default Optional<String> lacking(Requested requested) {
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
