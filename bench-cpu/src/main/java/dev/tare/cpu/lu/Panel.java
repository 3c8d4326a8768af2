package dev.tare.cpu.lu;

import java.util.Arrays;

/**
 * Some neighbouring columns of the matrix, decomposed by Toledo's recursion: the left half, the update of the right half,
 * the right half.
 *
 * <p>Its result is kept in the matrix and, packed in strips, here, where the update of the columns to its right reads it.
 * Source: Toledo, "Locality of reference in LU decomposition with partial pivoting", 1997.
 */
final class Panel {
    /** 128 KiB of packed strips, beside which the second-level cache holds the panel's rows of a chunk of columns. */
    private static final int STRIPS_ELEMENTS = 16 << 10;

    /**
     * Index of the first strip: 16 bytes of header and six elements make 64, so that vectors as long as a cache line do
     * not straddle two where arrays begin at lines, as they do in the benchmark's forks.
     */
    private static final int FIRST = 6;

    private final TileKernel kernel;
    private final AugmentedMatrix matrix;
    private final Interchanges interchanges;
    private final double[] strips;
    /** For each diagonal block its correction I - inverse(L): with it, solving is one more tile update in place. */
    private final double[] corrections;

    private int first;
    private int width;

    Panel(TileKernel kernel, AugmentedMatrix matrix, int maxWidth) {
        this.kernel = kernel;
        this.matrix = matrix;
        int rows = kernel.rows();
        this.interchanges = new Interchanges(maxWidth, matrix.order);
        this.strips = new double[Math.multiplyExact((matrix.order + rows - 1) / rows * rows, maxWidth) + FIRST];
        this.corrections = new double[(maxWidth + rows - 1) / rows * rows * rows];
    }

    /** Decomposes the columns from {@code first} on. */
    void decompose(int first, int width) {
        this.first = first;
        this.width = width;
        interchanges.start(first, width);
        decomposeColumns(first, width);
        interchanges.complete();
        pack();
    }

    private void decomposeColumns(int from, int columns) {
        int rows = kernel.rows();
        if (columns <= rows) {
            decomposeBlock(from, columns);
            return;
        }
        int left = (columns / rows + 1) / 2 * rows;
        int middle = from + left;
        int end = from + columns;
        decomposeColumns(from, left);
        interchanges.applyInTurn(from, middle, matrix, middle, end);
        solveTop(from, left, middle, end);
        updateBelow(from, left, middle, end);
        decomposeColumns(middle, columns - left);
        interchanges.applyInTurn(middle, end, matrix, from, middle);
    }

    /** Decomposes columns no wider than a strip, one after the other, each updated by all before it. */
    private void decomposeBlock(int from, int columns) {
        double[] a = matrix.elements;
        int step = matrix.step;
        for (int j = 0; j < columns; j++) {
            int row = from + j;
            int at = matrix.at(from, row);
            for (int i = 1; i < j; i++) {
                double sum = a[at + i];
                for (int k = 0; k < i; k++) {
                    sum -= a[matrix.at(from + i, from + k)] * a[at + k];
                }
                a[at + i] = sum;
            }
            double largest =
                    kernel.updateColumn(j, a, matrix.at(row, from), step, a, at, a, at + j, matrix.order - row);
            int pivotRow = rowOf(largest, row);
            interchanges.exchange(row, pivotRow);
            interchanges.applyInTurn(row, row + 1, matrix, from, from + columns);
            if (row + 1 < matrix.order) {
                kernel.scale(1 / a[at + j], a, at + j + 1, matrix.order - row - 1);
            }
        }
        correct(from, columns);
    }

    private int rowOf(double magnitude, int column) {
        double[] a = matrix.elements;
        if (!(magnitude > 0 && magnitude < Double.POSITIVE_INFINITY)) {
            throw new ArithmeticException(
                    "the matrix of order " + matrix.order + " is singular or not finite: in column " + column
                            + " a pivot was expected, the largest magnitude is " + magnitude);
        }
        int start = matrix.at(0, column);
        int row = column;
        while (Math.abs(a[start + row]) != magnitude) {
            row++;
        }
        return row;
    }

    /** Inverts a diagonal block of L by forward substitution and stores what is to be subtracted: I - inverse(L). */
    private void correct(int from, int columns) {
        int rows = kernel.rows();
        int at = (from - first) * rows;
        double[] a = matrix.elements;
        for (int j = 0; j < columns; j++) {
            int column = at + j * rows;
            for (int i = 0; i <= j; i++) {
                corrections[column + i] = 0;
            }
            for (int i = j + 1; i < columns; i++) {
                double sum = a[matrix.at(from + i, from + j)];
                for (int k = j + 1; k < i; k++) {
                    sum -= a[matrix.at(from + i, from + k)] * corrections[column + k];
                }
                corrections[column + i] = sum;
            }
        }
    }

    /** Solves the rows of the columns' decomposition in the columns to their right. */
    private void solveTop(int from, int columns, int firstColumn, int lastColumn) {
        double[] a = matrix.elements;
        int rows = kernel.rows();
        int step = matrix.step;
        for (int column = firstColumn; column < lastColumn; column += TileKernel.TILE_COLUMNS) {
            int top = matrix.at(from, column);
            for (int k = 0; k < columns; k += rows) {
                int tile = top + k;
                kernel.updateTile(k, a, matrix.at(from + k, from), step, a, top, step, a, tile, step);
                int correction = (from + k - first) * rows;
                kernel.updateTile(rows, corrections, correction, rows, a, tile, step, a, tile, step);
            }
        }
    }

    private void updateBelow(int from, int columns, int firstColumn, int lastColumn) {
        double[] a = matrix.elements;
        int rows = kernel.rows();
        int step = matrix.step;
        for (int row = from + columns; row < matrix.order; row += rows) {
            int strip = matrix.at(row, from);
            for (int column = firstColumn; column < lastColumn; column += TileKernel.TILE_COLUMNS) {
                kernel.updateTile(
                        columns, a, strip, step, a, matrix.at(from, column), step, a, matrix.at(row, column), step);
            }
        }
    }

    private void pack() {
        int rows = kernel.rows();
        for (int row = first; row < matrix.order; row += rows) {
            kernel.packStrip(width, matrix.elements, matrix.at(row, first), matrix.step, strips, strip(row));
        }
    }

    /** Index of the packed strip that begins with a row. */
    private int strip(int row) {
        return FIRST + (row - first) * width;
    }

    /**
     * Brings columns to the right up to date: interchanges their rows, solves the top ones and updates those below.
     *
     * @param firstColumn to {@code lastColumn}, exclusive: a multiple of a tile's width
     */
    void update(int firstColumn, int lastColumn, TopRows top) {
        double[] b = top.start(width);
        for (int column = firstColumn; column < lastColumn; column++) {
            interchanges.gather(matrix.elements, column * matrix.step, b, top.at(column - firstColumn));
        }
        for (int column = firstColumn; column < lastColumn; column += TileKernel.TILE_COLUMNS) {
            solvePacked(b, top.at(column - firstColumn), top.step());
        }
        for (int column = firstColumn; column < lastColumn; column++) {
            System.arraycopy(b, top.at(column - firstColumn), matrix.elements, matrix.at(first, column), width);
        }
        // As many strips at once as stay in the second-level cache while one tile's columns after the other pass by.
        int rowsAtOnce = Math.max(1, STRIPS_ELEMENTS / (width * kernel.rows())) * kernel.rows();
        for (int row = first + width; row < matrix.order; row += rowsAtOnce) {
            int end = Math.min(row + rowsAtOnce, matrix.order);
            for (int column = firstColumn; column < lastColumn; column += TileKernel.TILE_COLUMNS) {
                updateTiles(row, end, column, b, top.at(column - firstColumn), top.step());
            }
        }
    }

    private void solvePacked(double[] b, int bAt, int bStep) {
        int rows = kernel.rows();
        for (int k = 0; k < width; k += rows) {
            int tile = bAt + k;
            kernel.updateTile(k, strips, strip(first + k), rows, b, bAt, bStep, b, tile, bStep);
            kernel.updateTile(rows, corrections, k * rows, rows, b, tile, bStep, b, tile, bStep);
        }
    }

    private void updateTiles(int row, int end, int column, double[] b, int bAt, int bStep) {
        int rows = kernel.rows();
        for (int i = row; i < end; i += rows) {
            kernel.updateTile(
                    width, strips, strip(i), rows, b, bAt, bStep, matrix.elements, matrix.at(i, column), matrix.step);
        }
    }

    /** Scratch of one worker: a panel's rows of the columns that it updates, close together so that they stay in its cache. */
    static final class TopRows {
        private final int stripRows;
        private final double[] elements;
        private int step;

        TopRows(TileKernel kernel, int maxRows, int maxColumns) {
            stripRows = kernel.rows();
            elements = new double[Math.multiplyExact(wholeStrips(maxRows), maxColumns)];
        }

        /** Makes columns of so many rows; what is left of their last strip is zero. */
        double[] start(int rows) {
            int newStep = wholeStrips(rows);
            if (newStep != rows || newStep != step) {
                Arrays.fill(elements, 0);
            }
            step = newStep;
            return elements;
        }

        int at(int column) {
            return column * step;
        }

        int step() {
            return step;
        }

        private int wholeStrips(int rows) {
            return (rows + stripRows - 1) / stripRows * stripRows;
        }
    }
}
