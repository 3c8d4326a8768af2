package dev.tare.mem.kernel;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Three arrays of one element type and the kernels that stream through them, always into the third.
 *
 * @param <A> the array type
 */
public final class StreamArrays<A> {
    private static final int UNWRITTEN = -1;
    private static final int REHEARSALS = 2000;
    private static final int REHEARSED_ELEMENTS = 512;

    /** A pass, as scalars define it. */
    private enum StreamKernel {
        COPY {
            @Override
            double replay(double a, double b) {
                return a;
            }
        },
        SCALE {
            @Override
            double replay(double a, double b) {
                return MemoryKernels.FACTOR * a;
            }
        },
        ADD {
            @Override
            double replay(double a, double b) {
                return a + b;
            }
        },
        TRIAD {
            @Override
            double replay(double a, double b) {
                return a + MemoryKernels.FACTOR * b;
            }
        };

        abstract double replay(double a, double b);
    }

    private final HeapArrays<A> arrays;
    private final MemoryKernels<A> kernels;
    private final int end;
    private final A a;
    private final A b;
    private final A c;
    private @Nullable StreamKernel last;

    /**
     * Arrays of doubles, allocated and touched: STREAM and RAMspeed's FLOATmem.
     *
     * @param bytes size of each array, a multiple of eight that one Java array can hold
     * @throws IllegalStateException when the heap is full
     */
    public static StreamArrays<?> ofDoubles(long bytes) {
        return new StreamArrays<>(bytes, HeapArrays.DOUBLES, MemoryKernels.ofDoubles());
    }

    /** Arrays of longs, allocated and touched: RAMspeed's INTmem. */
    public static StreamArrays<?> ofLongs(long bytes) {
        return new StreamArrays<>(bytes, HeapArrays.LONGS, MemoryKernels.ofLongs());
    }

    StreamArrays(long bytes, HeapArrays<A> arrays, MemoryKernels<A> kernels) {
        this.arrays = arrays;
        this.kernels = kernels;
        end = HeapArrays.FIRST + Math.toIntExact(bytes / HeapArrays.ELEMENT_BYTES);
        String what = String.format(Locale.ROOT, "an array of %,d bytes", bytes);
        int length = HeapArrays.wholePages(end);
        a = HeapArrays.allocate(what, () -> arrays.allocate(length));
        b = HeapArrays.allocate(what, () -> arrays.allocate(length));
        c = HeapArrays.allocate(what, () -> arrays.allocate(length));
        rehearse();
        arrays.fill(a, HeapArrays.FIRST, end, StreamArrays::initialA);
        arrays.fill(b, HeapArrays.FIRST, end, StreamArrays::initialB);
        arrays.fill(c, HeapArrays.FIRST, end, i -> UNWRITTEN);
    }

    /**
     * Has the kernels compiled before the first pass: a pass takes milliseconds, so that the JVM would interpret hundreds
     * of them, and JDK 25 copies half as fast as long as it interprets.
     */
    private void rehearse() {
        int shortEnd = Math.min(end, HeapArrays.FIRST + REHEARSED_ELEMENTS);
        for (int i = 0; i < REHEARSALS; i++) {
            kernels.copy(a, c, HeapArrays.FIRST, shortEnd);
            kernels.scale(a, c, HeapArrays.FIRST, shortEnd);
            kernels.add(a, b, c, HeapArrays.FIRST, shortEnd);
            kernels.triad(a, b, c, HeapArrays.FIRST, shortEnd);
        }
    }

    /** Which loops it uses, for the record of a run. */
    public String kernel() {
        return kernels.streamDescription();
    }

    /** c = a. */
    public void copy() {
        last = StreamKernel.COPY;
        kernels.copy(a, c, HeapArrays.FIRST, end);
    }

    /** c = 3 a. */
    public void scale() {
        last = StreamKernel.SCALE;
        kernels.scale(a, c, HeapArrays.FIRST, end);
    }

    /** c = a + b. */
    public void add() {
        last = StreamKernel.ADD;
        kernels.add(a, b, c, HeapArrays.FIRST, end);
    }

    /** c = a + 3 b. */
    public void triad() {
        last = StreamKernel.TRIAD;
        kernels.triad(a, b, c, HeapArrays.FIRST, end);
    }

    /**
     * Replays on scalars what the last kernel should have left. Values are small integers, exact in every order of
     * operations, so equality is the right measure.
     *
     * @throws IllegalStateException when any element differs, or no kernel ran
     */
    public void check() {
        if (last == null) {
            throw new IllegalStateException("expected at least one pass before the check, got none");
        }
        for (int i = HeapArrays.FIRST; i < end; i++) {
            double expected = last.replay(initialA(i), initialB(i));
            if (!(arrays.at(c, i) == expected)) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "%s, element %d: expected %s, got %s; do not use this run, and check the machine's memory",
                        last,
                        i - HeapArrays.FIRST,
                        expected,
                        arrays.at(c, i)));
            }
        }
    }

    // Prime periods: an element that lands a vector, a line or a page beside its place is found.
    private static int initialA(int i) {
        return i % 1009 + 1;
    }

    private static int initialB(int i) {
        return i % 997 + 2;
    }
}
