package dev.tare.mem;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.HeapLimit;
import dev.tare.harness.Parameters;
import dev.tare.machine.memory.CacheLevel;
import dev.tare.machine.memory.Caches;
import dev.tare.machine.memory.Machine;
import dev.tare.mem.kernel.HeapArrays;
import dev.tare.mem.kernel.RandomCycle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The parameters of this module's benchmarks: their ranges, STREAM's rule, and the memory that they ask for. */
public final class MemParameters implements BenchmarkCheck {
    /** The value of {@code arrayBytes} that asks for arrays as large as STREAM's rule wants them. */
    static final String AUTO = "auto";

    private static final String PACKAGE = MemParameters.class.getPackageName() + ".";
    private static final String SMALLER = "smaller arrays or fewer threads";
    private static final int STREAM_ARRAYS = 3;
    private static final int BLOCK_GRAIN_BYTES = 1 << 10;
    private static final long STREAM_GRAIN_BYTES = 1 << 20;
    private static final long TIMES_LAST_LEVEL = 4;
    /** What a last-level cache that a hypervisor hides is taken to hold: no more than what most hosts let a guest use. */
    private static final long HIDDEN_LAST_LEVEL_BYTES = 64L << 20;

    @Override
    public boolean knows(String benchmark) {
        return benchmark.startsWith(PACKAGE);
    }

    @Override
    public void require(Requested requested) {
        HeapLimit limit = HeapLimit.ofFork(requested.heapBytes(), requested.obtainableBytes());
        int threads = requested.threads();
        boolean isLatency = requested.benchmark().startsWith(LatencyBench.class.getName());
        requested.parameters().forEach((name, value) -> {
            switch (name) {
                case "arrayBytes" -> streamArrayBytes(value, Machine.caches(), threads, limit);
                case "blockBytes" -> {
                    if (isLatency) {
                        cycleBytes(value, threads, limit);
                    } else {
                        blockBytes(value, threads, limit);
                    }
                }
                case "elementType" -> Parameters.oneOf(name, value, "DOUBLE", "LONG");
                default -> throw new IllegalStateException(name + ": has no check; add one to " + MemParameters.class);
            }
        });
    }

    /**
     * Bytes of each of the three arrays of each thread of {@link StreamBench}.
     *
     * <p>By STREAM's rule the arrays hold at least four times what all last-level caches hold together. Threads share
     * that amount, as STREAM's own threads share its arrays, in whole MiB. Where the machine does not tell its caches, as many
     * guests do not, the arrays hold four times 64 MiB, and {@link #streamRule(long, Caches, int)} says so.
     *
     * @param value a multiple of eight, or {@link #AUTO}
     * @throws IllegalArgumentException when it is neither, or too large for an array or for the heap
     */
    static long streamArrayBytes(String value, Caches caches, int threads, HeapLimit limit) {
        long bytes = value.equals(AUTO)
                ? automaticBytes(caches, threads)
                : bytes("arrayBytes", value, HeapArrays.ELEMENT_BYTES, " or " + AUTO);
        limit.require(
                STREAM_ARRAYS + " arrays of " + bytes + " bytes for each of " + threads + " threads",
                streamBytes(bytes, threads),
                SMALLER);
        return bytes;
    }

    private static long automaticBytes(Caches caches, int threads) {
        long lastBytes = caches.last().map(CacheLevel::totalBytes).orElse(HIDDEN_LAST_LEVEL_BYTES);
        long share = ceilDiv(TIMES_LAST_LEVEL * lastBytes, threads);
        return Math.min(HeapArrays.LARGEST_BYTES, ceilDiv(share, STREAM_GRAIN_BYTES) * STREAM_GRAIN_BYTES);
    }

    /** Bytes of all arrays of all threads of {@link StreamBench}. */
    static long streamBytes(long arrayBytes, int threads) {
        return Math.multiplyExact(arrayBytes, (long) STREAM_ARRAYS * threads);
    }

    /**
     * Whether arrays of so many bytes keep STREAM's rule, in words for the record of a run: smaller ones measure caches in
     * part. Arrays that the rule makes keep it unless one Java array is too small for that.
     *
     * @param bytes size of each array of each thread
     */
    static String streamRule(long bytes, Caches caches, int threads) {
        return caches.last()
                .map(last -> streamRule(bytes * threads, last))
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "unknown: this machine does not tell its caches; kept if they hold at most %,d KiB",
                        (bytes * threads / TIMES_LAST_LEVEL) >> 10));
    }

    private static String streamRule(long togetherBytes, CacheLevel last) {
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

    /** Bytes of each thread's block of {@link BlockBench}. */
    static long blockBytes(String value, int threads, HeapLimit limit) {
        long bytes = bytes("blockBytes", value, BLOCK_GRAIN_BYTES, "");
        limit.require(threads + " blocks of " + bytes + " bytes", Math.multiplyExact(bytes, (long) threads), SMALLER);
        return bytes;
    }

    /** Bytes of each thread's cycle of {@link LatencyBench}. */
    static long cycleBytes(String value, int threads, HeapLimit limit) {
        long bytes = bytes("blockBytes", value, RandomCycle.LINE_BYTES, "");
        limit.require(
                threads + " blocks of " + bytes + " bytes",
                RandomCycle.heapBytes(Math.multiplyExact(bytes, (long) threads)),
                SMALLER);
        return bytes;
    }

    /**
     * A size of an array.
     *
     * @param alternative what else the parameter accepts, for the message, or empty
     */
    private static long bytes(String name, String value, int grainBytes, String alternative) {
        long bytes = Parameters.bytes(name, value, alternative.isEmpty() ? "" : "," + alternative);
        @Nullable String expected = null;
        if (bytes % grainBytes != 0) {
            expected = "a multiple of " + grainBytes + alternative;
        } else if (bytes > HeapArrays.LARGEST_BYTES) {
            expected = "at most " + HeapArrays.LARGEST_BYTES + ", because a Java array holds no more" + alternative;
        }
        if (expected != null) {
            throw Parameters.refusal(name, expected, value, Integer.toString(64 * grainBytes), null);
        }
        return bytes;
    }

    private static long ceilDiv(long dividend, long divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
