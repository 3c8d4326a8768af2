package dev.tare.mem.stream;

/** Three arrays of one element type with the kernels that stream through them, always into the third. */
public interface StreamArrays {
    /** c = a. */
    void copy();

    /** c = 3 a. */
    void scale();

    /** c = a + b. */
    void add();

    /** c = a + 3 b. */
    void triad();

    /**
     * Replays on scalars what the kernels that ran should have left in the third array.
     *
     * @throws IllegalStateException when any element differs
     */
    void check();

    /** Name of the kernels, for the record of a run. */
    String kernelName();
}
