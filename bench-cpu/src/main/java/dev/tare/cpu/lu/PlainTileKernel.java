package dev.tare.cpu.lu;

/** Inner loops in plain Java, for a JVM that runs without the incubator module of vectors. */
final class PlainTileKernel implements TileKernel {
    private static final int ROWS = 8;
    private static final int COLUMNS = 4;

    @Override
    public String description() {
        return "plain Java, tiles of 2 x " + COLUMNS + " (no module jdk.incubator.vector)";
    }

    @Override
    public int rows() {
        return ROWS;
    }

    @Override
    public int columns() {
        return COLUMNS;
    }

    @Override
    public int overrun() {
        return ROWS;
    }

    @Override
    public long usualSecondLevelBytes() {
        return 512L << 10;
    }

    @Override
    public int stripStep() {
        return ROWS;
    }

    @Override
    public void updateTile(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int cStep) {
        // From the last row up: a triangular block is multiplied in place, and reads only what is not yet updated.
        for (int i = ROWS - 2; i >= 0; i -= 2) {
            updateTwoRows(k, a, aAt + i, b, bAt, c, cAt + i, cStep);
        }
    }

    private static void updateTwoRows(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int cStep) {
        double top0 = c[cAt];
        double low0 = c[cAt + 1];
        double top1 = c[cAt + cStep];
        double low1 = c[cAt + cStep + 1];
        double top2 = c[cAt + 2 * cStep];
        double low2 = c[cAt + 2 * cStep + 1];
        double top3 = c[cAt + 3 * cStep];
        double low3 = c[cAt + 3 * cStep + 1];
        for (int p = 0; p < k; p++) {
            double aTop = a[aAt + p * ROWS];
            double aLow = a[aAt + p * ROWS + 1];
            double b0 = b[bAt + p];
            top0 += aTop * b0;
            low0 += aLow * b0;
            double b1 = b[bAt + TOP_STEP + p];
            top1 += aTop * b1;
            low1 += aLow * b1;
            double b2 = b[bAt + 2 * TOP_STEP + p];
            top2 += aTop * b2;
            low2 += aLow * b2;
            double b3 = b[bAt + 3 * TOP_STEP + p];
            top3 += aTop * b3;
            low3 += aLow * b3;
        }
        c[cAt] = top0;
        c[cAt + 1] = low0;
        c[cAt + cStep] = top1;
        c[cAt + cStep + 1] = low1;
        c[cAt + 2 * cStep] = top2;
        c[cAt + 2 * cStep + 1] = low2;
        c[cAt + 3 * cStep] = top3;
        c[cAt + 3 * cStep + 1] = low3;
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
        for (int j = 0; j < GROUP; j++) {
            updateColumn(k, a, aAt, aStep, b, bAt + j * bStep, c, cAt + j * cStep, length);
        }
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
            for (int i = 0; i < ROWS; i++) {
                packed[packedAt + p * ROWS + i] = -a[aAt + p * aStep + i];
            }
        }
    }

    @Override
    public void packColumn(double[] numbers, int column, double[] packed, int packedAt) {
        for (int i = 0; i < ROWS; i++) {
            packed[packedAt + column * ROWS + i] = -numbers[i];
        }
    }
}
