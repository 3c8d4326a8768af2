package dev.tare.cpu;

/** Checks the parameters of this module's benchmarks before a JVM is forked for them; the benchmarks check them again. */
public final class CpuParameters {
    private CpuParameters() {}

    /**
     * Checks one value of one parameter.
     *
     * @param parameter its name; one that no benchmark of this module has passes
     * @param value as it stands on the command line
     * @param threads number of JMH's threads, each of which has a system of its own
     * @param heapBytes the most that a forked JVM may allocate
     * @throws IllegalArgumentException when a benchmark would refuse it, with the reason
     */
    public static void require(String parameter, String value, int threads, long heapBytes) {
        switch (parameter) {
            case "order" -> SystemSize.requireOrder(number(parameter, value), threads, heapBytes);
            case "workers" -> SystemSize.requireWorkers(number(parameter, value));
            case "arraySize" -> SystemSize.requireArraySize(number(parameter, value), threads, heapBytes);
            case "repetitions" -> SystemSize.requireRepetitions(number(parameter, value));
            case "timeLimitS" -> SystemSize.requireTimeLimitS(number(parameter, value));
            default -> {
                // Of another module, which checks it.
            }
        }
    }

    private static long number(String parameter, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    parameter + ": expected a whole number, got " + value + "; pass for example -p " + parameter
                            + "=1000",
                    e);
        }
    }
}
