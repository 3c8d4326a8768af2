package dev.tare.cpu;

import java.util.Map;

/** Checks the parameters of this module's benchmarks before a JVM is forked for them; their set-ups make the same checks. */
public final class CpuParameters {
    private static final String PACKAGE = CpuParameters.class.getPackageName() + ".";

    private CpuParameters() {}

    /**
     * Checks one configuration of a benchmark.
     *
     * @param benchmark JMH's full name of it, class and method; those of other modules pass
     * @param parameters the value of each of its parameters, as it stands on the command line
     * @param threads how many of JMH's threads run it
     * @param heapBytes the largest heap of the JVM that is to measure
     * @param machineBytes what the machine can give to a process now
     * @throws IllegalArgumentException when the benchmark would refuse them, with the reason and what to do
     */
    public static void require(
            String benchmark, Map<String, String> parameters, int threads, long heapBytes, long machineBytes) {
        if (benchmark.startsWith(PACKAGE)) {
            int matrices = benchmark.endsWith(".ejml") ? SystemSize.MATRICES_OF_EJML : SystemSize.MATRICES_OF_OURS;
            MemoryLimit limit = MemoryLimit.ofFork(heapBytes, machineBytes);
            parameters.forEach((name, value) -> require(name, value, matrices, threads, limit));
        }
    }

    private static void require(String name, String value, int matrices, int threads, MemoryLimit limit) {
        switch (name) {
            case "order" -> SystemSize.requireOrder(number(name, value), Math.multiplyExact(matrices, threads), limit);
            case "workers" -> SystemSize.requireWorkers(number(name, value));
            case "arraySize" -> SystemSize.requireArraySize(number(name, value), threads, limit);
            case "repetitions" -> SystemSize.requireRepetitions(number(name, value));
            case "timeLimitS" -> SystemSize.requireTimeLimitS(number(name, value));
            default -> throw new IllegalStateException(name + ": has no check; add one to " + CpuParameters.class);
        }
    }

    private static long number(String parameter, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    parameter + ": expected a whole number below 2^63, got " + value + "; pass for example -p "
                            + parameter + "=1000",
                    e);
        }
    }
}
