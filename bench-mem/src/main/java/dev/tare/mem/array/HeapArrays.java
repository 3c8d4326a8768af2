package dev.tare.mem.array;

import java.util.Locale;
import java.util.function.Supplier;

/** Room on the Java heap for arrays that fill caches and memory. */
public final class HeapArrays {
    /**
     * Index of the first element that is used, in arrays of 8-byte elements: 16 bytes of header and six elements make
     * 64, so that vectors and cache lines begin here in a JVM with {@code -XX:ObjectAlignmentInBytes=64}.
     */
    public static final int FIRST = 6;

    /** Most bytes that one array holds from {@link #FIRST} on, in whole KiB; HotSpot's arrays end at 2^31 - 3 elements. */
    public static final long LARGEST_BYTES = (Integer.MAX_VALUE - 127L) * Elements.BYTES;

    private static final String ADVICE =
            "use smaller arrays, fewer threads, or a larger heap: -jvmArgsPrepend -Xmx<size>";

    private HeapArrays() {}

    /**
     * Checks before anything is allocated that the heap can hold the arrays.
     *
     * @param what the arrays, for the message
     * @param bytes all of them together
     * @throws IllegalArgumentException when they exceed the JVM's largest heap
     */
    public static void requireRoom(String what, long bytes) {
        long limit = Runtime.getRuntime().maxMemory();
        if (bytes >= limit) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s need %,d MiB of heap, this JVM has at most %,d MiB; %s",
                    what,
                    bytes >> 20,
                    limit >> 20,
                    ADVICE));
        }
    }

    /**
     * Allocates, with an error that says what to do.
     *
     * @throws IllegalStateException when the heap is full
     */
    public static <T> T allocate(String what, Supplier<T> allocation) {
        try {
            return allocation.get();
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException("cannot allocate " + what + ": " + e.getMessage() + "; " + ADVICE, e);
        }
    }
}
