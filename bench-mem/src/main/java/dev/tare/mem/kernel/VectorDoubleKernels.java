package dev.tare.mem.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Loops over doubles in the widest vectors of the machine; elements beyond the last whole step one by one. */
final class VectorDoubleKernels implements MemoryKernels<double[]> {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
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
     * One loop instead of two nested ones, because JDK 17 keeps the sums in registers only there. Eight sums, since
     * additions of doubles take several cycles: loads alone set the pace.
     */
    @Override
    public long read(double[] block, int begin, int end, int passes) {
        DoubleVector sum0 = DoubleVector.zero(SPECIES);
        DoubleVector sum1 = DoubleVector.zero(SPECIES);
        DoubleVector sum2 = DoubleVector.zero(SPECIES);
        DoubleVector sum3 = DoubleVector.zero(SPECIES);
        DoubleVector sum4 = DoubleVector.zero(SPECIES);
        DoubleVector sum5 = DoubleVector.zero(SPECIES);
        DoubleVector sum6 = DoubleVector.zero(SPECIES);
        DoubleVector sum7 = DoubleVector.zero(SPECIES);
        int stepsPerPass = (end - begin) / READ_STEP;
        int stepsEnd = begin + stepsPerPass * READ_STEP;
        int i = begin;
        for (int step = passes * stepsPerPass; step > 0; step--) {
            sum0 = sum0.add(load(block, i));
            sum1 = sum1.add(load(block, i + LANES));
            sum2 = sum2.add(load(block, i + 2 * LANES));
            sum3 = sum3.add(load(block, i + 3 * LANES));
            sum4 = sum4.add(load(block, i + 4 * LANES));
            sum5 = sum5.add(load(block, i + 5 * LANES));
            sum6 = sum6.add(load(block, i + 6 * LANES));
            sum7 = sum7.add(load(block, i + 7 * LANES));
            i = i + READ_STEP == stepsEnd ? begin : i + READ_STEP;
        }
        DoubleVector sum = sum0.add(sum1).add(sum2.add(sum3)).add(sum4.add(sum5).add(sum6.add(sum7)));
        return (long) (sum.reduceLanes(VectorOperators.ADD) + passes * sumOf(block, stepsEnd, end));
    }

    @Override
    public void write(double[] block, int begin, int end, int passes, int firstValue) {
        for (int pass = 0; pass < passes; pass++) {
            DoubleVector value = DoubleVector.broadcast(SPECIES, firstValue + pass);
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

    private static double sumOf(double[] block, int begin, int end) {
        double sum = 0;
        for (int i = begin; i < end; i++) {
            sum += block[i];
        }
        return sum;
    }

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
