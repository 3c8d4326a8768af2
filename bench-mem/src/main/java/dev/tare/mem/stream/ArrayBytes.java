package dev.tare.mem.stream;

import dev.tare.machine.memory.CacheLevel;
import dev.tare.machine.memory.Caches;
import dev.tare.mem.array.ByteCount;
import dev.tare.mem.array.Elements;
import dev.tare.mem.array.HeapArrays;
import java.util.Locale;

/** How large each array is: given, or by STREAM's rule. */
public final class ArrayBytes {
    /** The value of the parameter that asks for STREAM's rule. */
    public static final String AUTO = "auto";

    private static final long GRAIN_BYTES = 1 << 20;
    private static final long TIMES_LAST_LEVEL = 4;

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
        return parameter.equals(AUTO)
                ? automatic(caches, threads)
                : ByteCount.parse("arrayBytes", parameter, Elements.BYTES, " or " + AUTO);
    }

    /**
     * Whether arrays of so many bytes keep STREAM's rule, in words for the record of a run: smaller ones measure caches in
     * part. Arrays that the rule makes keep it unless one Java array is too small for that.
     *
     * @param bytes size of each array of each thread
     */
    public static String rule(long bytes, Caches caches, int threads) {
        return caches.last().map(last -> rule(bytes * threads, last)).orElse("unknown");
    }

    private static String rule(long togetherBytes, CacheLevel last) {
        long leastBytes = TIMES_LAST_LEVEL * last.totalBytes();
        return togetherBytes >= leastBytes
                ? "kept"
                : String.format(
                        Locale.ROOT,
                        "broken: arrays of %,d KiB, expected %,d KiB, %d x %s",
                        togetherBytes >> 10,
                        leastBytes >> 10,
                        TIMES_LAST_LEVEL,
                        last);
    }

    private static long automatic(Caches caches, int threads) {
        CacheLevel last = caches.last()
                .orElseThrow(() -> new IllegalArgumentException(
                        "arrayBytes=auto needs the size of the last-level cache, which this machine does not tell;"
                                + " give at least four times its size, for example -p arrayBytes=268435456"));
        long share = ceilDiv(TIMES_LAST_LEVEL * last.totalBytes(), threads);
        return Math.min(HeapArrays.LARGEST_BYTES, ceilDiv(share, GRAIN_BYTES) * GRAIN_BYTES);
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
