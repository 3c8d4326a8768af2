package dev.tare.mem.array;

import dev.tare.mem.machine.MemoryLimit;
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

    private HeapArrays() {}

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
                    "cannot allocate " + what + ": " + e.getMessage() + "; "
                            + MemoryLimit.ofThisJvm().advice(),
                    e);
        }
    }
}
