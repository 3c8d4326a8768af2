package dev.tare.cpu;

import java.util.Locale;

/** Checks the size of a system before anything of it is allocated. */
final class SystemSize {
    /** Its square, with the padding that kernels want, still fits an array of the JVM, which ends below 2^31 elements. */
    private static final long MAX_EDGE = 46_000;

    /** Columns that a solver may need beside a matrix, for packed panels. */
    private static final long COLUMNS_BESIDE = 512;

    /** What the JVM and JMH take for themselves. */
    private static final long JVM_BYTES = 32L << 20;

    private static final long MAX_WORKERS = 1024;

    private SystemSize() {}

    /**
     * Checks a parameter that is the edge of a square matrix of doubles.
     *
     * @param parameter its name
     * @param edge its value
     * @param matrices how many of them are held at once
     * @param heapBytes the most that the JVM may allocate
     * @return the edge, which is at least 1 and whose square fits an array and the heap
     * @throws IllegalArgumentException when it is not
     */
    static int requireMatrix(String parameter, long edge, int matrices, long heapBytes) {
        if (edge < 1) {
            throw new IllegalArgumentException(
                    parameter + ": expected at least 1, got " + edge + "; pass for example -p " + parameter + "=1000");
        }
        if (edge > MAX_EDGE) {
            throw new IllegalArgumentException(parameter + ": expected at most " + MAX_EDGE
                    + ", because an array of the JVM holds fewer than 2^31 elements, got " + edge);
        }
        long needBytes = Math.multiplyExact(edge * (edge + COLUMNS_BESIDE) * Double.BYTES, (long) matrices) + JVM_BYTES;
        if (needBytes > heapBytes) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: %d needs %d MiB for %d matrices, but the heap of this JVM holds at most %d MiB;"
                            + " pass -jvmArgsAppend -Xmx%dm where the machine has that much, or a smaller %s",
                    parameter,
                    edge,
                    mebibytes(needBytes),
                    matrices,
                    heapBytes >> 20,
                    mebibytes(needBytes),
                    parameter));
        }
        return (int) edge;
    }

    /**
     * Checks how many workers solve one system together.
     *
     * @throws IllegalArgumentException when they are none, or so many that they could only be a mistake
     */
    static int requireWorkers(long workers) {
        if (workers < 1 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException("workers: expected 1 to " + MAX_WORKERS + ", got " + workers
                    + "; as many as there are processors are useful");
        }
        return (int) workers;
    }

    private static long mebibytes(long bytes) {
        return (bytes >> 20) + 1;
    }
}
