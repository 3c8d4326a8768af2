package dev.tare.cpu.lu;

/**
 * The row interchanges of a panel, as one permutation.
 *
 * <p>Applied one after the other they would load and store each column's elements again and again. Taken together, each of
 * the panel's rows comes from one row, and the rows that were displaced go to the places which that leaves.
 */
final class Interchanges {
    private final int[] pivot;
    private final int[] rowAt;
    private final int[] source;
    private final int[] vacated;
    private final int[] displaced;
    private int first;
    private int rows;
    private int displacedRows;

    Interchanges(int maxRows, int order) {
        pivot = new int[maxRows];
        source = new int[maxRows];
        vacated = new int[maxRows];
        displaced = new int[maxRows];
        rowAt = new int[order];
    }

    /** Starts a panel whose first row is {@code first}. */
    void start(int first, int rows) {
        this.first = first;
        this.rows = rows;
    }

    /** Notes that {@code row} was exchanged with {@code pivotRow}, which is not above it. */
    void exchange(int row, int pivotRow) {
        pivot[row - first] = pivotRow;
    }

    /** Applies the interchanges of the rows from {@code from} to before {@code to} to some columns, one by one. */
    void applyInTurn(int from, int to, AugmentedMatrix matrix, int firstColumn, int lastColumn) {
        double[] a = matrix.elements;
        for (int column = firstColumn; column < lastColumn; column++) {
            int at = column * matrix.step;
            for (int row = from; row < to; row++) {
                int other = at + pivot[row - first];
                double element = a[at + row];
                a[at + row] = a[other];
                a[other] = element;
            }
        }
    }

    /** Takes all interchanges together, when the panel is complete. */
    void complete() {
        for (int i = 0; i < rows; i++) {
            rowAt[first + i] = first + i;
            rowAt[pivot[i]] = pivot[i];
        }
        for (int i = 0; i < rows; i++) {
            int row = rowAt[first + i];
            rowAt[first + i] = rowAt[pivot[i]];
            rowAt[pivot[i]] = row;
        }
        displacedRows = 0;
        for (int i = 0; i < rows; i++) {
            source[i] = rowAt[first + i];
            if (source[i] >= first + rows) {
                // The row that was taken away leaves a place, which one of the panel's own rows has filled.
                vacated[displacedRows] = source[i];
                displaced[displacedRows] = rowAt[source[i]];
                displacedRows++;
            }
        }
    }

    /** Moves the panel's rows of a column into {@code top}, and the rows that they displace below the panel. */
    void gather(double[] a, int columnAt, double[] top, int topAt) {
        for (int i = 0; i < rows; i++) {
            top[topAt + i] = a[columnAt + source[i]];
        }
        for (int i = 0; i < displacedRows; i++) {
            a[columnAt + vacated[i]] = a[columnAt + displaced[i]];
        }
    }
}
