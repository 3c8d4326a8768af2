package dev.tare.mem.block;

import static dev.tare.mem.array.HeapArrays.FIRST;

import dev.tare.mem.array.Elements;
import dev.tare.mem.array.HeapArrays;
import dev.tare.mem.kernel.BlockKernels;
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

    private final Elements<A> elements;
    private final BlockKernels<A> kernels;
    private final int end;
    private final int passes;
    private final A block;
    private long readCalls;
    private long firstSum;
    private long differentSums;
    private int written;

    /**
     * Allocates and touches the block.
     *
     * @param bytes its size, a positive multiple of eight that one Java array can hold
     * @throws IllegalStateException when the heap is full
     */
    public Block(long bytes, Elements<A> elements, BlockKernels<A> kernels) {
        this.elements = elements;
        this.kernels = kernels;
        end = FIRST + Math.toIntExact(bytes / Elements.BYTES);
        passes = Math.toIntExact(Math.max(1, LEAST_BYTES_PER_CALL / bytes));
        block = HeapArrays.allocate(
                String.format(Locale.ROOT, "a block of %,d bytes", bytes), () -> elements.allocate(end));
        rehearse();
        elements.fill(block, FIRST, end, Block::initial);
    }

    /**
     * Has the kernels compiled before the first call: a call on a large block takes milliseconds, interpreted it takes
     * seconds, and on a busy machine the warm-up would end before the compiler had seen enough of them.
     */
    private void rehearse() {
        int shortEnd = Math.min(end, FIRST + REHEARSED_ELEMENTS);
        int shortPasses = Math.max(1, REHEARSED_ELEMENTS / (shortEnd - FIRST));
        for (int i = 0; i < REHEARSALS; i++) {
            kernels.write(block, FIRST, shortEnd, shortPasses, i);
            kernels.read(block, FIRST, shortEnd, shortPasses);
        }
    }

    /** Bytes that one call of {@link #read} or {@link #write} moves: 1 MiB, or the block where it is larger. */
    public long bytesPerCall() {
        return (long) passes * (end - FIRST) * Elements.BYTES;
    }

    /** Reads the whole block as often as makes {@link #bytesPerCall}. */
    public long read() {
        long sum = kernels.read(block, FIRST, end, passes);
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
        kernels.write(block, FIRST, end, passes, first);
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
        for (int i = FIRST; i < end; i++) {
            double expected = written > 0 ? written - 1 : initial(i);
            double found = elements.at(block, i);
            if (!(found == expected)) {
                throw wrong("element " + (i - FIRST), expected, found);
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
