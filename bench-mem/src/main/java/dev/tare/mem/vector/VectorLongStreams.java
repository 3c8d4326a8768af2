package dev.tare.mem.vector;

import dev.tare.mem.kernel.StreamKernels;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on longs in the widest vectors of the machine; elements beyond the last whole vector one by one.
 *
 * <p>Three times a number is two additions, as a C compiler writes it too: many machines have vectors of longs but no
 * multiplication of them.
 */
final class VectorLongStreams implements StreamKernels<long[]> {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** The platform's own block copy, which newer JVMs do past the caches; a loop of vectors could not. */
    @Override
    public void copy(long[] from, long[] to, int begin, int end) {
        System.arraycopy(from, begin, to, begin, end - begin);
    }

    @Override
    public void scale(long[] from, long[] to, int begin, int end) {
        int i = begin;
        for (; i <= end - LANES; i += LANES) {
            threefold(load(from, i)).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = FACTOR * from[i];
        }
    }

    @Override
    public void add(long[] left, long[] right, long[] to, int begin, int end) {
        int i = begin;
        for (; i <= end - LANES; i += LANES) {
            load(left, i).add(load(right, i)).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = left[i] + right[i];
        }
    }

    @Override
    public void triad(long[] left, long[] right, long[] to, int begin, int end) {
        int i = begin;
        for (; i <= end - LANES; i += LANES) {
            load(left, i).add(threefold(load(right, i))).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = left[i] + FACTOR * right[i];
        }
    }

    private static LongVector load(long[] array, int i) {
        return LongVector.fromArray(SPECIES, array, i);
    }

    private static LongVector threefold(LongVector vector) {
        return vector.add(vector).add(vector);
    }
}
