package dev.tare.mem.kernel;

/** Plain loops over longs, as fast as the just-in-time compiler makes them: for a JVM without the vector module. */
final class PlainLongStreams implements StreamKernels<long[]> {
    @Override
    public void copy(long[] from, long[] to, int begin, int end) {
        System.arraycopy(from, begin, to, begin, end - begin);
    }

    @Override
    public void scale(long[] from, long[] to, int begin, int end) {
        for (int i = begin; i < end; i++) {
            to[i] = FACTOR * from[i];
        }
    }

    @Override
    public void add(long[] left, long[] right, long[] to, int begin, int end) {
        for (int i = begin; i < end; i++) {
            to[i] = left[i] + right[i];
        }
    }

    @Override
    public void triad(long[] left, long[] right, long[] to, int begin, int end) {
        for (int i = begin; i < end; i++) {
            to[i] = left[i] + FACTOR * right[i];
        }
    }
}
