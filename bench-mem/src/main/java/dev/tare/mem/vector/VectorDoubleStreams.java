package dev.tare.mem.vector;

import dev.tare.mem.kernel.StreamKernels;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The kernels on doubles in the widest vectors of the machine; elements beyond the last whole vector one by one. */
final class VectorDoubleStreams implements StreamKernels<double[]> {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** The platform's own block copy, which newer JVMs do past the caches; a loop of vectors could not. */
    @Override
    public void copy(double[] from, double[] to, int begin, int end) {
        System.arraycopy(from, begin, to, begin, end - begin);
    }

    @Override
    public void scale(double[] from, double[] to, int begin, int end) {
        DoubleVector factors = DoubleVector.broadcast(SPECIES, FACTOR);
        int i = begin;
        for (; i <= end - LANES; i += LANES) {
            load(from, i).mul(factors).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = FACTOR * from[i];
        }
    }

    @Override
    public void add(double[] left, double[] right, double[] to, int begin, int end) {
        int i = begin;
        for (; i <= end - LANES; i += LANES) {
            load(left, i).add(load(right, i)).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = left[i] + right[i];
        }
    }

    @Override
    public void triad(double[] left, double[] right, double[] to, int begin, int end) {
        DoubleVector factors = DoubleVector.broadcast(SPECIES, FACTOR);
        int i = begin;
        for (; i <= end - LANES; i += LANES) {
            load(left, i).add(load(right, i).mul(factors)).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = left[i] + FACTOR * right[i];
        }
    }

    private static DoubleVector load(double[] array, int i) {
        return DoubleVector.fromArray(SPECIES, array, i);
    }
}
