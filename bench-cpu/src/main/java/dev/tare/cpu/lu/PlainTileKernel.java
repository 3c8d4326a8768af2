package dev.tare.cpu.lu;

/** Inner loops in plain Java, for a JVM that runs without the incubator module of vectors. */
final class PlainTileKernel implements TileKernel {
    private static final int TILE_ROWS = 8;

    @Override
    public String description() {
        return "plain Java, tiles of 2 x " + TILE_COLUMNS + " (no module jdk.incubator.vector)";
    }

    @Override
    public int rows() {
        return TILE_ROWS;
    }

    @Override
    public int overrun() {
        return TILE_ROWS;
    }

    @Override
    public void updateTile(
            int k, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double[] c, int cAt, int cStep) {
        // From the last row up: a triangular block is multiplied in place, and reads only what is not yet updated.
        for (int i = TILE_ROWS - 2; i >= 0; i -= 2) {
            updateTwoRows(k, a, aAt + i, aStep, b, bAt, bStep, c, cAt + i, cStep);
        }
    }

    private static void updateTwoRows(
            int k, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double[] c, int cAt, int cStep) {
        double top0 = 0;
        double low0 = 0;
        double top1 = 0;
        double low1 = 0;
        double top2 = 0;
        double low2 = 0;
        double top3 = 0;
        double low3 = 0;
        for (int p = 0; p < k; p++) {
            double aTop = a[aAt + p * aStep];
            double aLow = a[aAt + p * aStep + 1];
            double b0 = b[bAt + p];
            top0 += aTop * b0;
            low0 += aLow * b0;
            double b1 = b[bAt + bStep + p];
            top1 += aTop * b1;
            low1 += aLow * b1;
            double b2 = b[bAt + 2 * bStep + p];
            top2 += aTop * b2;
            low2 += aLow * b2;
            double b3 = b[bAt + 3 * bStep + p];
            top3 += aTop * b3;
            low3 += aLow * b3;
        }
        subtract(top0, low0, c, cAt);
        subtract(top1, low1, c, cAt + cStep);
        subtract(top2, low2, c, cAt + 2 * cStep);
        subtract(top3, low3, c, cAt + 3 * cStep);
    }

    private static void subtract(double top, double low, double[] c, int at) {
        c[at] -= top;
        c[at + 1] -= low;
    }

    @Override
    public double updateColumn(
            int k, double[] a, int aAt, int aStep, double[] b, int bAt, double[] c, int cAt, int length) {
        for (int p = 0; p < k; p++) {
            double factor = b[bAt + p];
            int at = aAt + p * aStep;
            for (int i = 0; i < length; i++) {
                c[cAt + i] -= a[at + i] * factor;
            }
        }
        double largest = 0;
        for (int i = 0; i < length; i++) {
            largest = Math.max(largest, Math.abs(c[cAt + i]));
        }
        return largest;
    }

    @Override
    public void scale(double factor, double[] c, int at, int length) {
        for (int i = 0; i < length; i++) {
            c[at + i] *= factor;
        }
    }

    @Override
    public void packStrip(int k, double[] a, int aAt, int aStep, double[] packed, int packedAt) {
        for (int p = 0; p < k; p++) {
            for (int i = 0; i < TILE_ROWS; i++) {
                packed[packedAt + p * TILE_ROWS + i] = a[aAt + p * aStep + i];
            }
        }
    }
}
