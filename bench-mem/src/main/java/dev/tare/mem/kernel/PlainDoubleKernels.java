package dev.tare.mem.kernel;

import java.util.Arrays;

/** Loops over doubles that the just-in-time compiler may or may not turn into vectors: for a JVM without the vector module. */
final class PlainDoubleKernels implements MemoryKernels<double[]> {
    @Override
    public String blockDescription() {
        return "plain";
    }

    /** Four sums, so that one addition need not wait for the one before. */
    @Override
    public long read(double[] block, int begin, int end, int passes) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int pass = 0; pass < passes; pass++) {
            int i = begin;
            for (; i < end - 3; i += 4) {
                sum0 += block[i];
                sum1 += block[i + 1];
                sum2 += block[i + 2];
                sum3 += block[i + 3];
            }
            for (; i < end; i++) {
                sum0 += block[i];
            }
        }
        return (long) (sum0 + sum1 + sum2 + sum3);
    }

    @Override
    public void write(double[] block, int begin, int end, int passes, int firstValue) {
        for (int pass = 0; pass < passes; pass++) {
            Arrays.fill(block, begin, end, firstValue + pass);
        }
    }

    @Override
    public void copy(double[] from, double[] to, int begin, int end) {
        System.arraycopy(from, begin, to, begin, end - begin);
    }

    @Override
    public void scale(double[] from, double[] to, int begin, int end) {
        for (int i = begin; i < end; i++) {
            to[i] = FACTOR * from[i];
        }
    }

    @Override
    public void add(double[] left, double[] right, double[] to, int begin, int end) {
        for (int i = begin; i < end; i++) {
            to[i] = left[i] + right[i];
        }
    }

    @Override
    public void triad(double[] left, double[] right, double[] to, int begin, int end) {
        for (int i = begin; i < end; i++) {
            to[i] = left[i] + FACTOR * right[i];
        }
    }
}
