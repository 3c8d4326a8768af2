package dev.tare.mem.stream;

import static dev.tare.mem.machine.HeapArrays.FIRST;

import dev.tare.mem.machine.HeapArrays;

/** STREAM's and FLOATmem's arrays of doubles. */
public final class DoubleArrays implements StreamArrays {
    private static final double FACTOR = 3;

    private final DoubleStreams kernels;
    private final int end;
    private final double[] a;
    private final double[] b;
    private final double[] c;
    private Written written = Written.NOTHING;

    /**
     * Allocates and touches the arrays.
     *
     * @param elements elements of each array
     * @throws IllegalStateException when the heap is full
     */
    public DoubleArrays(int elements, DoubleStreams kernels) {
        this.kernels = kernels;
        end = FIRST + elements;
        String what = "an array of " + elements + " doubles";
        a = HeapArrays.allocate(what, () -> new double[end]);
        b = HeapArrays.allocate(what, () -> new double[end]);
        c = HeapArrays.allocate(what, () -> new double[end]);
        for (int i = FIRST; i < end; i++) {
            a[i] = initialA(i);
            b[i] = initialB(i);
            c[i] = Double.NaN;
        }
    }

    @Override
    public void copy() {
        written = Written.COPY;
        kernels.copy(a, c, FIRST, end);
    }

    @Override
    public void scale() {
        written = Written.SCALE;
        kernels.scale(a, c, FACTOR, FIRST, end);
    }

    @Override
    public void add() {
        written = Written.ADD;
        kernels.add(a, b, c, FIRST, end);
    }

    @Override
    public void triad() {
        written = Written.TRIAD;
        kernels.triad(a, b, c, FACTOR, FIRST, end);
    }

    @Override
    public void check() {
        for (int i = FIRST; i < end; i++) {
            double expected = written.replay(initialA(i), initialB(i), FACTOR);
            // Small integers are exact in every order of rounding, so equality is the right measure.
            if (!(c[i] == expected) || !(a[i] == initialA(i)) || !(b[i] == initialB(i))) {
                throw new IllegalStateException("after " + written + " at element " + (i - FIRST) + ": expected "
                        + expected + ", got " + c[i] + " from " + a[i] + " and " + b[i]
                        + "; the memory, the JVM or this kernel is broken: do not use the run");
            }
        }
    }

    @Override
    public String kernelName() {
        return kernels.kernelName();
    }

    private static double initialA(int i) {
        return i % 1009 + 1;
    }

    private static double initialB(int i) {
        return i % 997 + 2;
    }
}
