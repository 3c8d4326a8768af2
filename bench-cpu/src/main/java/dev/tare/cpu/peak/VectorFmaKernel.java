package dev.tare.cpu.peak;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/**
 * Twelve vectors of chains: two multiply-adds a cycle with a latency of up to six cycles need that many, and with the two
 * constants they fit the sixteen registers of AVX2.
 */
final class VectorFmaKernel implements FmaKernel {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int VECTORS = 12;
    private static final boolean FUSED = fusedInHardware();

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
        for (int i = 0; i < steps; i++) {
            v0 = next(v0, factor, addend);
            v1 = next(v1, factor, addend);
            v2 = next(v2, factor, addend);
            v3 = next(v3, factor, addend);
            v4 = next(v4, factor, addend);
            v5 = next(v5, factor, addend);
            v6 = next(v6, factor, addend);
            v7 = next(v7, factor, addend);
            v8 = next(v8, factor, addend);
            v9 = next(v9, factor, addend);
            v10 = next(v10, factor, addend);
            v11 = next(v11, factor, addend);
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

    private static DoubleVector next(DoubleVector value, DoubleVector factor, DoubleVector addend) {
        // A constant: only one of the two is ever compiled.
        return FUSED ? value.fma(factor, addend) : value.mul(factor).add(addend);
    }

    @Override
    public double stepOnce(double value) {
        return FUSED ? Math.fma(value, FACTOR, ADDEND) : value * FACTOR + ADDEND;
    }

    /**
     * Whether this JVM multiplies and adds in one instruction, as HotSpot found out about the processor; true on a JVM that
     * does not tell. Where the processor has no such instruction, or a hypervisor hides it, the JVM calculates every fused
     * step with {@code BigDecimal}: a thousand times slower, and no peak of anything.
     */
    private static boolean fusedInHardware() {
        @Nullable HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (hotSpot == null) {
            return true;
        }
        try {
            return !hotSpot.getVMOption("UseFMA").getValue().equals("false");
        } catch (IllegalArgumentException e) {
            // This HotSpot has no such option.
            return true;
        }
    }
}
