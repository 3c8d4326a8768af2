package dev.tare.mem.kernel;

/**
 * RAMspeed's reading and writing of one block, elements {@code begin} (inclusive) to {@code end} (exclusive) of an array.
 *
 * @param <A> the array type, {@code double[]} or {@code long[]}
 */
public interface BlockKernels<A> {
    /**
     * Reads every element once a pass.
     *
     * @return the sum of all that was read, which holds as long as it stays below 2^53
     */
    long read(A block, int begin, int end, int passes);

    /** Writes every element once a pass, {@code firstValue} in the first pass and one more in each that follows. */
    void write(A block, int begin, int end, int passes, int firstValue);
}
