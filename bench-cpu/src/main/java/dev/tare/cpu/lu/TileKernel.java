package dev.tare.cpu.lu;

/**
 * The inner loops of the decomposition.
 *
 * <p>Matrices lie by columns in arrays; a matrix is an array, the index of its first element ({@code at}) and the distance
 * of its columns ({@code step}). Loops run over whole strips of {@link #rows()} rows and may so touch up to
 * {@link #overrun()} rows below the last one, which the caller keeps at zero.
 */
interface TileKernel {
    /** Columns of a tile. */
    int TILE_COLUMNS = 4;

    /** The next number of columns that is made of whole tiles. */
    static int wholeTiles(int columns) {
        return (columns + TILE_COLUMNS - 1) / TILE_COLUMNS * TILE_COLUMNS;
    }

    /** What it is made of, as a person wants to read it beside a score. */
    String description();

    /** Rows of a tile: a multiple of {@link #TILE_COLUMNS}. */
    int rows();

    /** Rows below the last one that may be read, and written unchanged when they are zero. */
    int overrun();

    /** Updates a tile of {@link #rows()} rows and {@link #TILE_COLUMNS} columns: C -= A B, where A has {@code k} columns. */
    void updateTile(
            int k, double[] a, int aAt, int aStep, double[] b, int bAt, int bStep, double[] c, int cAt, int cStep);

    /**
     * Updates a part of a column, c -= A b, where A has {@code k} columns and {@code length} rows.
     *
     * @return the largest magnitude in the updated column
     */
    double updateColumn(int k, double[] a, int aAt, int aStep, double[] b, int bAt, double[] c, int cAt, int length);

    /** Multiplies {@code length} elements by a factor. */
    void scale(double factor, double[] c, int at, int length);

    /** Copies a strip of {@link #rows()} rows and {@code k} columns so that its columns follow each other. */
    void packStrip(int k, double[] a, int aAt, int aStep, double[] packed, int packedAt);
}
