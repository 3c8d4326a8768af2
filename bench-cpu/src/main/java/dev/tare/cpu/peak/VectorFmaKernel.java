package dev.tare.cpu.peak;

import dev.tare.cpu.vector.VectorUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Twelve vectors of sums: two multiply-adds a cycle with a latency of up to six cycles need that many, and with the two
 * factors they fit sixteen registers.
 */
final class VectorFmaKernel implements FmaKernel {
    private static final VectorSpecies<Double> SPECIES = VectorUnit.LONGEST;
    private static final int LANES = SPECIES.length();
    private static final int VECTORS = 12;

    @Override
    public String description() {
        return "vectors of " + SPECIES.vectorBitSize() + " bits, " + sums() + " sums"
                + (VectorUnit.isFused() ? "" : " of a multiplication and an addition (no fused ones here)");
    }

    @Override
    public int sums() {
        return VECTORS * LANES;
    }

    @Override
    public void step(int steps, double[] sums) {
        DoubleVector a = DoubleVector.broadcast(SPECIES, LEFT);
        DoubleVector b = DoubleVector.broadcast(SPECIES, RIGHT);
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, sums, 0 * LANES);
        DoubleVector s1 = DoubleVector.fromArray(SPECIES, sums, 1 * LANES);
        DoubleVector s2 = DoubleVector.fromArray(SPECIES, sums, 2 * LANES);
        DoubleVector s3 = DoubleVector.fromArray(SPECIES, sums, 3 * LANES);
        DoubleVector s4 = DoubleVector.fromArray(SPECIES, sums, 4 * LANES);
        DoubleVector s5 = DoubleVector.fromArray(SPECIES, sums, 5 * LANES);
        DoubleVector s6 = DoubleVector.fromArray(SPECIES, sums, 6 * LANES);
        DoubleVector s7 = DoubleVector.fromArray(SPECIES, sums, 7 * LANES);
        DoubleVector s8 = DoubleVector.fromArray(SPECIES, sums, 8 * LANES);
        DoubleVector s9 = DoubleVector.fromArray(SPECIES, sums, 9 * LANES);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, sums, 10 * LANES);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, sums, 11 * LANES);
        for (int i = 0; i < steps; i++) {
            s0 = next(s0, a, b);
            s1 = next(s1, a, b);
            s2 = next(s2, a, b);
            s3 = next(s3, a, b);
            s4 = next(s4, a, b);
            s5 = next(s5, a, b);
            s6 = next(s6, a, b);
            s7 = next(s7, a, b);
            s8 = next(s8, a, b);
            s9 = next(s9, a, b);
            s10 = next(s10, a, b);
            s11 = next(s11, a, b);
        }
        s0.intoArray(sums, 0 * LANES);
        s1.intoArray(sums, 1 * LANES);
        s2.intoArray(sums, 2 * LANES);
        s3.intoArray(sums, 3 * LANES);
        s4.intoArray(sums, 4 * LANES);
        s5.intoArray(sums, 5 * LANES);
        s6.intoArray(sums, 6 * LANES);
        s7.intoArray(sums, 7 * LANES);
        s8.intoArray(sums, 8 * LANES);
        s9.intoArray(sums, 9 * LANES);
        s10.intoArray(sums, 10 * LANES);
        s11.intoArray(sums, 11 * LANES);
    }

    private static DoubleVector next(DoubleVector sum, DoubleVector left, DoubleVector right) {
        // A constant: only one of the two is ever compiled. Unfused, the product of two constants would be calculated
        // once.
        return VectorUnit.isFused() ? left.fma(right, sum) : sum.mul(left).add(right);
    }

    @Override
    public double stepOnce(double sum) {
        return VectorUnit.isFused() ? Math.fma(LEFT, RIGHT, sum) : sum * LEFT + RIGHT;
    }
}
