package dev.tare.cpu;

import java.util.Map;

/** Checks the parameters of this module's benchmarks before a JVM is forked for them; their set-ups make the same checks. */
public final class CpuParameters {
    private static final String PACKAGE = CpuParameters.class.getPackageName() + ".";

    private CpuParameters() {}

    /**
     * Checks one configuration of a benchmark, of which one thread at least will run on this machine.
     *
     * <p>Threads and options of the fork are not known here: what is refused could not work with any; the rest of what
     * they decide, the benchmark refuses in its set-up.
     *
     * @param benchmark JMH's full name of it, class and method; those of other modules pass
     * @param parameters the value of each of its parameters, as it stands on the command line
     * @throws IllegalArgumentException when the benchmark would refuse them, with the reason and what to do
     */
    public static void require(String benchmark, Map<String, String> parameters) {
        if (benchmark.startsWith(PACKAGE)) {
            boolean isEjml = benchmark.endsWith(".ejml");
            MemoryLimit limit = MemoryLimit.ofThisMachine();
            parameters.forEach((name, value) -> require(name, value, isEjml, limit));
        }
    }

    private static void require(String name, String value, boolean isEjml, MemoryLimit limit) {
        switch (name) {
            case "order" ->
                SystemSize.requireOrder(
                        number(name, value), isEjml ? SystemSize.MATRICES_OF_EJML : SystemSize.MATRICES_OF_OURS, limit);
            case "workers" -> SystemSize.requireWorkers(number(name, value));
            case "arraySize" -> SystemSize.requireArraySize(number(name, value), 1, limit);
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
