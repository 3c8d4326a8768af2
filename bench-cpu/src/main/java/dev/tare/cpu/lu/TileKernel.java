package dev.tare.cpu.lu;

/**
 * The inner loops of the decomposition.
 *
 * <p>A tile is updated as {@code C -= A B}. C lies by columns in an array, from the index {@code at}, its columns
 * {@code step} apart. A is a strip of {@link #rows()} rows, packed and negated so that products are added. B lies by columns
 * that are {@link #TOP_STEP} apart, a constant: then the addresses of all its columns are one number and constants.
 *
 * <p>Loops run over whole strips and may so touch up to {@link #overrun()} rows below the last one, which the caller keeps
 * at zero.
 */
interface TileKernel {
    /** The most columns of a strip. */
    int MAX_COLUMNS = 160;

    /** Distance of the columns of B: one cache line more than they need, so that they do not evict each other. */
    int TOP_STEP = MAX_COLUMNS + 8;

    /** Columns that are updated together where A is not packed. */
    int GROUP = 4;

    /** What it is made of, as a person wants to read it beside a score. */
    String description();

    /** Rows of a tile: a multiple of {@link #columns()}. */
    int rows();

    /** Columns of a tile. */
    int columns();

    /** Rows below the last one that may be read, and written unchanged when they are zero; at least {@link #rows()}. */
    int overrun();

    /** The second-level cache that cores with such vectors have at least, for where a hypervisor hides it. */
    long usualSecondLevelBytes();

    /** Elements that a packed strip takes, however few of its columns are used. */
    default int stripElements() {
        return rows() * MAX_COLUMNS;
    }

    /** Distance, in a packed strip, of a column from the next. */
    int stripStep();

    /**
     * Updates a tile.
     *
     * @param k columns of the strip and rows of B that take part: a multiple of {@link #rows()}
     * @param aAt first of these columns in the packed strips
     * @param b may be the tile itself: it is read before the tile is written
     */
    void updateTile(int k, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, int cStep);

    /** Updates parts of {@link #GROUP} columns as {@link #updateColumn} does one: A is read once for all of them. */
    void updateGroup(
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
            int length);

    /**
     * Updates a part of a column, c -= A b, where A lies by columns, has {@code k} of them and {@code length} rows.
     *
     * @return the largest magnitude in the updated column
     */
    double updateColumn(int k, double[] a, int aAt, int aStep, double[] b, int bAt, double[] c, int cAt, int length);

    /** Multiplies {@code length} elements by a factor. */
    void scale(double factor, double[] c, int at, int length);

    /** Packs {@link #rows()} rows and {@code k} columns into a strip, negated. */
    void packStrip(int k, double[] a, int aAt, int aStep, double[] packed, int packedAt);

    /** Packs {@link #rows()} numbers into a strip, negated: its column number {@code column} from {@code packedAt}. */
    void packColumn(double[] numbers, int column, double[] packed, int packedAt);

    /** The next number of columns that is made of whole tiles. */
    default int wholeTiles(int matrixColumns) {
        return (matrixColumns + columns() - 1) / columns() * columns();
    }
}
