package dev.tare.cpu.lu;

import dev.tare.harness.VectorModule;
import dev.tare.machine.memory.Caches;
import dev.tare.machine.memory.Machine;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Solves dense systems of linear equations by LU decomposition with partial pivoting, as fast as the processor allows.
 *
 * <p>The matrix is decomposed panel by panel; the columns to the right of a panel are updated in chunks by packed tiles
 * in registers. The right-hand side is one more column, as in HPL, so that the rows of finished panels need no further
 * interchange. While some workers update chunks, the first one has already brought the next panel up to date and
 * decomposes it. Every element goes through the same operations in the same order whatever the number of workers: so does
 * the solution, to the last bit.
 *
 * <p>Beside the matrix it needs memory for two panels, and a small block for each worker. Not for use by several threads
 * at once.
 */
public final class LuSolver implements AutoCloseable {
    /** The least that one of several workers takes at once. */
    private static final int MIN_SHARED_CHUNK_COLUMNS = 32;

    /**
     * The part of a worker's share that it takes at once is one of so many: large chunks while there are many columns,
     * small ones in the end, so that no worker waits long for the last chunk.
     */
    private static final int CHUNKS_OF_A_SHARE = 6;

    private final TileKernel kernel;
    private final AugmentedMatrix matrix;
    private final Workers workers;
    private final CacheBlocks blocks;
    private final Panel[] panels;
    private final Panel.TopRows[] topRows;
    /** How many of a step's columns workers have taken. */
    private final AtomicInteger taken = new AtomicInteger();

    /**
     * Allocates the matrix and starts the workers.
     *
     * @param order number of equations, at least 1
     * @param workers threads that share the work, at least 1; the caller of {@link #solve} is one of them
     */
    public LuSolver(int order, int workers) {
        this(order, workers, fastestKernel(), Machine.caches());
    }

    LuSolver(int order, int workers, TileKernel kernel, Caches caches) {
        if (order < 1) {
            throw new IllegalArgumentException("order: expected at least 1, got " + order);
        }
        this.kernel = kernel;
        this.matrix = new AugmentedMatrix(order, kernel);
        this.blocks = CacheBlocks.of(order, kernel, caches);
        this.workers = new Workers(workers);
        this.panels = new Panel[] {new Panel(kernel, matrix, blocks), new Panel(kernel, matrix, blocks)};
        this.topRows = new Panel.TopRows[workers];
        for (int i = 0; i < workers; i++) {
            topRows[i] = new Panel.TopRows(kernel, Math.min(blocks.chunkColumns(), matrix.columns));
        }
    }

    /** Explicit vectors where the JVM was started with their module, else plain Java. */
    static TileKernel fastestKernel() {
        return VectorModule.choose(TileKernel.class, "VectorTileKernel", PlainTileKernel::new);
    }

    /** Which inner loops it uses, to be read by people. */
    public String kernel() {
        return kernel.description();
    }

    /** The matrix to be filled before each solution: element (i, j) lies at {@code i + j * leadingDimension()}. */
    public double[] matrix() {
        return matrix.elements;
    }

    /** Distance of two columns of the matrix. */
    public int leadingDimension() {
        return matrix.step;
    }

    /**
     * Solves the system; the matrix is overwritten.
     *
     * @param x the right-hand side, replaced by the solution
     * @throws ArithmeticException when the matrix is singular or holds what is no finite number
     */
    public void solve(double[] x) {
        System.arraycopy(x, 0, matrix.elements, matrix.at(0, matrix.rightHandSide), matrix.order);
        for (Panel panel : panels) {
            panel.forget();
        }
        panels[0].decompose(0, Math.min(blocks.panelWidth(), matrix.order), topRows[0]);
        taken.set(0);
        workers.run(this::eliminate);
        substituteBack();
        System.arraycopy(matrix.elements, matrix.at(0, matrix.rightHandSide), x, 0, matrix.order);
    }

    @Override
    public void close() {
        workers.close();
    }

    private void eliminate(int worker) {
        Panel panel = panels[0];
        Panel next = panels[1];
        int panelWidth = blocks.panelWidth();
        for (int first = 0; first < matrix.order; first += panelWidth) {
            int end = Math.min(first + panelWidth, matrix.order);
            int nextWidth = Math.min(panelWidth, matrix.order - end);
            int rest = nextWidth == 0 ? matrix.rightHandSide : kernel.wholeTiles(end + nextWidth);
            if (worker == 0 && nextWidth > 0) {
                panel.update(end, rest, topRows[worker]);
                next.decompose(end, nextWidth, topRows[worker]);
            }
            updateChunks(worker, panel, next, end, rest);
            // The last to arrive makes the columns of the next step available.
            if (!workers.awaitAll(() -> taken.set(0))) {
                return;
            }
            Panel done = panel;
            panel = next;
            next = done;
        }
    }

    private void updateChunks(int worker, Panel panel, Panel next, int nextBegin, int firstColumn) {
        int columns = matrix.columns - firstColumn;
        for (int from = take(columns); from < columns; from = take(columns)) {
            int begin = firstColumn + from;
            int end = begin + chunkColumns(columns - from);
            panel.update(begin, end, topRows[worker]);
            next.interchangeAhead(nextBegin, begin, end, topRows[worker]);
        }
    }

    /** Takes the next chunk of a step's columns and returns its first one. */
    private int take(int columns) {
        return taken.getAndUpdate(from -> from + chunkColumns(columns - from));
    }

    /** Columns to take when so many, a multiple of a tile's width, are left. */
    private int chunkColumns(int left) {
        int columns = left;
        if (workers.count() > 1) {
            int part = kernel.wholeTiles(left / (CHUNKS_OF_A_SHARE * workers.count()));
            columns = Math.min(left, Math.max(MIN_SHARED_CHUNK_COLUMNS, part));
        }
        return Math.min(blocks.chunkColumns(), columns);
    }

    /** Solves U x = y in place, where U is the upper triangle of the matrix and y its right-hand side. */
    private void substituteBack() {
        double[] a = matrix.elements;
        int y = matrix.at(0, matrix.rightHandSide);
        int block = kernel.overrun();
        // Blocks begin at multiples of what the kernel touches at once, so that it never reaches into a solved block.
        for (int first = (matrix.order - 1) / block * block; first >= 0; first -= block) {
            int end = Math.min(first + block, matrix.order);
            solveBlock(first, end);
            kernel.updateColumn(end - first, a, matrix.at(0, first), matrix.step, a, y + first, a, y, first);
        }
    }

    private void solveBlock(int first, int end) {
        double[] a = matrix.elements;
        int y = matrix.at(0, matrix.rightHandSide);
        for (int j = end - 1; j >= first; j--) {
            double x = a[y + j] / a[matrix.at(j, j)];
            a[y + j] = x;
            for (int i = first; i < j; i++) {
                a[y + i] -= a[matrix.at(i, j)] * x;
            }
        }
    }
}
