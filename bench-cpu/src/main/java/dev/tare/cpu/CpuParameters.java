package dev.tare.cpu;

import dev.tare.cpu.linpack.Linpack;
import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.HeapLimit;
import dev.tare.harness.Parameters;

/** The parameters of this module's benchmarks: their ranges, and the memory that they ask for. */
public final class CpuParameters implements BenchmarkCheck {
    /** Matrices that EJML's solver holds: the system's and its decomposition. Ours overwrites the system's. */
    static final int MATRICES_OF_EJML = 2;

    private static final String PACKAGE = CpuParameters.class.getPackageName() + ".";

    /** Its square, with the padding that kernels want, still fits an array of the JVM, which ends below 2^31 elements. */
    private static final long MAX_ORDER = 46_000;

    /** Half of its square still fits an array. */
    private static final long MAX_ARRAY_SIZE = 65_000;

    /** Columns that a solver may need beside a matrix, for packed panels. */
    private static final long COLUMNS_BESIDE = 512;

    /** More could only be a mistake. */
    private static final long MAX_WORKERS = 1024;

    private static final long MAX_REPETITIONS = 1_000_000;

    private static final long MAX_TIME_LIMIT_S = 1_000_000;

    @Override
    public boolean knows(String benchmark) {
        return benchmark.startsWith(PACKAGE);
    }

    @Override
    public void require(Requested requested) {
        HeapLimit limit = HeapLimit.ofFork(requested.heapBytes(), requested.obtainableBytes());
        int threads = requested.threads();
        int matrices = requested.benchmark().endsWith(".ejml") ? MATRICES_OF_EJML : 1;
        requested.parameters().forEach((name, value) -> {
            switch (name) {
                case "order" ->
                    order(
                            Parameters.wholeNumber(name, value, 1, MAX_ORDER),
                            Math.multiplyExact(matrices, threads),
                            limit);
                case "workers" -> Parameters.wholeNumber(name, value, 1, MAX_WORKERS);
                case "arraySize" ->
                    arraySize(
                            Parameters.wholeNumber(name, value, Linpack.MIN_ARRAY_SIZE, MAX_ARRAY_SIZE),
                            threads,
                            limit);
                case "repetitions" -> Parameters.wholeNumber(name, value, 1, MAX_REPETITIONS);
                case "timeLimitS" -> Parameters.wholeNumber(name, value, 1, MAX_TIME_LIMIT_S);
                default -> throw new IllegalStateException(name + ": has no check; add one to " + CpuParameters.class);
            }
        });
    }

    /**
     * Checks the order of a system.
     *
     * @param matrices how many of its size are held at once
     * @param limit the most that they may take
     * @throws IllegalArgumentException when it is below 1, too large for an array, or beyond the limit
     */
    static int order(long order, int matrices, HeapLimit limit) {
        Parameters.requireRange("order", order, 1, MAX_ORDER);
        requireHeap("order", order, Math.multiplyExact(order * (order + COLUMNS_BESIDE), matrices), limit);
        return (int) order;
    }

    /**
     * Checks the size of LINPACK's array.
     *
     * @param threads how many arrays are held at once
     * @param limit the most that they may take
     * @throws IllegalArgumentException when it is odd, below 10, too large for an array, or beyond the limit
     */
    static int arraySize(long arraySize, int threads, HeapLimit limit) {
        Parameters.requireRange("arraySize", arraySize, Linpack.MIN_ARRAY_SIZE, MAX_ARRAY_SIZE);
        if (arraySize % 2 != 0) {
            throw Parameters.refusal(
                    "arraySize",
                    "an even number, because the order of the system is half of it",
                    Long.toString(arraySize),
                    Long.toString(arraySize + 1),
                    null);
        }
        requireHeap("arraySize", arraySize, Math.multiplyExact(arraySize * arraySize / 2, threads), limit);
        return (int) arraySize;
    }

    /** Checks how many workers solve one system together. */
    static int workers(long workers) {
        return (int) Parameters.requireRange("workers", workers, 1, MAX_WORKERS);
    }

    /** Checks how many repetitions a series has. */
    static long repetitions(long repetitions) {
        return Parameters.requireRange("repetitions", repetitions, 1, MAX_REPETITIONS);
    }

    /** Checks after how many seconds no new repetition begins. */
    static long timeLimitS(long timeLimitS) {
        return Parameters.requireRange("timeLimitS", timeLimitS, 1, MAX_TIME_LIMIT_S);
    }

    private static void requireHeap(String name, long value, long elements, HeapLimit limit) {
        limit.require(
                name + ": " + value,
                Math.multiplyExact(elements, (long) Double.BYTES),
                "fewer threads or a smaller " + name);
    }
}
