package dev.tare.mem.kernel;

import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops over longs: blocks in the widest vectors of the machine, streams in vectors of half a cache line at most; elements beyond
 * the last whole step one by one.
 *
 * <p>Three times a number is two additions, as a C compiler writes it too: many machines have vectors of longs but no
 * multiplication of them.
 */
final class VectorLongKernels implements MemoryKernels<long[]> {
    private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    /** Half a cache line at most: memory sets the pace of streams, and whole lines were up to a tenth slower on processors that halve them. */
    private static final VectorSpecies<Long> STREAM_SPECIES =
            SPECIES.vectorBitSize() > 256 ? LongVector.SPECIES_256 : SPECIES;

    private static final int STREAM_LANES = STREAM_SPECIES.length();
    /** Sixteen vectors, so that what a step costs beside its accesses is little even where two are made in a cycle. */
    private static final int STEP = 16 * LANES;
    /** Of what is masked by it the compiler knows that adding a step cannot overflow, so that all offsets become constants. */
    private static final int LARGEST_INDEX = 0x3fff_ffff;

    @Override
    public String blockDescription() {
        return "vector-" + SPECIES.vectorBitSize();
    }

    @Override
    public String streamDescription() {
        return "vector-" + STREAM_SPECIES.vectorBitSize();
    }

    /**
     * One loop instead of two nested ones, because JDK 17 keeps the sums in registers only there. Four sums, since
     * additions of longs take up to two cycles: loads alone set the pace. Neighbours take turns at two sums, because the compiler emits two
     * chains at a time, and the caches fetch ahead best for what reads upwards.
     */
    @Override
    public long read(long[] block, int begin, int end, int passes) {
        LongVector sum0 = LongVector.zero(SPECIES);
        LongVector sum1 = LongVector.zero(SPECIES);
        LongVector sum2 = LongVector.zero(SPECIES);
        LongVector sum3 = LongVector.zero(SPECIES);
        int stepsPerPass = (end - begin) / STEP;
        int stepsEnd = begin + stepsPerPass * STEP;
        int i = begin & LARGEST_INDEX;
        for (int step = passes * stepsPerPass; step > 0; step--) {
            sum0 = sum0.add(load(block, i));
            sum1 = sum1.add(load(block, i + LANES));
            sum0 = sum0.add(load(block, i + 2 * LANES));
            sum1 = sum1.add(load(block, i + 3 * LANES));
            sum0 = sum0.add(load(block, i + 4 * LANES));
            sum1 = sum1.add(load(block, i + 5 * LANES));
            sum0 = sum0.add(load(block, i + 6 * LANES));
            sum1 = sum1.add(load(block, i + 7 * LANES));
            sum2 = sum2.add(load(block, i + 8 * LANES));
            sum3 = sum3.add(load(block, i + 9 * LANES));
            sum2 = sum2.add(load(block, i + 10 * LANES));
            sum3 = sum3.add(load(block, i + 11 * LANES));
            sum2 = sum2.add(load(block, i + 12 * LANES));
            sum3 = sum3.add(load(block, i + 13 * LANES));
            sum2 = sum2.add(load(block, i + 14 * LANES));
            sum3 = sum3.add(load(block, i + 15 * LANES));
            i = next(i, begin, stepsEnd);
        }
        LongVector sum = sum0.add(sum1).add(sum2.add(sum3));
        return sum.reduceLanes(VectorOperators.ADD) + passes * sumOf(block, stepsEnd, end);
    }

    @Override
    public void write(long[] block, int begin, int end, int passes, int firstValue) {
        LongVector value = LongVector.broadcast(SPECIES, firstValue);
        int stepsPerPass = (end - begin) / STEP;
        int stepsEnd = begin + stepsPerPass * STEP;
        int i = begin & LARGEST_INDEX;
        for (int step = passes * stepsPerPass; step > 0; step--) {
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
            i = next(i, begin, stepsEnd);
            value = value.add(LongVector.broadcast(SPECIES, i == begin ? 1 : 0));
        }
        for (int pass = 0; pass < passes; pass++) {
            Arrays.fill(block, stepsEnd, end, firstValue + pass);
        }
    }

    /**
     * The step after this one, by arithmetic: a branch that always goes one way, as in a block of one step, would tell the compiler
     * that every step loads the same, and it would load it once.
     */
    private static int next(int i, int begin, int stepsEnd) {
        int next = i + STEP;
        return (next - (((stepsEnd - 1 - next) >> 31) & (stepsEnd - begin))) & LARGEST_INDEX;
    }

    private static long sumOf(long[] block, int begin, int end) {
        long sum = 0;
        for (int i = begin; i < end; i++) {
            sum += block[i];
        }
        return sum;
    }

    private static LongVector load(long[] array, int i) {
        return LongVector.fromArray(SPECIES, array, i);
    }

    /** The platform's own block copy, which newer JVMs do past the caches; a loop of vectors could not. */
    @Override
    public void copy(long[] from, long[] to, int begin, int end) {
        System.arraycopy(from, begin, to, begin, end - begin);
    }

    @Override
    public void scale(long[] from, long[] to, int begin, int end) {
        int i = begin;
        for (; i <= end - STREAM_LANES; i = afterwards(i)) {
            threefold(streamed(from, i)).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = FACTOR * from[i];
        }
    }

    @Override
    public void add(long[] left, long[] right, long[] to, int begin, int end) {
        int i = begin;
        for (; i <= end - STREAM_LANES; i = afterwards(i)) {
            streamed(left, i).add(streamed(right, i)).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = left[i] + right[i];
        }
    }

    @Override
    public void triad(long[] left, long[] right, long[] to, int begin, int end) {
        int i = begin;
        for (; i <= end - STREAM_LANES; i = afterwards(i)) {
            streamed(left, i).add(threefold(streamed(right, i))).intoArray(to, i);
        }
        for (; i < end; i++) {
            to[i] = left[i] + FACTOR * right[i];
        }
    }

    private static LongVector streamed(long[] array, int i) {
        return LongVector.fromArray(STREAM_SPECIES, array, i);
    }

    /**
     * The next vector of a stream, masked so that the compiler sees no counter and leaves the loop as it is: unrolled, it reads and
     * writes several lines of one array before the next array has its turn, which cost a quarter of the bandwidth with 512 bits.
     */
    private static int afterwards(int i) {
        return (i + STREAM_LANES) & Integer.MAX_VALUE;
    }

    private static LongVector threefold(LongVector vector) {
        return vector.add(vector).add(vector);
    }
}
