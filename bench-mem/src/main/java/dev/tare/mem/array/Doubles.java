package dev.tare.mem.array;

import java.util.function.IntUnaryOperator;

/** Arrays of doubles. */
public final class Doubles implements Elements<double[]> {
    @Override
    public double[] allocate(int length) {
        return new double[length];
    }

    @Override
    public void fill(double[] array, int begin, int end, IntUnaryOperator value) {
        for (int i = begin; i < end; i++) {
            array[i] = value.applyAsInt(i);
        }
    }

    @Override
    public double at(double[] array, int index) {
        return array[index];
    }
}
