package dev.tare.mem.kernel;

/**
 * One pass of each STREAM kernel over elements {@code begin} (inclusive) to {@code end} (exclusive).
 *
 * <p>The arrays are distinct objects and hold at least {@code end} elements.
 *
 * @param <A> the array type, {@code double[]} or {@code long[]}
 */
public interface StreamKernels<A> {
    /** The constant of scale and triad; small, so that results stay exact. */
    int FACTOR = 3;

    /** {@code to[i] = from[i]}. */
    void copy(A from, A to, int begin, int end);

    /** {@code to[i] = 3 from[i]}. */
    void scale(A from, A to, int begin, int end);

    /** {@code to[i] = left[i] + right[i]}. */
    void add(A left, A right, A to, int begin, int end);

    /** {@code to[i] = left[i] + 3 right[i]}. */
    void triad(A left, A right, A to, int begin, int end);
}
