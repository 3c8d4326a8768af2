package dev.tare.mem;

import dev.tare.harness.HeapLimit;
import dev.tare.machine.memory.Caches;
import dev.tare.machine.memory.Machine;
import dev.tare.mem.array.ByteCount;
import dev.tare.mem.latency.RandomCycle;
import dev.tare.mem.stream.ArrayBytes;
import dev.tare.mem.stream.ElementType;
import java.util.Arrays;
import java.util.Map;

/** Checks the parameters of this module's benchmarks before a JVM is forked for them; their set-ups make the same checks. */
public final class MemParameters {
    private static final String PACKAGE = MemParameters.class.getPackageName() + ".";
    private static final String SMALLER = "smaller arrays or fewer threads";
    private static final int STREAM_ARRAYS = 3;
    private static final int BLOCK_GRAIN_BYTES = 1 << 10;

    private MemParameters() {}

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
            boolean isLatency = benchmark.startsWith(LatencyBench.class.getName());
            HeapLimit limit = HeapLimit.ofFork(heapBytes, machineBytes);
            parameters.forEach((name, value) -> require(name, value, isLatency, threads, limit));
        }
    }

    private static void require(String name, String value, boolean isLatency, int threads, HeapLimit limit) {
        switch (name) {
            case "arrayBytes" -> streamArrayBytes(value, Machine.caches(), threads, limit);
            case "blockBytes" -> {
                if (isLatency) {
                    cycleBytes(value, threads, limit);
                } else {
                    blockBytes(value, threads, limit);
                }
            }
            case "elementType" -> requireElementType(value);
            default -> throw new IllegalStateException(name + ": has no check; add one to " + MemParameters.class);
        }
    }

    /** Bytes of each of the three arrays of each thread of {@link StreamBench}. */
    static long streamArrayBytes(String value, Caches caches, int threads, HeapLimit limit) {
        long bytes = ArrayBytes.of(value, caches, threads);
        limit.require(
                STREAM_ARRAYS + " arrays of " + bytes + " bytes for each of " + threads + " threads",
                streamBytes(bytes, threads),
                SMALLER);
        return bytes;
    }

    /** Bytes of all arrays of all threads of {@link StreamBench}. */
    static long streamBytes(long arrayBytes, int threads) {
        return Math.multiplyExact(arrayBytes, (long) STREAM_ARRAYS * threads);
    }

    /** Bytes of each thread's block of {@link BlockBench}. */
    static long blockBytes(String value, int threads, HeapLimit limit) {
        long bytes = ByteCount.parse("blockBytes", value, BLOCK_GRAIN_BYTES, "");
        limit.require(threads + " blocks of " + bytes + " bytes", Math.multiplyExact(bytes, (long) threads), SMALLER);
        return bytes;
    }

    /** Bytes of each thread's cycle of {@link LatencyBench}. */
    static long cycleBytes(String value, int threads, HeapLimit limit) {
        long bytes = ByteCount.parse("blockBytes", value, RandomCycle.LINE_BYTES, "");
        limit.require(
                threads + " blocks of " + bytes + " bytes",
                RandomCycle.heapBytes(Math.multiplyExact(bytes, (long) threads)),
                SMALLER);
        return bytes;
    }

    private static void requireElementType(String value) {
        if (Arrays.stream(ElementType.values()).noneMatch(type -> type.name().equals(value))) {
            throw new IllegalArgumentException("parameter elementType: expected one of "
                    + Arrays.toString(ElementType.values()) + ", got " + value + "; set it with -p elementType="
                    + ElementType.DOUBLE);
        }
    }
}
