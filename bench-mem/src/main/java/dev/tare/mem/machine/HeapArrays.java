package dev.tare.mem.machine;

import java.util.Locale;
import java.util.function.Supplier;

/** Arrays on the Java heap that are meant to fill caches and memory. */
public final class HeapArrays {
    /**
     * Index of the first element that is used, in arrays of longs and doubles: 16 bytes of header and six elements make
     * 64, so that vectors and cache lines begin here in a JVM with {@code -XX:ObjectAlignmentInBytes=64}.
     */
    public static final int FIRST = 6;

    private HeapArrays() {}

    /**
     * Checks before anything is allocated that a heap can hold the arrays.
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
                    "%s need %,d MiB of heap, this JVM has at most %,d MiB;"
                            + " use smaller arrays, fewer threads, or -jvmArgsAppend -Xmx<size>",
                    what,
                    bytes >> 20,
                    limit >> 20));
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
            throw new IllegalStateException(
                    "cannot allocate " + what + ": " + e.getMessage()
                            + "; use smaller arrays, fewer threads, or -jvmArgsAppend -Xmx<size>",
                    e);
        }
    }
}
