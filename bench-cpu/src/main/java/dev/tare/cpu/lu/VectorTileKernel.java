package dev.tare.cpu.lu;

import dev.tare.cpu.vector.VectorUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Inner loops in explicit vectors, with the largest tiles that the processor's registers hold. */
final class VectorTileKernel implements TileKernel {
    private static final VectorSpecies<Double> SPECIES = VectorTile.SPECIES;
    private static final int LANES = VectorTile.LANES;
    private static final int COLUMN_ROWS = 4 * LANES;
    private static final int GROUP_ROWS = 2 * LANES;

    private final VectorTile tile = VectorTile.largest();

    @Override
    public String description() {
        return "vectors of " + SPECIES.vectorBitSize() + " bits, tiles of " + rows() + " x " + columns()
                + (VectorUnit.isFused() ? "" : ", no fused multiply-add");
    }

    @Override
    public int rows() {
        return tile.vectors() * LANES;
    }

    @Override
    public int columns() {
        return tile.columns();
    }

    @Override
    public int overrun() {
        return COLUMN_ROWS;
    }

    @Override
    public long usualSecondLevelBytes() {
        // Every core with AVX-512 has 1 MiB or more; those with AVX2 mostly have 512 KiB.
        return LANES > 4 ? 1L << 20 : 512L << 10;
    }

    @Override
    public int stripStep() {
        return LANES;
    }

    @Override
    public void updateTile(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int cStep) {
        tile.update(k, a, aAt, b, bAt, c, cAt, cStep);
    }

    @Override
    public void updateGroup(
            int k,
            double[] a,
            int aAt,
            int aStep,
            double[] b,
            int bAt,
            int bStep,
            double[] c,
            int cAt,
            int cStep,
            int length) {
        for (int i = 0; i < length; i += GROUP_ROWS) {
            updateGroupPart(k, a, aAt + i, aStep, b, bAt, bStep, c, cAt + i, cStep);
        }
    }

    private static void updateGroupPart(
            int k, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double[] c, int cAt, int cStep) {
        DoubleVector top0 = DoubleVector.fromArray(SPECIES, c, cAt);
        DoubleVector low0 = DoubleVector.fromArray(SPECIES, c, cAt + LANES);
        DoubleVector top1 = DoubleVector.fromArray(SPECIES, c, cAt + cStep);
        DoubleVector low1 = DoubleVector.fromArray(SPECIES, c, cAt + cStep + LANES);
        DoubleVector top2 = DoubleVector.fromArray(SPECIES, c, cAt + 2 * cStep);
        DoubleVector low2 = DoubleVector.fromArray(SPECIES, c, cAt + 2 * cStep + LANES);
        DoubleVector top3 = DoubleVector.fromArray(SPECIES, c, cAt + 3 * cStep);
        DoubleVector low3 = DoubleVector.fromArray(SPECIES, c, cAt + 3 * cStep + LANES);
        for (int p = 0; p < k; p++) {
            DoubleVector top = DoubleVector.fromArray(SPECIES, a, aAt + p * aStep);
            DoubleVector low = DoubleVector.fromArray(SPECIES, a, aAt + p * aStep + LANES);
            DoubleVector b0 = DoubleVector.broadcast(SPECIES, -b[bAt + p]);
            top0 = VectorUnit.multiplyAdd(top, b0, top0);
            low0 = VectorUnit.multiplyAdd(low, b0, low0);
            DoubleVector b1 = DoubleVector.broadcast(SPECIES, -b[bAt + bStep + p]);
            top1 = VectorUnit.multiplyAdd(top, b1, top1);
            low1 = VectorUnit.multiplyAdd(low, b1, low1);
            DoubleVector b2 = DoubleVector.broadcast(SPECIES, -b[bAt + 2 * bStep + p]);
            top2 = VectorUnit.multiplyAdd(top, b2, top2);
            low2 = VectorUnit.multiplyAdd(low, b2, low2);
            DoubleVector b3 = DoubleVector.broadcast(SPECIES, -b[bAt + 3 * bStep + p]);
            top3 = VectorUnit.multiplyAdd(top, b3, top3);
            low3 = VectorUnit.multiplyAdd(low, b3, low3);
        }
        top0.intoArray(c, cAt);
        low0.intoArray(c, cAt + LANES);
        top1.intoArray(c, cAt + cStep);
        low1.intoArray(c, cAt + cStep + LANES);
        top2.intoArray(c, cAt + 2 * cStep);
        low2.intoArray(c, cAt + 2 * cStep + LANES);
        top3.intoArray(c, cAt + 3 * cStep);
        low3.intoArray(c, cAt + 3 * cStep + LANES);
    }

    @Override
    public double updateColumn(
            int k, double[] a, int aAt, int aStep, double[] b, int bAt, double[] c, int cAt, int length) {
        double largest = 0;
        for (int i = 0; i < length; i += COLUMN_ROWS) {
            largest = Math.max(largest, updateColumnPart(k, a, aAt + i, aStep, b, bAt, c, cAt + i));
        }
        return largest;
    }

    private static double updateColumnPart(
            int k, double[] a, int aAt, int aStep, double[] b, int bAt, double[] c, int cAt) {
        DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, cAt);
        DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, cAt + LANES);
        DoubleVector c2 = DoubleVector.fromArray(SPECIES, c, cAt + 2 * LANES);
        DoubleVector c3 = DoubleVector.fromArray(SPECIES, c, cAt + 3 * LANES);
        for (int p = 0; p < k; p++) {
            int at = aAt + p * aStep;
            DoubleVector negated = DoubleVector.broadcast(SPECIES, -b[bAt + p]);
            c0 = VectorUnit.multiplyAdd(DoubleVector.fromArray(SPECIES, a, at), negated, c0);
            c1 = VectorUnit.multiplyAdd(DoubleVector.fromArray(SPECIES, a, at + LANES), negated, c1);
            c2 = VectorUnit.multiplyAdd(DoubleVector.fromArray(SPECIES, a, at + 2 * LANES), negated, c2);
            c3 = VectorUnit.multiplyAdd(DoubleVector.fromArray(SPECIES, a, at + 3 * LANES), negated, c3);
        }
        c0.intoArray(c, cAt);
        c1.intoArray(c, cAt + LANES);
        c2.intoArray(c, cAt + 2 * LANES);
        c3.intoArray(c, cAt + 3 * LANES);
        return c0.abs().max(c1.abs()).max(c2.abs().max(c3.abs())).reduceLanes(VectorOperators.MAX);
    }

    @Override
    public void scale(double factor, double[] c, int at, int length) {
        DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
        for (int i = 0; i < length; i += LANES) {
            DoubleVector.fromArray(SPECIES, c, at + i).mul(factors).intoArray(c, at + i);
        }
    }

    @Override
    public void packStrip(int k, double[] a, int aAt, int aStep, double[] packed, int packedAt) {
        for (int v = 0; v < tile.vectors(); v++) {
            packPlane(k, a, aAt + v * LANES, aStep, packed, packedAt + v * VectorTile.PLANE);
        }
    }

    private static void packPlane(int k, double[] a, int aAt, int aStep, double[] packed, int packedAt) {
        for (int p = 0; p < k; p++) {
            DoubleVector.fromArray(SPECIES, a, aAt + p * aStep).neg().intoArray(packed, packedAt + p * LANES);
        }
    }

    @Override
    public void packColumn(double[] numbers, int column, double[] packed, int packedAt) {
        for (int v = 0; v < tile.vectors(); v++) {
            int to = packedAt + v * VectorTile.PLANE + column * LANES;
            DoubleVector.fromArray(SPECIES, numbers, v * LANES).neg().intoArray(packed, to);
        }
    }
}
