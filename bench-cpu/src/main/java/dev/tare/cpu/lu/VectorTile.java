package dev.tare.cpu.lu;

import static dev.tare.cpu.lu.TileKernel.TOP_STEP;
import static dev.tare.cpu.vector.VectorUnit.multiplyAdd;
import static jdk.incubator.vector.DoubleVector.broadcast;
import static jdk.incubator.vector.DoubleVector.fromArray;

import dev.tare.cpu.vector.VectorUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A tile of C in registers, so many vectors high and so many columns wide: one class for each register file, since the
 * compiler keeps in registers only what is written out.
 *
 * <p>Three things keep HotSpot's loops short and without spilled registers; docs/performance.md has the counts. Sums begin
 * with C itself: sums that all began with one zero would share it, and one of them would live on the stack. A strip lies in
 * planes, one for each vector of a tile's height and all of constant size, so that every index is the loop's variable times a
 * power of two and a constant: its check moves out of the loop. And where registers are just enough, a test that never holds
 * stands between columns: the compiler, which would fetch all elements of B before it uses the first, must keep the sums up to
 * there, in case the test holds, before it goes on. The large ones call {@code fma} themselves, because the compiler inlines
 * no other methods where so many vectors are.
 */
abstract sealed class VectorTile {
    static final VectorSpecies<Double> SPECIES = VectorUnit.LONGEST;
    static final int LANES = SPECIES.length();

    /** Elements of a strip's plane, which holds one vector of each of its columns. */
    static final int PLANE = TileKernel.MAX_COLUMNS * LANES;

    private final int vectors;
    private final int columns;

    private VectorTile(int vectors, int columns) {
        this.vectors = vectors;
        this.columns = columns;
    }

    /** The largest that this processor's registers hold. */
    static VectorTile largest() {
        if (!VectorUnit.isFused()) {
            return new Tile2x4();
        }
        if (LANES == 2) {
            return VectorUnit.hasManyRegisters() ? new Tile4x4() : new Tile2x4();
        }
        return VectorUnit.hasManyRegisters() ? new Tile3x8() : new Tile3x4();
    }

    /** Vectors that a tile is high. */
    final int vectors() {
        return vectors;
    }

    /** Columns of a tile. */
    final int columns() {
        return columns;
    }

    /** See {@link TileKernel#updateTile}. */
    abstract void update(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int cStep);

    /** Of 16 registers of 128 bits, or without a fused multiply-add: 8 sums, 2 vectors of A, up to 4 of B and a product. */
    static final class Tile2x4 extends VectorTile {
        Tile2x4() {
            super(2, 4);
        }

        @Override
        void update(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int cStep) {
            DoubleVector s00 = fromArray(SPECIES, c, cAt);
            DoubleVector s10 = fromArray(SPECIES, c, cAt + LANES);
            DoubleVector s01 = fromArray(SPECIES, c, cAt + cStep);
            DoubleVector s11 = fromArray(SPECIES, c, cAt + cStep + LANES);
            DoubleVector s02 = fromArray(SPECIES, c, cAt + 2 * cStep);
            DoubleVector s12 = fromArray(SPECIES, c, cAt + 2 * cStep + LANES);
            DoubleVector s03 = fromArray(SPECIES, c, cAt + 3 * cStep);
            DoubleVector s13 = fromArray(SPECIES, c, cAt + 3 * cStep + LANES);
            int strip = aAt - bAt * LANES;
            for (int q = bAt; q < bAt + k; q++) {
                DoubleVector a0 = fromArray(SPECIES, a, q * LANES + strip);
                DoubleVector a1 = fromArray(SPECIES, a, q * LANES + strip + PLANE);
                DoubleVector b0 = broadcast(SPECIES, b[q]);
                s00 = multiplyAdd(a0, b0, s00);
                s10 = multiplyAdd(a1, b0, s10);
                DoubleVector b1 = broadcast(SPECIES, b[q + TOP_STEP]);
                s01 = multiplyAdd(a0, b1, s01);
                s11 = multiplyAdd(a1, b1, s11);
                DoubleVector b2 = broadcast(SPECIES, b[q + 2 * TOP_STEP]);
                s02 = multiplyAdd(a0, b2, s02);
                s12 = multiplyAdd(a1, b2, s12);
                DoubleVector b3 = broadcast(SPECIES, b[q + 3 * TOP_STEP]);
                s03 = multiplyAdd(a0, b3, s03);
                s13 = multiplyAdd(a1, b3, s13);
            }
            s00.intoArray(c, cAt);
            s10.intoArray(c, cAt + LANES);
            s01.intoArray(c, cAt + cStep);
            s11.intoArray(c, cAt + cStep + LANES);
            s02.intoArray(c, cAt + 2 * cStep);
            s12.intoArray(c, cAt + 2 * cStep + LANES);
            s03.intoArray(c, cAt + 3 * cStep);
            s13.intoArray(c, cAt + 3 * cStep + LANES);
        }
    }

    /** Of 16 registers: 12 sums, 3 vectors of A and one of B, not one to spare; two steps a pass share their addresses. */
    static final class Tile3x4 extends VectorTile {
        private static int never0 = -1;
        private static int never1 = -2;
        private static int never2 = -3;
        private static int never3 = -4;
        private static int never4 = -5;
        private static int never5 = -6;
        private static int never6 = -7;

        Tile3x4() {
            super(3, 4);
        }

        @Override
        void update(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int cStep) {
            DoubleVector s00 = fromArray(SPECIES, c, cAt);
            DoubleVector s10 = fromArray(SPECIES, c, cAt + LANES);
            DoubleVector s20 = fromArray(SPECIES, c, cAt + 2 * LANES);
            DoubleVector s01 = fromArray(SPECIES, c, cAt + cStep);
            DoubleVector s11 = fromArray(SPECIES, c, cAt + cStep + LANES);
            DoubleVector s21 = fromArray(SPECIES, c, cAt + cStep + 2 * LANES);
            DoubleVector s02 = fromArray(SPECIES, c, cAt + 2 * cStep);
            DoubleVector s12 = fromArray(SPECIES, c, cAt + 2 * cStep + LANES);
            DoubleVector s22 = fromArray(SPECIES, c, cAt + 2 * cStep + 2 * LANES);
            DoubleVector s03 = fromArray(SPECIES, c, cAt + 3 * cStep);
            DoubleVector s13 = fromArray(SPECIES, c, cAt + 3 * cStep + LANES);
            DoubleVector s23 = fromArray(SPECIES, c, cAt + 3 * cStep + 2 * LANES);
            int end0 = never0;
            int end1 = never1;
            int end2 = never2;
            int end3 = never3;
            int end4 = never4;
            int end5 = never5;
            int end6 = never6;
            int strip = aAt - bAt * LANES;
            for (int q = bAt; q < bAt + k; q += 2) {
                DoubleVector a0 = fromArray(SPECIES, a, q * LANES + strip);
                DoubleVector a1 = fromArray(SPECIES, a, q * LANES + strip + PLANE);
                DoubleVector a2 = fromArray(SPECIES, a, q * LANES + strip + 2 * PLANE);
                DoubleVector b0 = broadcast(SPECIES, b[q]);
                s00 = a0.fma(b0, s00);
                s10 = a1.fma(b0, s10);
                s20 = a2.fma(b0, s20);
                if (q == end0) {
                    end0 = ~end0;
                }
                DoubleVector b1 = broadcast(SPECIES, b[q + TOP_STEP]);
                s01 = a0.fma(b1, s01);
                s11 = a1.fma(b1, s11);
                s21 = a2.fma(b1, s21);
                if (q == end1) {
                    end1 = ~end1;
                }
                DoubleVector b2 = broadcast(SPECIES, b[q + 2 * TOP_STEP]);
                s02 = a0.fma(b2, s02);
                s12 = a1.fma(b2, s12);
                s22 = a2.fma(b2, s22);
                if (q == end2) {
                    end2 = ~end2;
                }
                DoubleVector b3 = broadcast(SPECIES, b[q + 3 * TOP_STEP]);
                s03 = a0.fma(b3, s03);
                s13 = a1.fma(b3, s13);
                s23 = a2.fma(b3, s23);
                if (q == end3) {
                    end3 = ~end3;
                }
                DoubleVector d0 = fromArray(SPECIES, a, q * LANES + strip + LANES);
                DoubleVector d1 = fromArray(SPECIES, a, q * LANES + strip + LANES + PLANE);
                DoubleVector d2 = fromArray(SPECIES, a, q * LANES + strip + LANES + 2 * PLANE);
                DoubleVector e0 = broadcast(SPECIES, b[q + 1]);
                s00 = d0.fma(e0, s00);
                s10 = d1.fma(e0, s10);
                s20 = d2.fma(e0, s20);
                if (q == end4) {
                    end4 = ~end4;
                }
                DoubleVector e1 = broadcast(SPECIES, b[q + 1 + TOP_STEP]);
                s01 = d0.fma(e1, s01);
                s11 = d1.fma(e1, s11);
                s21 = d2.fma(e1, s21);
                if (q == end5) {
                    end5 = ~end5;
                }
                DoubleVector e2 = broadcast(SPECIES, b[q + 1 + 2 * TOP_STEP]);
                s02 = d0.fma(e2, s02);
                s12 = d1.fma(e2, s12);
                s22 = d2.fma(e2, s22);
                if (q == end6) {
                    end6 = ~end6;
                }
                DoubleVector e3 = broadcast(SPECIES, b[q + 1 + 3 * TOP_STEP]);
                s03 = d0.fma(e3, s03);
                s13 = d1.fma(e3, s13);
                s23 = d2.fma(e3, s23);
            }
            s00.intoArray(c, cAt);
            s10.intoArray(c, cAt + LANES);
            s20.intoArray(c, cAt + 2 * LANES);
            s01.intoArray(c, cAt + cStep);
            s11.intoArray(c, cAt + cStep + LANES);
            s21.intoArray(c, cAt + cStep + 2 * LANES);
            s02.intoArray(c, cAt + 2 * cStep);
            s12.intoArray(c, cAt + 2 * cStep + LANES);
            s22.intoArray(c, cAt + 2 * cStep + 2 * LANES);
            s03.intoArray(c, cAt + 3 * cStep);
            s13.intoArray(c, cAt + 3 * cStep + LANES);
            s23.intoArray(c, cAt + 3 * cStep + 2 * LANES);
        }
    }

    /** Of 32 registers of 128 bits: 16 sums, 4 vectors of A and up to 4 of B. */
    static final class Tile4x4 extends VectorTile {
        Tile4x4() {
            super(4, 4);
        }

        @Override
        void update(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int cStep) {
            DoubleVector s00 = fromArray(SPECIES, c, cAt);
            DoubleVector s10 = fromArray(SPECIES, c, cAt + LANES);
            DoubleVector s20 = fromArray(SPECIES, c, cAt + 2 * LANES);
            DoubleVector s30 = fromArray(SPECIES, c, cAt + 3 * LANES);
            DoubleVector s01 = fromArray(SPECIES, c, cAt + cStep);
            DoubleVector s11 = fromArray(SPECIES, c, cAt + cStep + LANES);
            DoubleVector s21 = fromArray(SPECIES, c, cAt + cStep + 2 * LANES);
            DoubleVector s31 = fromArray(SPECIES, c, cAt + cStep + 3 * LANES);
            DoubleVector s02 = fromArray(SPECIES, c, cAt + 2 * cStep);
            DoubleVector s12 = fromArray(SPECIES, c, cAt + 2 * cStep + LANES);
            DoubleVector s22 = fromArray(SPECIES, c, cAt + 2 * cStep + 2 * LANES);
            DoubleVector s32 = fromArray(SPECIES, c, cAt + 2 * cStep + 3 * LANES);
            DoubleVector s03 = fromArray(SPECIES, c, cAt + 3 * cStep);
            DoubleVector s13 = fromArray(SPECIES, c, cAt + 3 * cStep + LANES);
            DoubleVector s23 = fromArray(SPECIES, c, cAt + 3 * cStep + 2 * LANES);
            DoubleVector s33 = fromArray(SPECIES, c, cAt + 3 * cStep + 3 * LANES);
            int strip = aAt - bAt * LANES;
            for (int q = bAt; q < bAt + k; q++) {
                DoubleVector a0 = fromArray(SPECIES, a, q * LANES + strip);
                DoubleVector a1 = fromArray(SPECIES, a, q * LANES + strip + PLANE);
                DoubleVector a2 = fromArray(SPECIES, a, q * LANES + strip + 2 * PLANE);
                DoubleVector a3 = fromArray(SPECIES, a, q * LANES + strip + 3 * PLANE);
                DoubleVector b0 = broadcast(SPECIES, b[q]);
                s00 = a0.fma(b0, s00);
                s10 = a1.fma(b0, s10);
                s20 = a2.fma(b0, s20);
                s30 = a3.fma(b0, s30);
                DoubleVector b1 = broadcast(SPECIES, b[q + TOP_STEP]);
                s01 = a0.fma(b1, s01);
                s11 = a1.fma(b1, s11);
                s21 = a2.fma(b1, s21);
                s31 = a3.fma(b1, s31);
                DoubleVector b2 = broadcast(SPECIES, b[q + 2 * TOP_STEP]);
                s02 = a0.fma(b2, s02);
                s12 = a1.fma(b2, s12);
                s22 = a2.fma(b2, s22);
                s32 = a3.fma(b2, s32);
                DoubleVector b3 = broadcast(SPECIES, b[q + 3 * TOP_STEP]);
                s03 = a0.fma(b3, s03);
                s13 = a1.fma(b3, s13);
                s23 = a2.fma(b3, s23);
                s33 = a3.fma(b3, s33);
            }
            s00.intoArray(c, cAt);
            s10.intoArray(c, cAt + LANES);
            s20.intoArray(c, cAt + 2 * LANES);
            s30.intoArray(c, cAt + 3 * LANES);
            s01.intoArray(c, cAt + cStep);
            s11.intoArray(c, cAt + cStep + LANES);
            s21.intoArray(c, cAt + cStep + 2 * LANES);
            s31.intoArray(c, cAt + cStep + 3 * LANES);
            s02.intoArray(c, cAt + 2 * cStep);
            s12.intoArray(c, cAt + 2 * cStep + LANES);
            s22.intoArray(c, cAt + 2 * cStep + 2 * LANES);
            s32.intoArray(c, cAt + 2 * cStep + 3 * LANES);
            s03.intoArray(c, cAt + 3 * cStep);
            s13.intoArray(c, cAt + 3 * cStep + LANES);
            s23.intoArray(c, cAt + 3 * cStep + 2 * LANES);
            s33.intoArray(c, cAt + 3 * cStep + 3 * LANES);
        }
    }

    /** Of 32 registers: 24 sums, 3 vectors of A and up to 4 of B. */
    static final class Tile3x8 extends VectorTile {
        private static int never0 = -1;

        Tile3x8() {
            super(3, 8);
        }

        @Override
        void update(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int cStep) {
            DoubleVector s00 = fromArray(SPECIES, c, cAt);
            DoubleVector s10 = fromArray(SPECIES, c, cAt + LANES);
            DoubleVector s20 = fromArray(SPECIES, c, cAt + 2 * LANES);
            DoubleVector s01 = fromArray(SPECIES, c, cAt + cStep);
            DoubleVector s11 = fromArray(SPECIES, c, cAt + cStep + LANES);
            DoubleVector s21 = fromArray(SPECIES, c, cAt + cStep + 2 * LANES);
            DoubleVector s02 = fromArray(SPECIES, c, cAt + 2 * cStep);
            DoubleVector s12 = fromArray(SPECIES, c, cAt + 2 * cStep + LANES);
            DoubleVector s22 = fromArray(SPECIES, c, cAt + 2 * cStep + 2 * LANES);
            DoubleVector s03 = fromArray(SPECIES, c, cAt + 3 * cStep);
            DoubleVector s13 = fromArray(SPECIES, c, cAt + 3 * cStep + LANES);
            DoubleVector s23 = fromArray(SPECIES, c, cAt + 3 * cStep + 2 * LANES);
            DoubleVector s04 = fromArray(SPECIES, c, cAt + 4 * cStep);
            DoubleVector s14 = fromArray(SPECIES, c, cAt + 4 * cStep + LANES);
            DoubleVector s24 = fromArray(SPECIES, c, cAt + 4 * cStep + 2 * LANES);
            DoubleVector s05 = fromArray(SPECIES, c, cAt + 5 * cStep);
            DoubleVector s15 = fromArray(SPECIES, c, cAt + 5 * cStep + LANES);
            DoubleVector s25 = fromArray(SPECIES, c, cAt + 5 * cStep + 2 * LANES);
            DoubleVector s06 = fromArray(SPECIES, c, cAt + 6 * cStep);
            DoubleVector s16 = fromArray(SPECIES, c, cAt + 6 * cStep + LANES);
            DoubleVector s26 = fromArray(SPECIES, c, cAt + 6 * cStep + 2 * LANES);
            DoubleVector s07 = fromArray(SPECIES, c, cAt + 7 * cStep);
            DoubleVector s17 = fromArray(SPECIES, c, cAt + 7 * cStep + LANES);
            DoubleVector s27 = fromArray(SPECIES, c, cAt + 7 * cStep + 2 * LANES);
            int end0 = never0;
            int strip = aAt - bAt * LANES;
            for (int q = bAt; q < bAt + k; q++) {
                DoubleVector a0 = fromArray(SPECIES, a, q * LANES + strip);
                DoubleVector a1 = fromArray(SPECIES, a, q * LANES + strip + PLANE);
                DoubleVector a2 = fromArray(SPECIES, a, q * LANES + strip + 2 * PLANE);
                DoubleVector b0 = broadcast(SPECIES, b[q]);
                s00 = a0.fma(b0, s00);
                s10 = a1.fma(b0, s10);
                s20 = a2.fma(b0, s20);
                DoubleVector b1 = broadcast(SPECIES, b[q + TOP_STEP]);
                s01 = a0.fma(b1, s01);
                s11 = a1.fma(b1, s11);
                s21 = a2.fma(b1, s21);
                DoubleVector b2 = broadcast(SPECIES, b[q + 2 * TOP_STEP]);
                s02 = a0.fma(b2, s02);
                s12 = a1.fma(b2, s12);
                s22 = a2.fma(b2, s22);
                DoubleVector b3 = broadcast(SPECIES, b[q + 3 * TOP_STEP]);
                s03 = a0.fma(b3, s03);
                s13 = a1.fma(b3, s13);
                s23 = a2.fma(b3, s23);
                if (q == end0) {
                    end0 = ~end0;
                }
                DoubleVector b4 = broadcast(SPECIES, b[q + 4 * TOP_STEP]);
                s04 = a0.fma(b4, s04);
                s14 = a1.fma(b4, s14);
                s24 = a2.fma(b4, s24);
                DoubleVector b5 = broadcast(SPECIES, b[q + 5 * TOP_STEP]);
                s05 = a0.fma(b5, s05);
                s15 = a1.fma(b5, s15);
                s25 = a2.fma(b5, s25);
                DoubleVector b6 = broadcast(SPECIES, b[q + 6 * TOP_STEP]);
                s06 = a0.fma(b6, s06);
                s16 = a1.fma(b6, s16);
                s26 = a2.fma(b6, s26);
                DoubleVector b7 = broadcast(SPECIES, b[q + 7 * TOP_STEP]);
                s07 = a0.fma(b7, s07);
                s17 = a1.fma(b7, s17);
                s27 = a2.fma(b7, s27);
            }
            s00.intoArray(c, cAt);
            s10.intoArray(c, cAt + LANES);
            s20.intoArray(c, cAt + 2 * LANES);
            s01.intoArray(c, cAt + cStep);
            s11.intoArray(c, cAt + cStep + LANES);
            s21.intoArray(c, cAt + cStep + 2 * LANES);
            s02.intoArray(c, cAt + 2 * cStep);
            s12.intoArray(c, cAt + 2 * cStep + LANES);
            s22.intoArray(c, cAt + 2 * cStep + 2 * LANES);
            s03.intoArray(c, cAt + 3 * cStep);
            s13.intoArray(c, cAt + 3 * cStep + LANES);
            s23.intoArray(c, cAt + 3 * cStep + 2 * LANES);
            s04.intoArray(c, cAt + 4 * cStep);
            s14.intoArray(c, cAt + 4 * cStep + LANES);
            s24.intoArray(c, cAt + 4 * cStep + 2 * LANES);
            s05.intoArray(c, cAt + 5 * cStep);
            s15.intoArray(c, cAt + 5 * cStep + LANES);
            s25.intoArray(c, cAt + 5 * cStep + 2 * LANES);
            s06.intoArray(c, cAt + 6 * cStep);
            s16.intoArray(c, cAt + 6 * cStep + LANES);
            s26.intoArray(c, cAt + 6 * cStep + 2 * LANES);
            s07.intoArray(c, cAt + 7 * cStep);
            s17.intoArray(c, cAt + 7 * cStep + LANES);
            s27.intoArray(c, cAt + 7 * cStep + 2 * LANES);
        }
    }
}
