package dev.tare.cpu.lu;

/**
 * A reproducible system of linear equations {@code A x = b}, and the check of its solution.
 *
 * <p>The elements are uniform in [-0.5, 0.5) and functions of the seed and their position alone (SplitMix64, Steele, Lea
 * and Flood, 2014), so that the matrix needs no second copy: it is made again wherever it is needed, and no two columns
 * repeat at any order. LINPACK's own generator has a period of 16384, which makes its matrices of order 1024, 2000 or
 * 4000 singular.
 *
 * @param seed chooses the system
 * @param order number of equations, at least 1
 * @param isTransposed whether A stands transposed
 */
public record DenseSystem(long seed, int order, boolean isTransposed) {
    /** HPL accepts a solution whose scaled residual is below this bound. */
    public static final double RESIDUAL_LIMIT = 16;

    /** HPL's machine epsilon: the unit round-off of a double. */
    private static final double EPSILON = 0x1p-53;

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    public DenseSystem {
        if (order < 1) {
            throw new IllegalArgumentException("order: expected at least 1, got " + order);
        }
    }

    /** The system of a seed and an order. */
    public DenseSystem(long seed, int order) {
        this(seed, order, false);
    }

    /** The system of the transposed matrix. */
    public DenseSystem transposed() {
        return new DenseSystem(seed, order, !isTransposed);
    }

    /** Floating point operations that LINPACK counts for one solution: 2n³/3 + 2n². */
    public static double operations(int order) {
        double n = order;
        return 2 * n * n * n / 3 + 2 * n * n;
    }

    /** Element of A in row i and column j, both from 0. */
    public double element(int i, int j) {
        return isTransposed ? uniform(j + (long) i * order) : uniform(i + (long) j * order);
    }

    /** Element of b in row i, from 0. */
    public double rightHandSide(int i) {
        return uniform(i + (long) order * order);
    }

    /**
     * Writes A by columns.
     *
     * @param a receives element (i, j) at {@code i + j * leadingDimension}
     */
    public void fillColumns(double[] a, int leadingDimension) {
        for (int j = 0; j < order; j++) {
            int column = j * leadingDimension;
            for (int i = 0; i < order; i++) {
                a[column + i] = element(i, j);
            }
        }
    }

    /** Writes b. */
    public void fillRightHandSide(double[] b) {
        for (int i = 0; i < order; i++) {
            b[i] = rightHandSide(i);
        }
    }

    /** Writes the sums of A's rows: the right-hand side of the system whose solution is all ones. */
    public void fillRowSums(double[] sums) {
        for (int i = 0; i < order; i++) {
            sums[i] = 0;
        }
        for (int j = 0; j < order; j++) {
            for (int i = 0; i < order; i++) {
                sums[i] += element(i, j);
            }
        }
    }

    /**
     * HPL's scaled residual {@code ||Ax-b|| / (eps (||A|| ||x|| + ||b||) n)} in the maximum norm.
     *
     * @return the residual, NaN where x holds one
     */
    public double residual(double[] x, double[] b) {
        double[] difference = new double[order];
        double[] rowSum = new double[order];
        double normX = 0;
        for (int j = 0; j < order; j++) {
            normX = Math.max(normX, Math.abs(x[j]));
            for (int i = 0; i < order; i++) {
                double element = element(i, j);
                difference[i] += element * x[j];
                rowSum[i] += Math.abs(element);
            }
        }
        double normDifference = 0;
        double normA = 0;
        double normB = 0;
        for (int i = 0; i < order; i++) {
            normDifference = Math.max(normDifference, Math.abs(difference[i] - b[i]));
            normA = Math.max(normA, rowSum[i]);
            normB = Math.max(normB, Math.abs(b[i]));
        }
        return normDifference / (EPSILON * (normA * normX + normB) * order);
    }

    /**
     * Checks a solution of the system with its own right-hand side.
     *
     * @throws IllegalStateException when its scaled residual is not below {@link #RESIDUAL_LIMIT}
     */
    public void requireSolved(double[] x) {
        double[] b = new double[order];
        fillRightHandSide(b);
        requireSolved(x, b);
    }

    /**
     * Checks a solution.
     *
     * @throws IllegalStateException when its scaled residual is not below {@link #RESIDUAL_LIMIT}
     */
    public void requireSolved(double[] x, double[] b) {
        double residual = residual(x, b);
        if (!(residual < RESIDUAL_LIMIT)) {
            throw new IllegalStateException("wrong solution of the system of order " + order + ", seed " + seed
                    + ": expected a scaled residual below " + RESIDUAL_LIMIT + ", got " + residual
                    + "; this processor, memory or JVM miscalculates: do not use the score");
        }
    }

    private double uniform(long position) {
        // A matrix has fewer than 2^40 elements, so neighbouring seeds share none.
        long z = ((seed << 40) + position + 1) * GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 11) * 0x1p-53 - 0.5;
    }
}
