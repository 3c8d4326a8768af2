package dev.tare.cpu;

import dev.tare.cpu.linpack.Linpack;
import java.util.Locale;

/** Checks what is asked of a benchmark before anything of it is allocated. */
final class SystemSize {
    /** Matrices that EJML's solver holds: the system's and its decomposition. */
    static final int MATRICES_OF_EJML = 2;

    /** Matrices that our solver holds: it overwrites the system's. */
    static final int MATRICES_OF_OURS = 1;

    /** Its square, with the padding that kernels want, still fits an array of the JVM, which ends below 2^31 elements. */
    private static final long MAX_ORDER = 46_000;

    /** Half of its square still fits an array. */
    private static final long MAX_ARRAY_SIZE = 65_000;

    /** Columns that a solver may need beside a matrix, for packed panels. */
    private static final long COLUMNS_BESIDE = 512;

    /** What the JVM and JMH take for themselves. */
    private static final long JVM_BYTES = 32L << 20;

    private static final long MAX_WORKERS = 1024;

    private static final long MAX_REPETITIONS = 1_000_000;

    private static final long MAX_TIME_LIMIT_S = 1_000_000;

    private SystemSize() {}

    /**
     * Checks the order of a system.
     *
     * @param matrices how many of its size are held at once
     * @param limit the most that they may take
     * @throws IllegalArgumentException when it is below 1, too large for an array, or beyond the limit
     */
    static int requireOrder(long order, int matrices, MemoryLimit limit) {
        requireRange("order", order, 1, MAX_ORDER);
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
    static int requireArraySize(long arraySize, int threads, MemoryLimit limit) {
        requireRange("arraySize", arraySize, Linpack.MIN_ARRAY_SIZE, MAX_ARRAY_SIZE);
        if (arraySize % 2 != 0) {
            throw new IllegalArgumentException("arraySize: expected an even number, because the order of the system is"
                    + " half of it, got " + arraySize + "; pass for example -p arraySize=" + (arraySize + 1));
        }
        requireHeap("arraySize", arraySize, Math.multiplyExact(arraySize * arraySize / 2, threads), limit);
        return (int) arraySize;
    }

    /**
     * Checks how many workers solve one system together.
     *
     * @throws IllegalArgumentException when they are none, or so many that they could only be a mistake
     */
    static int requireWorkers(long workers) {
        requireRange("workers", workers, 1, MAX_WORKERS);
        return (int) workers;
    }

    /** Checks how many repetitions a series has: 1 to a million. */
    static long requireRepetitions(long repetitions) {
        requireRange("repetitions", repetitions, 1, MAX_REPETITIONS);
        return repetitions;
    }

    /** Checks after how many seconds no new repetition begins: 1 to a million. */
    static long requireTimeLimitS(long timeLimitS) {
        requireRange("timeLimitS", timeLimitS, 1, MAX_TIME_LIMIT_S);
        return timeLimitS;
    }

    private static void requireRange(String parameter, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(parameter + ": expected " + least + " to " + most + ", got " + value
                    + "; pass another with -p " + parameter + "=");
        }
    }

    private static void requireHeap(String parameter, long value, long elements, MemoryLimit limit) {
        long needBytes = elements * Double.BYTES + JVM_BYTES;
        if (needBytes > limit.bytes()) {
            long needMebibytes = (needBytes >> 20) + 1;
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s: %d needs a heap of %d MiB, but %s %d MiB; %sfewer threads or a smaller %s",
                    parameter,
                    value,
                    needMebibytes,
                    limit.owner(),
                    limit.bytes() >> 20,
                    limit.canGrow()
                            ? "pass -jvmArgsAppend -Xmx" + needMebibytes + "m where the machine has that much, "
                            : "choose ",
                    parameter));
        }
    }
}
