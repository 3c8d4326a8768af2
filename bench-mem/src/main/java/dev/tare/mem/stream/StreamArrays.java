package dev.tare.mem.stream;

import static dev.tare.mem.array.HeapArrays.FIRST;

import dev.tare.mem.array.Elements;
import dev.tare.mem.array.HeapArrays;
import dev.tare.mem.kernel.StreamKernels;
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

    private final Elements<A> elements;
    private final StreamKernels<A> kernels;
    private final int end;
    private final A a;
    private final A b;
    private final A c;
    private @Nullable Kernel last;

    /**
     * Allocates and touches the arrays.
     *
     * @param bytes size of each array, a multiple of eight that one Java array can hold
     * @throws IllegalStateException when the heap is full
     */
    public StreamArrays(long bytes, Elements<A> elements, StreamKernels<A> kernels) {
        this.elements = elements;
        this.kernels = kernels;
        end = FIRST + Math.toIntExact(bytes / Elements.BYTES);
        String what = String.format(Locale.ROOT, "an array of %,d bytes", bytes);
        int length = HeapArrays.wholePages(end);
        a = HeapArrays.allocate(what, () -> elements.allocate(length));
        b = HeapArrays.allocate(what, () -> elements.allocate(length));
        c = HeapArrays.allocate(what, () -> elements.allocate(length));
        rehearse();
        elements.fill(a, FIRST, end, StreamArrays::initialA);
        elements.fill(b, FIRST, end, StreamArrays::initialB);
        elements.fill(c, FIRST, end, i -> UNWRITTEN);
    }

    /**
     * Has the kernels compiled before the first pass: a pass takes milliseconds, so that the JVM would interpret hundreds
     * of them, and JDK 25 copies half as fast as long as it interprets.
     */
    private void rehearse() {
        int shortEnd = Math.min(end, FIRST + REHEARSED_ELEMENTS);
        for (int i = 0; i < REHEARSALS; i++) {
            kernels.copy(a, c, FIRST, shortEnd);
            kernels.scale(a, c, FIRST, shortEnd);
            kernels.add(a, b, c, FIRST, shortEnd);
            kernels.triad(a, b, c, FIRST, shortEnd);
        }
    }

    /** c = a. */
    public void copy() {
        last = Kernel.COPY;
        kernels.copy(a, c, FIRST, end);
    }

    /** c = 3 a. */
    public void scale() {
        last = Kernel.SCALE;
        kernels.scale(a, c, FIRST, end);
    }

    /** c = a + b. */
    public void add() {
        last = Kernel.ADD;
        kernels.add(a, b, c, FIRST, end);
    }

    /** c = a + 3 b. */
    public void triad() {
        last = Kernel.TRIAD;
        kernels.triad(a, b, c, FIRST, end);
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
        for (int i = FIRST; i < end; i++) {
            double expected = last.replay(initialA(i), initialB(i));
            if (!(elements.at(c, i) == expected)) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "%s, element %d: expected %s, got %s; do not use this run, and check the machine's memory",
                        last,
                        i - FIRST,
                        expected,
                        elements.at(c, i)));
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
