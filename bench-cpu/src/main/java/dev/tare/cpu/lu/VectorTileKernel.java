package dev.tare.cpu.lu;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Inner loops in explicit vectors of the machine's preferred length.
 *
 * <p>A tile is two vectors high and four columns wide: its eight sums, two vectors of A and one of B fit the sixteen
 * registers of AVX2, eight independent sums hide the latency of the multiply-add, and the method stays small enough for
 * HotSpot's compiler to inline every vector operation. Taller or wider tiles are no faster, and with 24 sums the
 * compiler gives up.
 */
final class VectorTileKernel implements TileKernel {
    /** The machine's own, but at least two lanes: a tile's rows are a multiple of its columns. */
    private static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() > 1 ? DoubleVector.SPECIES_PREFERRED : DoubleVector.SPECIES_128;

    private static final int LANES = SPECIES.length();
    private static final int TILE_ROWS = 2 * LANES;
    private static final int COLUMN_ROWS = 4 * LANES;

    @Override
    public String description() {
        return "vectors of " + SPECIES.vectorBitSize() + " bits, tiles of " + TILE_ROWS + " x " + TILE_COLUMNS;
    }

    @Override
    public int rows() {
        return TILE_ROWS;
    }

    @Override
    public int overrun() {
        return COLUMN_ROWS;
    }

    @Override
    public void updateTile(
            int k, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double[] c, int cAt, int cStep) {
        DoubleVector top0 = DoubleVector.zero(SPECIES);
        DoubleVector low0 = DoubleVector.zero(SPECIES);
        DoubleVector top1 = DoubleVector.zero(SPECIES);
        DoubleVector low1 = DoubleVector.zero(SPECIES);
        DoubleVector top2 = DoubleVector.zero(SPECIES);
        DoubleVector low2 = DoubleVector.zero(SPECIES);
        DoubleVector top3 = DoubleVector.zero(SPECIES);
        DoubleVector low3 = DoubleVector.zero(SPECIES);
        for (int p = 0; p < k; p++) {
            DoubleVector aTop = DoubleVector.fromArray(SPECIES, a, aAt + p * aStep);
            DoubleVector aLow = DoubleVector.fromArray(SPECIES, a, aAt + p * aStep + LANES);
            DoubleVector b0 = DoubleVector.broadcast(SPECIES, b[bAt + p]);
            top0 = aTop.fma(b0, top0);
            low0 = aLow.fma(b0, low0);
            DoubleVector b1 = DoubleVector.broadcast(SPECIES, b[bAt + bStep + p]);
            top1 = aTop.fma(b1, top1);
            low1 = aLow.fma(b1, low1);
            DoubleVector b2 = DoubleVector.broadcast(SPECIES, b[bAt + 2 * bStep + p]);
            top2 = aTop.fma(b2, top2);
            low2 = aLow.fma(b2, low2);
            DoubleVector b3 = DoubleVector.broadcast(SPECIES, b[bAt + 3 * bStep + p]);
            top3 = aTop.fma(b3, top3);
            low3 = aLow.fma(b3, low3);
        }
        subtract(top0, low0, c, cAt);
        subtract(top1, low1, c, cAt + cStep);
        subtract(top2, low2, c, cAt + 2 * cStep);
        subtract(top3, low3, c, cAt + 3 * cStep);
    }

    private static void subtract(DoubleVector top, DoubleVector low, double[] c, int at) {
        DoubleVector.fromArray(SPECIES, c, at).sub(top).intoArray(c, at);
        DoubleVector.fromArray(SPECIES, c, at + LANES).sub(low).intoArray(c, at + LANES);
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
            c0 = DoubleVector.fromArray(SPECIES, a, at).fma(negated, c0);
            c1 = DoubleVector.fromArray(SPECIES, a, at + LANES).fma(negated, c1);
            c2 = DoubleVector.fromArray(SPECIES, a, at + 2 * LANES).fma(negated, c2);
            c3 = DoubleVector.fromArray(SPECIES, a, at + 3 * LANES).fma(negated, c3);
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
        for (int p = 0; p < k; p++) {
            int from = aAt + p * aStep;
            int to = packedAt + p * TILE_ROWS;
            DoubleVector.fromArray(SPECIES, a, from).intoArray(packed, to);
            DoubleVector.fromArray(SPECIES, a, from + LANES).intoArray(packed, to + LANES);
        }
    }
}
