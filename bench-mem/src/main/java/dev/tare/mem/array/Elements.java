package dev.tare.mem.array;

import java.util.function.IntUnaryOperator;

/**
 * What code that serves arrays of longs and of doubles alike needs to know of them. All values are small integers, which
 * both types hold exactly.
 *
 * @param <A> the array type
 */
public interface Elements<A> {
    /** Bytes of one element. */
    int BYTES = 8;

    /** A new array of zeros; its pages are touched. */
    A allocate(int length);

    /** Sets {@code array[i] = value(i)} from {@code begin} (inclusive) to {@code end} (exclusive). */
    void fill(A array, int begin, int end, IntUnaryOperator value);

    /** An element's value. */
    double at(A array, int index);
}
