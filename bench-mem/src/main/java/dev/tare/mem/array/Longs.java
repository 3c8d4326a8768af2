package dev.tare.mem.array;

import java.util.function.IntUnaryOperator;

/** Arrays of longs, the machine words of a 64-bit machine. */
public final class Longs implements Elements<long[]> {
    @Override
    public long[] allocate(int length) {
        return new long[length];
    }

    @Override
    public void fill(long[] array, int begin, int end, IntUnaryOperator value) {
        for (int i = begin; i < end; i++) {
            array[i] = value.applyAsInt(i);
        }
    }

    @Override
    public double at(long[] array, int index) {
        return array[index];
    }
}
