package dev.tare.mem.vector;

import dev.tare.mem.stream.DoubleStreams;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The kernels on doubles in the widest vectors of the machine; elements beyond the last whole vector one by one. */
public final class VectorDoubleStreams implements DoubleStreams {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public void copy(double[] from, double[] to, int begin, int end) {
        System.arraycopy(from, begin, to, begin, end - begin);
    }

    @Override
    public void scale(double[] from, double[] to, double factor, int begin, int end) {
        DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
        int i = begin;
        for (; i <= end - LANES; i += LANES) {
            DoubleVector.fromArray(SPECIES, from, i).mul(factors).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = factor * from[i];
        }
    }

    @Override
    public void add(double[] left, double[] right, double[] to, int begin, int end) {
        int i = begin;
        for (; i <= end - LANES; i += LANES) {
            DoubleVector.fromArray(SPECIES, left, i)
                    .add(DoubleVector.fromArray(SPECIES, right, i))
                    .intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = left[i] + right[i];
        }
    }

    @Override
    public void triad(double[] left, double[] right, double[] to, double factor, int begin, int end) {
        DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
        int i = begin;
        for (; i <= end - LANES; i += LANES) {
            DoubleVector.fromArray(SPECIES, left, i)
                    .add(DoubleVector.fromArray(SPECIES, right, i).mul(factors))
                    .intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = left[i] + factor * right[i];
        }
    }

    @Override
    public String kernelName() {
        return "vector-" + SPECIES.vectorBitSize();
    }
}
