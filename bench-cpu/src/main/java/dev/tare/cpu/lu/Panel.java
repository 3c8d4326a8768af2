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
    /**
     * Index of the first strip: 16 bytes of header and six elements make 64, so that vectors as long as a cache line do
     * not straddle two where arrays begin at lines, as they do in the benchmark's forks.
     */
    private static final int FIRST = 6;

    private static final int NONE = -1;

    private final TileKernel kernel;
    private final CacheBlocks blocks;
    private final AugmentedMatrix matrix;
    private final Interchanges interchanges;
    /**
     * Strips of negated rows. Where a strip crosses the diagonal it holds the block's correction I - inverse(L) instead:
     * with it, solving is one more tile update in place.
     */
    private final double[] strips;

    /** A column of a diagonal block's correction. */
    private final double[] correction;

    /** Of each tile's columns, whether their rows were interchanged before the update; one that is updating them has written it. */
    private final boolean[] interchanged;

    /** First column of the panel that is decomposed; other workers read it while this one is being made. */
    private volatile int complete = NONE;

    private int first;
    private int width;

    Panel(TileKernel kernel, AugmentedMatrix matrix, CacheBlocks blocks) {
        this.kernel = kernel;
        this.blocks = blocks;
        this.matrix = matrix;
        this.interchanges = new Interchanges(blocks.panelWidth(), matrix.order);
        this.correction = new double[kernel.rows()];
        this.interchanged = new boolean[matrix.columns / kernel.columns()];
        int count = (matrix.order + kernel.rows() - 1) / kernel.rows();
        this.strips = new double[Math.addExact(Math.multiplyExact(count, kernel.stripElements()), FIRST)];
    }

    /** Forgets what it holds, before another matrix is decomposed. */
    void forget() {
        complete = NONE;
    }

    /** Decomposes the columns from {@code first} on. */
    void decompose(int first, int width, TopRows top) {
        Arrays.fill(interchanged, false);
        this.first = first;
        this.width = width;
        interchanges.start(first, width);
        decomposeColumns(first, width, top);
        interchanges.complete();
        pack(first, width);
        complete = first;
    }

    private void decomposeColumns(int from, int columns, TopRows top) {
        int rows = kernel.rows();
        if (columns <= rows) {
            decomposeBlock(from, columns);
            return;
        }
        int left = (columns / rows + 1) / 2 * rows;
        int middle = from + left;
        int end = from + columns;
        decomposeColumns(from, left, top);
        pack(from, left);
        interchanges.applyInTurn(from, middle, matrix, middle, end);
        for (int column = middle; column < end; column++) {
            System.arraycopy(
                    matrix.elements, matrix.at(from, column), top.elements, top.start(column - middle, left), left);
        }
        solveAndUpdate(from, left, middle, end, top);
        decomposeColumns(middle, columns - left, top);
        interchanges.applyInTurn(middle, end, matrix, from, middle);
    }

    /** Decomposes columns no wider than a strip, some at a time, updated by all before them. */
    private void decomposeBlock(int from, int columns) {
        for (int done = 0; done < columns; done += TileKernel.GROUP) {
            int group = Math.min(TileKernel.GROUP, columns - done);
            updateGroup(from, done, group);
            for (int j = 0; j < group; j++) {
                decomposeColumn(from, columns, done, j);
            }
        }
        correct(from, columns);
    }

    /** Updates a group of the block's columns by those that are done. */
    private void updateGroup(int from, int done, int group) {
        double[] a = matrix.elements;
        int step = matrix.step;
        int left = matrix.at(from, from);
        int top = matrix.at(from, from + done);
        for (int j = 0; j < group; j++) {
            solveColumn(done, left, a, top + j * step);
        }
        int rows = matrix.order - from - done;
        if (group == TileKernel.GROUP) {
            kernel.updateGroup(done, a, left + done, step, a, top, step, a, top + done, step, rows);
        } else {
            for (int j = 0; j < group; j++) {
                int column = top + j * step;
                kernel.updateColumn(done, a, left + done, step, a, column, a, column + done, rows);
            }
        }
    }

    /** Updates a column by those of its group before it, finds its pivot and divides by it. */
    private void decomposeColumn(int from, int columns, int done, int j) {
        double[] a = matrix.elements;
        int row = from + done + j;
        int left = matrix.at(from + done, from + done);
        int top = left + j * matrix.step;
        solveColumn(j, left, a, top);
        int rows = matrix.order - row;
        double largest = kernel.updateColumn(j, a, left + j, matrix.step, a, top, a, top + j, rows);
        int pivotRow = rowOf(largest, row);
        interchanges.exchange(row, pivotRow);
        interchanges.applyInTurn(row, row + 1, matrix, from, from + columns);
        if (rows > 1) {
            kernel.scale(1 / a[top + j], a, top + j + 1, rows - 1);
        }
    }

    /** Solves the first rows of a column with the unit lower triangle at {@code left}, both in the matrix. */
    private void solveColumn(int rows, int left, double[] x, int xAt) {
        for (int k = 0; k < rows - 1; k++) {
            subtractMultiple(x[xAt + k], matrix.elements, left + k * matrix.step, x, xAt, k + 1, rows);
        }
    }

    private static void subtractMultiple(double factor, double[] a, int aAt, double[] x, int xAt, int from, int to) {
        for (int i = from; i < to; i++) {
            x[xAt + i] -= factor * a[aAt + i];
        }
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
        int strip = strip(from, from);
        int block = matrix.at(from, from);
        for (int j = 0; j < rows; j++) {
            Arrays.fill(correction, 0);
            if (j < columns) {
                System.arraycopy(matrix.elements, block + j * matrix.step + j + 1, correction, j + 1, columns - j - 1);
                for (int k = j + 1; k < columns - 1; k++) {
                    int column = block + k * matrix.step;
                    subtractMultiple(correction[k], matrix.elements, column, correction, 0, k + 1, columns);
                }
            }
            kernel.packColumn(correction, j, strips, strip);
        }
    }

    /** Packs columns of L from their diagonal down, and leaves the corrections of diagonal blocks where they are. */
    private void pack(int from, int columns) {
        int rows = kernel.rows();
        for (int row = from + rows; row < matrix.order; row += rows) {
            int below = Math.min(columns, row - from);
            kernel.packStrip(below, matrix.elements, matrix.at(row, from), matrix.step, strips, strip(row, from));
        }
    }

    /** Index of a column in the packed strip that begins with a row. */
    private int strip(int row, int column) {
        return FIRST + (row - first) / kernel.rows() * kernel.stripElements() + (column - first) * kernel.stripStep();
    }

    /**
     * Brings columns to the right up to date: interchanges their rows, solves the top ones and updates those below.
     *
     * @param firstColumn to {@code lastColumn}, exclusive: a multiple of a tile's width
     */
    void update(int firstColumn, int lastColumn, TopRows top) {
        for (int column = firstColumn; column < lastColumn; column++) {
            int at = top.start(column - firstColumn, width);
            if (interchanged[column / kernel.columns()]) {
                System.arraycopy(matrix.elements, matrix.at(first, column), top.elements, at, width);
            } else {
                interchanges.gather(matrix.elements, column * matrix.step, top.elements, at);
            }
        }
        solveAndUpdate(first, width, firstColumn, lastColumn, top);
    }

    /**
     * Interchanges the rows of columns that the panel before this one has just updated, if this one is decomposed already: single
     * elements of a column are reached at a small part of the cost as long as the third-level cache has it.
     *
     * @param begin first column of this panel
     * @param top scratch
     */
    void interchangeAhead(int begin, int firstColumn, int lastColumn, TopRows top) {
        if (complete != begin) {
            return;
        }
        for (int column = firstColumn; column < lastColumn; column++) {
            int at = top.at(column - firstColumn);
            interchanges.gather(matrix.elements, column * matrix.step, top.elements, at);
            System.arraycopy(top.elements, at, matrix.elements, matrix.at(first, column), width);
        }
        Arrays.fill(interchanged, firstColumn / kernel.columns(), lastColumn / kernel.columns(), true);
    }

    /** The top rows of columns, once interchanged, are solved, put back into the matrix and used to update those below. */
    private void solveAndUpdate(int from, int columns, int firstColumn, int lastColumn, TopRows top) {
        int tile = kernel.columns();
        for (int column = firstColumn; column < lastColumn; column += tile) {
            solve(from, columns, top.elements, top.at(column - firstColumn));
        }
        for (int column = firstColumn; column < lastColumn; column++) {
            System.arraycopy(
                    top.elements, top.at(column - firstColumn), matrix.elements, matrix.at(from, column), columns);
        }
        int rowsAtOnce = blocks.rowsAtOnce(columns, kernel.rows());
        for (int row = from + columns; row < matrix.order; row += rowsAtOnce) {
            int end = Math.min(row + rowsAtOnce, matrix.order);
            for (int column = firstColumn; column < lastColumn; column += tile) {
                updateTiles(row, end, from, columns, column, top.elements, top.at(column - firstColumn));
            }
        }
    }

    private void solve(int from, int columns, double[] b, int bAt) {
        int rows = kernel.rows();
        for (int k = 0; k < columns; k += rows) {
            int row = from + k;
            int tile = bAt + k;
            if (k > 0) {
                kernel.updateTile(k, strips, strip(row, from), b, bAt, b, tile, TileKernel.TOP_STEP);
            }
            kernel.updateTile(rows, strips, strip(row, row), b, tile, b, tile, TileKernel.TOP_STEP);
        }
    }

    private void updateTiles(int row, int end, int from, int columns, int column, double[] b, int bAt) {
        int rows = kernel.rows();
        for (int i = row; i < end; i += rows) {
            kernel.updateTile(
                    columns, strips, strip(i, from), b, bAt, matrix.elements, matrix.at(i, column), matrix.step);
        }
    }

    /** Scratch of one worker: a panel's rows of the columns that it updates, close together so that they stay in its cache. */
    static final class TopRows {
        private final int stripRows;
        private final double[] elements;

        TopRows(TileKernel kernel, int maxColumns) {
            stripRows = kernel.rows();
            elements = new double[Math.multiplyExact(TileKernel.TOP_STEP, kernel.wholeTiles(maxColumns))];
        }

        /** Makes place for so many rows of a column, what is left of their last strip is zero, and tells its index. */
        int start(int column, int rows) {
            int at = at(column);
            int whole = (rows + stripRows - 1) / stripRows * stripRows;
            for (int i = rows; i < whole; i++) {
                elements[at + i] = 0;
            }
            return at;
        }

        int at(int column) {
            return column * TileKernel.TOP_STEP;
        }
    }
}
