package dev.tare.mem.array;

import java.util.function.Supplier;

/** Room on the Java heap for arrays that fill caches and memory. */
public final class HeapArrays {
    /**
     * Index of the first element that is used, in arrays of 8-byte elements: 16 bytes of header and six elements make
     * 64, so that vectors and cache lines begin here in a JVM with {@code -XX:ObjectAlignmentInBytes=64}.
     */
    public static final int FIRST = 6;

    /** Most bytes that one array of whole pages holds from {@link #FIRST} on; HotSpot's arrays end at 2^31 - 3 elements. */
    public static final long LARGEST_BYTES = (Integer.MAX_VALUE - 1023L) * Elements.BYTES;

    private static final long PAGE_BYTES = 4096;
    private static final long HEADER_BYTES = 16;

    private HeapArrays() {}

    /**
     * Length of an array that holds {@code end} elements and fills whole pages with its header.
     *
     * <p>Arrays that are allocated one after the other then begin at the same place of a page, as large arrays of a C
     * program do. Otherwise a store to one of them shares the low twelve bits of its address with a load from another
     * that follows soon, and processors which compare only these let the load wait.
     */
    public static int wholePages(int end) {
        long bytes = HEADER_BYTES + (long) end * Elements.BYTES;
        long pages = (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
        return Math.toIntExact((pages * PAGE_BYTES - HEADER_BYTES) / Elements.BYTES);
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
                            + "; use smaller arrays or fewer threads, or a larger heap: -jvmArgsAppend -Xmx<size>",
                    e);
        }
    }
}
