package dev.tare.mem.kernel;

import dev.tare.harness.Reasons;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;

/**
 * Arrays on the Java heap that fill caches and memory: their layout, and what code that serves arrays of longs and of
 * doubles alike needs to know of them. All values are small integers, which both types hold exactly.
 *
 * @param <A> the array type
 */
public abstract class HeapArrays<A> {
    /** Bytes of one element of either type. */
    public static final int ELEMENT_BYTES = 8;

    /**
     * Index of the first element that is used, in arrays of 8-byte elements: 16 bytes of header and six elements make
     * 64, so that vectors and cache lines begin here in a JVM with {@code -XX:ObjectAlignmentInBytes=64}.
     */
    static final int FIRST = 6;

    /** Most bytes that one array of whole pages holds from {@link #FIRST} on; HotSpot's arrays end at 2^31 - 3 elements. */
    public static final long LARGEST_BYTES = (Integer.MAX_VALUE - 1023L) * ELEMENT_BYTES;

    private static final long PAGE_BYTES = 4096;
    private static final long HEADER_BYTES = 16;

    /** The machine words of a 64-bit machine. */
    static final HeapArrays<long[]> LONGS = new HeapArrays<>() {
        @Override
        long[] allocate(int length) {
            return new long[length];
        }

        @Override
        void fill(long[] array, int begin, int end, IntUnaryOperator value) {
            for (int i = begin; i < end; i++) {
                array[i] = value.applyAsInt(i);
            }
        }

        @Override
        double at(long[] array, int index) {
            return array[index];
        }
    };

    static final HeapArrays<double[]> DOUBLES = new HeapArrays<>() {
        @Override
        double[] allocate(int length) {
            return new double[length];
        }

        @Override
        void fill(double[] array, int begin, int end, IntUnaryOperator value) {
            for (int i = begin; i < end; i++) {
                array[i] = value.applyAsInt(i);
            }
        }

        @Override
        double at(double[] array, int index) {
            return array[index];
        }
    };

    private HeapArrays() {}

    /** A new array of zeros; its pages are touched. */
    abstract A allocate(int length);

    /** Sets {@code array[i] = value(i)} from {@code begin} (inclusive) to {@code end} (exclusive). */
    abstract void fill(A array, int begin, int end, IntUnaryOperator value);

    /** An element's value. */
    abstract double at(A array, int index);

    /**
     * Length of an array that holds {@code end} elements and fills whole pages with its header.
     *
     * <p>Arrays that are allocated one after the other then begin at the same place of a page, as large arrays of a C
     * program do. Otherwise a store to one of them shares the low twelve bits of its address with a load from another
     * that follows soon, and processors which compare only these let the load wait.
     */
    static int wholePages(int end) {
        long bytes = HEADER_BYTES + (long) end * ELEMENT_BYTES;
        long pages = (bytes + PAGE_BYTES - 1) / PAGE_BYTES;
        return Math.toIntExact((pages * PAGE_BYTES - HEADER_BYTES) / ELEMENT_BYTES);
    }

    /**
     * Allocates, with an error that says what to do.
     *
     * @throws IllegalStateException when the heap is full
     */
    static <T> T allocate(String what, Supplier<T> allocation) {
        try {
            return allocation.get();
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    "cannot allocate " + what + ": " + Reasons.of(e)
                            + "; use smaller arrays or fewer threads, or a larger heap: -jvmArgsAppend -Xmx<size>",
                    e);
        }
    }
}
