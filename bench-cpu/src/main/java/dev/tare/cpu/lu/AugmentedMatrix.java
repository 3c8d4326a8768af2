package dev.tare.cpu.lu;

/**
 * Storage of a matrix A and of a right-hand side b that takes part in its elimination, by columns.
 *
 * <p>Rows and columns of zeros around A let the kernels work on whole strips and tiles at every order: zeros stay zeros.
 * b lies behind the columns of A and their padding.
 */
final class AugmentedMatrix {
    /** A column is this much longer where its length is a power of two of cache lines: else columns evict each other. */
    private static final int SKEW = 8;

    final int order;
    /** Distance of two columns. */
    final int step;
    /** Column of b. */
    final int rightHandSide;
    /** Columns in all, a multiple of the width of a tile. */
    final int columns;

    final double[] elements;

    AugmentedMatrix(int order, TileKernel kernel) {
        this.order = order;
        int rows = (order + kernel.overrun() + SKEW - 1) / SKEW * SKEW;
        this.step = rows % 64 == 0 ? rows + SKEW : rows;
        this.rightHandSide = kernel.wholeTiles(order);
        this.columns = rightHandSide + kernel.columns();
        this.elements = new double[Math.multiplyExact(step, columns)];
    }

    /** Index of an element. */
    int at(int row, int column) {
        return row + column * step;
    }
}
