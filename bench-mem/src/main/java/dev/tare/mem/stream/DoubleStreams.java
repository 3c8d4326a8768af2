package dev.tare.mem.stream;

/**
 * One pass of each STREAM kernel over elements {@code begin} (inclusive) to {@code end} (exclusive) of arrays of doubles.
 *
 * <p>The arrays are distinct objects and hold at least {@code end} elements.
 */
public interface DoubleStreams {
    /** {@code to[i] = from[i]}. */
    void copy(double[] from, double[] to, int begin, int end);

    /** {@code to[i] = factor * from[i]}. */
    void scale(double[] from, double[] to, double factor, int begin, int end);

    /** {@code to[i] = left[i] + right[i]}. */
    void add(double[] left, double[] right, double[] to, int begin, int end);

    /** {@code to[i] = left[i] + factor * right[i]}. */
    void triad(double[] left, double[] right, double[] to, double factor, int begin, int end);

    /** Name of these kernels for the record of a run, for example {@code vector-512}. */
    String kernelName();
}
