package dev.tare.mem.kernel;

import dev.tare.harness.VectorModule;

/**
 * The timed loops over one element type, always over elements {@code begin} (inclusive) to {@code end} (exclusive):
 * RAMspeed's reading and writing of one block, and one pass of each STREAM kernel, whose arrays are distinct objects.
 *
 * @param <A> the array type, {@code double[]} or {@code long[]}
 */
interface MemoryKernels<A> {
    /** The constant of scale and triad; small, so that results stay exact. */
    int FACTOR = 3;

    /** The fastest on doubles that this JVM can run: vectors where it was started with their module. */
    @SuppressWarnings("unchecked") // of the element type that the names tell
    static MemoryKernels<double[]> ofDoubles() {
        return VectorModule.choose(MemoryKernels.class, "VectorDoubleKernels", PlainDoubleKernels::new);
    }

    /** The fastest on longs. */
    @SuppressWarnings("unchecked") // of the element type that the names tell
    static MemoryKernels<long[]> ofLongs() {
        return VectorModule.choose(MemoryKernels.class, "VectorLongKernels", PlainLongKernels::new);
    }

    /** What reading and writing a block are made of, for the record of a run, for example {@code vector-512}. */
    String blockDescription();

    /** What the passes of STREAM are made of: other vectors where memory is faster with them. */
    default String streamDescription() {
        return blockDescription();
    }

    /**
     * Reads every element once a pass.
     *
     * @return the sum of all that was read, which holds as long as it stays below 2^53
     */
    long read(A block, int begin, int end, int passes);

    /** Writes every element once a pass, {@code firstValue} in the first pass and one more in each that follows. */
    void write(A block, int begin, int end, int passes, int firstValue);

    /** {@code to[i] = from[i]}. */
    void copy(A from, A to, int begin, int end);

    /** {@code to[i] = 3 from[i]}. */
    void scale(A from, A to, int begin, int end);

    /** {@code to[i] = left[i] + right[i]}. */
    void add(A left, A right, A to, int begin, int end);

    /** {@code to[i] = left[i] + 3 right[i]}. */
    void triad(A left, A right, A to, int begin, int end);
}
