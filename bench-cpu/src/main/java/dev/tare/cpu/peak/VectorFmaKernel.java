package dev.tare.cpu.peak;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Twelve vectors of chains: two multiply-adds a cycle with a latency of up to six cycles need that many, and with the two
 * constants they fit the sixteen registers of AVX2.
 */
final class VectorFmaKernel implements FmaKernel {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int VECTORS = 12;
    private static final boolean FUSED = FusedMultiplyAdd.isInHardware();

    @Override
    public String description() {
        return "vectors of " + SPECIES.vectorBitSize() + " bits, " + chains() + " chains"
                + (FUSED ? "" : " of a multiplication and an addition (no fused ones here)");
    }

    @Override
    public int chains() {
        return VECTORS * LANES;
    }

    @Override
    public void step(int steps, double[] values) {
        DoubleVector factor = DoubleVector.broadcast(SPECIES, FACTOR);
        DoubleVector addend = DoubleVector.broadcast(SPECIES, ADDEND);
        DoubleVector v0 = DoubleVector.fromArray(SPECIES, values, 0 * LANES);
        DoubleVector v1 = DoubleVector.fromArray(SPECIES, values, 1 * LANES);
        DoubleVector v2 = DoubleVector.fromArray(SPECIES, values, 2 * LANES);
        DoubleVector v3 = DoubleVector.fromArray(SPECIES, values, 3 * LANES);
        DoubleVector v4 = DoubleVector.fromArray(SPECIES, values, 4 * LANES);
        DoubleVector v5 = DoubleVector.fromArray(SPECIES, values, 5 * LANES);
        DoubleVector v6 = DoubleVector.fromArray(SPECIES, values, 6 * LANES);
        DoubleVector v7 = DoubleVector.fromArray(SPECIES, values, 7 * LANES);
        DoubleVector v8 = DoubleVector.fromArray(SPECIES, values, 8 * LANES);
        DoubleVector v9 = DoubleVector.fromArray(SPECIES, values, 9 * LANES);
        DoubleVector v10 = DoubleVector.fromArray(SPECIES, values, 10 * LANES);
        DoubleVector v11 = DoubleVector.fromArray(SPECIES, values, 11 * LANES);
        // A constant: only one of the loops is ever compiled.
        if (FUSED) {
            for (int i = 0; i < steps; i++) {
                v0 = v0.fma(factor, addend);
                v1 = v1.fma(factor, addend);
                v2 = v2.fma(factor, addend);
                v3 = v3.fma(factor, addend);
                v4 = v4.fma(factor, addend);
                v5 = v5.fma(factor, addend);
                v6 = v6.fma(factor, addend);
                v7 = v7.fma(factor, addend);
                v8 = v8.fma(factor, addend);
                v9 = v9.fma(factor, addend);
                v10 = v10.fma(factor, addend);
                v11 = v11.fma(factor, addend);
            }
        } else {
            for (int i = 0; i < steps; i++) {
                v0 = v0.mul(factor).add(addend);
                v1 = v1.mul(factor).add(addend);
                v2 = v2.mul(factor).add(addend);
                v3 = v3.mul(factor).add(addend);
                v4 = v4.mul(factor).add(addend);
                v5 = v5.mul(factor).add(addend);
                v6 = v6.mul(factor).add(addend);
                v7 = v7.mul(factor).add(addend);
                v8 = v8.mul(factor).add(addend);
                v9 = v9.mul(factor).add(addend);
                v10 = v10.mul(factor).add(addend);
                v11 = v11.mul(factor).add(addend);
            }
        }
        v0.intoArray(values, 0 * LANES);
        v1.intoArray(values, 1 * LANES);
        v2.intoArray(values, 2 * LANES);
        v3.intoArray(values, 3 * LANES);
        v4.intoArray(values, 4 * LANES);
        v5.intoArray(values, 5 * LANES);
        v6.intoArray(values, 6 * LANES);
        v7.intoArray(values, 7 * LANES);
        v8.intoArray(values, 8 * LANES);
        v9.intoArray(values, 9 * LANES);
        v10.intoArray(values, 10 * LANES);
        v11.intoArray(values, 11 * LANES);
    }

    @Override
    public double stepOnce(double value) {
        return FUSED ? Math.fma(value, FACTOR, ADDEND) : value * FACTOR + ADDEND;
    }
}
