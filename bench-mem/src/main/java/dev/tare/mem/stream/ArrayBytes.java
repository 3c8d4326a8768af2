package dev.tare.mem.stream;

import dev.tare.mem.machine.CacheLevel;
import dev.tare.mem.machine.Caches;
import org.jspecify.annotations.Nullable;

/** How large each array is: given, or by STREAM's rule. */
public final class ArrayBytes {
    /** The value of the parameter that asks for STREAM's rule. */
    public static final String AUTO = "auto";

    private static final int ELEMENT_BYTES = 8;
    private static final long GRAIN_BYTES = 1 << 20;
    // Room for the header and for the alignment of the first element; the JVM's arrays end near 2^31 elements.
    private static final long LARGEST_BYTES = (Integer.MAX_VALUE - 1024L) * ELEMENT_BYTES;

    private ArrayBytes() {}

    /**
     * Bytes of each array of each thread.
     *
     * <p>By STREAM's rule the arrays hold at least four times what all last-level caches hold together. Threads share
     * that amount, as STREAM's own threads share its arrays, in whole MiB.
     *
     * @param parameter a multiple of eight, or {@link #AUTO}
     * @throws IllegalArgumentException when it is neither, too large for a Java array, or the caches are unknown
     */
    public static long of(String parameter, Caches caches, int threads) {
        if (parameter.equals(AUTO)) {
            return automatic(caches, threads);
        }
        long bytes;
        try {
            bytes = Long.parseLong(parameter);
        } catch (NumberFormatException e) {
            throw refuse("a number of bytes or " + AUTO, parameter, e);
        }
        if (bytes <= 0 || bytes % ELEMENT_BYTES != 0) {
            throw refuse("a positive multiple of " + ELEMENT_BYTES, parameter, null);
        }
        if (bytes > LARGEST_BYTES) {
            throw refuse("at most " + LARGEST_BYTES + " (a Java array holds no more)", parameter, null);
        }
        return bytes;
    }

    private static long automatic(Caches caches, int threads) {
        CacheLevel last = caches.last()
                .orElseThrow(() -> new IllegalArgumentException(
                        "arrayBytes=auto needs the size of the last-level cache, which this machine does not tell;"
                                + " give at least four times its size, for example -p arrayBytes=268435456"));
        long share = ceilDiv(Math.multiplyExact(4, last.totalBytes()), threads);
        return Math.min(LARGEST_BYTES, ceilDiv(share, GRAIN_BYTES) * GRAIN_BYTES);
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private static IllegalArgumentException refuse(String expected, String got, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "parameter arrayBytes: expected " + expected + ", got " + got + "; set it with -p arrayBytes=BYTES",
                cause);
    }
}
