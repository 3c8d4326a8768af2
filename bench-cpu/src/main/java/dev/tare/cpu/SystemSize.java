package dev.tare.cpu;

import java.util.Locale;

/** Checks the size of a system before anything of it is allocated. */
final class SystemSize {
    /** The JVM refuses arrays of a few elements less than 2^31. */
    private static final long MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    /** Vectors, packed panels and the JVM itself, beside the matrices. */
    private static final long BESIDE_BYTES = 32L << 20;

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
        long maxEdge = (long) Math.sqrt(MAX_ELEMENTS);
        if (edge > maxEdge) {
            throw new IllegalArgumentException(parameter + ": expected at most " + maxEdge
                    + ", whose square is the longest array of the JVM, got " + edge);
        }
        long needBytes = Math.multiplyExact(edge * edge * Double.BYTES, matrices) + BESIDE_BYTES;
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

    private static long mebibytes(long bytes) {
        return (bytes >> 20) + 1;
    }
}
