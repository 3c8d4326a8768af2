package dev.tare.mem.kernel;

/** Plain loops over doubles, as fast as the just-in-time compiler makes them: for a JVM without the vector module. */
final class PlainDoubleStreams implements StreamKernels<double[]> {
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
