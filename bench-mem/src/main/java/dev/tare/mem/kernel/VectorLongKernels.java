package dev.tare.mem.kernel;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over longs in the widest vectors of the machine; elements beyond the last whole step one by one.
 *
 * <p>Three times a number is two additions, as a C compiler writes it too: many machines have vectors of longs but no
 * multiplication of them.
 */
final class VectorLongKernels implements MemoryKernels<long[]> {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    // With vectors of 64 bytes this is half a KiB, so that a block of 1 KiB is two steps: were it one, every step would
    // load the same, and the compiler would load it once.
    private static final int READ_STEP = 8 * LANES;
    // And this is 1 KiB, as RAMspeed unrolls: on JDK 17 half of it writes a tenth less to the second-level cache.
    private static final int WRITE_STEP = 16 * LANES;

    @Override
    public String description() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    /**
     * One loop instead of two nested ones, because JDK 17 keeps the sums in registers only there. Four sums, since
     * additions of longs take a cycle: loads alone set the pace.
     */
    @Override
    public long read(long[] block, int begin, int end, int passes) {
        LongVector sum0 = LongVector.zero(SPECIES);
        LongVector sum1 = LongVector.zero(SPECIES);
        LongVector sum2 = LongVector.zero(SPECIES);
        LongVector sum3 = LongVector.zero(SPECIES);
        int stepsPerPass = (end - begin) / READ_STEP;
        int stepsEnd = begin + stepsPerPass * READ_STEP;
        int i = begin;
        for (int step = passes * stepsPerPass; step > 0; step--) {
            sum0 = sum0.add(load(block, i));
            sum1 = sum1.add(load(block, i + LANES));
            sum2 = sum2.add(load(block, i + 2 * LANES));
            sum3 = sum3.add(load(block, i + 3 * LANES));
            sum0 = sum0.add(load(block, i + 4 * LANES));
            sum1 = sum1.add(load(block, i + 5 * LANES));
            sum2 = sum2.add(load(block, i + 6 * LANES));
            sum3 = sum3.add(load(block, i + 7 * LANES));
            i = i + READ_STEP == stepsEnd ? begin : i + READ_STEP;
        }
        LongVector sum = sum0.add(sum1).add(sum2.add(sum3));
        return sum.reduceLanes(VectorOperators.ADD) + passes * sumOf(block, stepsEnd, end);
    }

    @Override
    public void write(long[] block, int begin, int end, int passes, int firstValue) {
        for (int pass = 0; pass < passes; pass++) {
            LongVector value = LongVector.broadcast(SPECIES, firstValue + pass);
            int i = begin;
            for (; i <= end - WRITE_STEP; i += WRITE_STEP) {
                value.intoArray(block, i);
                value.intoArray(block, i + LANES);
                value.intoArray(block, i + 2 * LANES);
                value.intoArray(block, i + 3 * LANES);
                value.intoArray(block, i + 4 * LANES);
                value.intoArray(block, i + 5 * LANES);
                value.intoArray(block, i + 6 * LANES);
                value.intoArray(block, i + 7 * LANES);
                value.intoArray(block, i + 8 * LANES);
                value.intoArray(block, i + 9 * LANES);
                value.intoArray(block, i + 10 * LANES);
                value.intoArray(block, i + 11 * LANES);
                value.intoArray(block, i + 12 * LANES);
                value.intoArray(block, i + 13 * LANES);
                value.intoArray(block, i + 14 * LANES);
                value.intoArray(block, i + 15 * LANES);
            }
            for (; i < end; i++) {
                block[i] = firstValue + pass;
            }
        }
    }

    private static long sumOf(long[] block, int begin, int end) {
        long sum = 0;
        for (int i = begin; i < end; i++) {
            sum += block[i];
        }
        return sum;
    }

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
