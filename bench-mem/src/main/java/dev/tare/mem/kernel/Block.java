package dev.tare.mem.kernel;

import java.util.Locale;

/**
 * A block that is read, or written, again and again, with the record that tells whether it was.
 *
 * @param <A> the array type
 */
public final class Block<A> {
    // Far above what a call costs, and far below what an iteration lasts.
    private static final long LEAST_BYTES_PER_CALL = 1 << 20;
    private static final int VALUES = 1 << 20;
    private static final int REHEARSALS = 2000;
    private static final int REHEARSED_ELEMENTS = 4096;

    private final HeapArrays<A> arrays;
    private final MemoryKernels<A> kernels;
    private final int end;
    private final int passes;
    private final A block;
    private long readCalls;
    private long firstSum;
    private long differentSums;
    private int written;

    /**
     * A block of longs, allocated and touched.
     *
     * @param bytes its size, a positive multiple of eight that one Java array can hold
     * @throws IllegalStateException when the heap is full
     */
    public static Block<?> ofLongs(long bytes) {
        return new Block<>(bytes, HeapArrays.LONGS, MemoryKernels.ofLongs());
    }

    /** A block of doubles, allocated and touched. */
    public static Block<?> ofDoubles(long bytes) {
        return new Block<>(bytes, HeapArrays.DOUBLES, MemoryKernels.ofDoubles());
    }

    Block(long bytes, HeapArrays<A> arrays, MemoryKernels<A> kernels) {
        this.arrays = arrays;
        this.kernels = kernels;
        end = HeapArrays.FIRST + Math.toIntExact(bytes / HeapArrays.ELEMENT_BYTES);
        passes = Math.toIntExact(Math.max(1, LEAST_BYTES_PER_CALL / bytes));
        block = HeapArrays.allocate(
                String.format(Locale.ROOT, "a block of %,d bytes", bytes), () -> arrays.allocate(end));
        rehearse();
        arrays.fill(block, HeapArrays.FIRST, end, Block::initial);
    }

    /**
     * Has the kernels compiled before the first call: a call on a large block takes milliseconds, interpreted it takes
     * seconds, and on a busy machine the warm-up would end before the compiler had seen enough of them.
     */
    private void rehearse() {
        int shortEnd = Math.min(end, HeapArrays.FIRST + REHEARSED_ELEMENTS);
        int shortPasses = Math.max(1, REHEARSED_ELEMENTS / (shortEnd - HeapArrays.FIRST));
        for (int i = 0; i < REHEARSALS; i++) {
            kernels.write(block, HeapArrays.FIRST, shortEnd, shortPasses, i);
            kernels.read(block, HeapArrays.FIRST, shortEnd, shortPasses);
        }
    }

    /** Which loops it uses, for the record of a run. */
    public String kernel() {
        return kernels.blockDescription();
    }

    /** Bytes that one call of {@link #read} or {@link #write} moves: 1 MiB, or the block where it is larger. */
    public long bytesPerCall() {
        return (long) passes * (end - HeapArrays.FIRST) * HeapArrays.ELEMENT_BYTES;
    }

    /** Reads the whole block as often as makes {@link #bytesPerCall}. */
    public long read() {
        long sum = kernels.read(block, HeapArrays.FIRST, end, passes);
        if (readCalls == 0) {
            firstSum = sum;
        }
        // Kept for the check: no call may read less than another.
        differentSums += sum == firstSum ? 0 : 1;
        readCalls++;
        return sum;
    }

    /** Writes the whole block as often as makes {@link #bytesPerCall}, each pass with a value of its own. */
    public void write() {
        int first = written % VALUES;
        kernels.write(block, HeapArrays.FIRST, end, passes, first);
        written = first + passes;
    }

    /**
     * Compares what was read with the block's contents, and the contents with what was written last.
     *
     * @throws IllegalStateException when they differ, or nothing ran
     */
    public void check() {
        if (readCalls == 0 && written == 0) {
            throw new IllegalStateException("expected at least one pass before the check, got none");
        }
        double sum = 0;
        for (int i = HeapArrays.FIRST; i < end; i++) {
            double expected = written > 0 ? written - 1 : initial(i);
            double found = arrays.at(block, i);
            if (!(found == expected)) {
                throw wrong("element " + (i - HeapArrays.FIRST), expected, found);
            }
            sum += found;
        }
        if (readCalls > 0 && !(firstSum == passes * sum)) {
            throw wrong("the sum of " + passes + " passes", passes * sum, firstSum);
        }
        if (differentSums > 0) {
            throw wrong("calls with another sum than the first", 0, differentSums);
        }
    }

    private static IllegalStateException wrong(String what, Number expected, Number got) {
        return new IllegalStateException(what + ": expected " + expected + ", got " + got
                + "; do not use this run, and check the machine's memory");
    }

    private static int initial(int i) {
        return i % 1009 + 1;
    }
}
