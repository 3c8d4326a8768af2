package dev.tare.cpu.linpack;

import dev.tare.cpu.lu.DenseSystem;
import dev.tare.harness.VectorModule;
import java.util.Arrays;

/**
 * One problem of the classic LINPACK program: a system of half the order of its array, solved column by column.
 *
 * <p>dgefa and dgesl are LINPACK's routines (Dongarra, Bunch, Moler and Stewart, "LINPACK Users' Guide", 1979), written
 * for arrays that begin at 0. The matrix comes from another generator than the program's, whose period of 16384 makes it
 * singular at orders such as 256, 1024, 2000 and 4000; as in the program, b holds the sums of the rows, so that the
 * solution is all ones.
 */
public final class Linpack {
    /** The smallest array that the program accepts. */
    public static final int MIN_ARRAY_SIZE = 10;

    /** The two versions of its inner loops that the program runs. */
    public enum Loops {
        /** As simple as they can be written. */
        ROLLED {
            @Override
            ColumnKernel kernel() {
                return VectorModule.choose(
                        ColumnKernel.class, "VectorColumnKernels$VectorRolled", PlainColumnKernels.PlainRolled::new);
            }
        },
        /** Several passes at once. */
        UNROLLED {
            @Override
            ColumnKernel kernel() {
                return VectorModule.choose(
                        ColumnKernel.class,
                        "VectorColumnKernels$VectorUnrolled",
                        PlainColumnKernels.PlainUnrolled::new);
            }
        };

        /** The loops in explicit vectors, or in plain Java where the JVM has none. */
        abstract ColumnKernel kernel();
    }

    private final ColumnKernel kernel;
    private final DenseSystem system;
    private final int arraySize;
    private final double[] a;
    private final double[] b;
    private final int[] pivots;

    /**
     * Allocates the array.
     *
     * @param arraySize leading dimension, even and at least 10; the order of the system is half of it
     */
    public Linpack(long seed, int arraySize, Loops loops) {
        if (arraySize < MIN_ARRAY_SIZE || arraySize % 2 != 0) {
            throw new IllegalArgumentException(
                    "arraySize: expected an even number, at least " + MIN_ARRAY_SIZE + ", got " + arraySize);
        }
        this.kernel = loops.kernel();
        this.arraySize = arraySize;
        this.system = new DenseSystem(seed, arraySize / 2);
        this.a = new double[Math.multiplyExact(arraySize, system.order())];
        this.b = new double[system.order()];
        this.pivots = new int[system.order()];
    }

    /** Number of equations. */
    public int order() {
        return system.order();
    }

    /** Which inner loops it uses, to be read by people. */
    public String kernel() {
        return kernel.description();
    }

    /** The solution after {@link #dgesl}. */
    public double[] solution() {
        return b;
    }

    /** Makes the matrix and the right-hand side. */
    public void matgen() {
        system.fillColumns(a, arraySize);
        Arrays.fill(b, 0);
        for (int j = 0; j < b.length; j++) {
            for (int i = 0; i < b.length; i++) {
                b[i] += a[j * arraySize + i];
            }
        }
    }

    /**
     * Decomposes the matrix, with partial pivoting.
     *
     * @throws ArithmeticException when a pivot is zero
     */
    public void dgefa() {
        int n = system.order();
        for (int k = 0; k < n - 1; k++) {
            int column = k * arraySize;
            int below = n - k - 1;
            int pivot = k + idamax(n - k, a, column + k);
            pivots[k] = pivot;
            requirePivot(k, a[column + pivot]);
            exchange(a, column + pivot, column + k);
            kernel.dscal(below, -1 / a[column + k], a, column + k + 1);
            for (int j = k + 1; j < n; j++) {
                int target = j * arraySize;
                exchange(a, target + pivot, target + k);
                kernel.daxpy(below, a[target + k], a, column + k + 1, a, target + k + 1);
            }
        }
        pivots[n - 1] = n - 1;
        requirePivot(n - 1, a[(n - 1) * arraySize + n - 1]);
    }

    /** Solves the decomposed system. */
    public void dgesl() {
        int n = system.order();
        for (int k = 0; k < n - 1; k++) {
            exchange(b, pivots[k], k);
            kernel.daxpy(n - k - 1, b[k], a, k * arraySize + k + 1, b, k + 1);
        }
        for (int k = n - 1; k >= 0; k--) {
            b[k] /= a[k * arraySize + k];
            kernel.daxpy(k, -b[k], a, k * arraySize, b, 0);
        }
    }

    /**
     * Solves the transposed system with the same decomposition: dgesl with its job other than zero, which needs ddot.
     *
     * @param x right-hand side, replaced by the solution
     */
    void dgeslTransposed(double[] x) {
        int n = system.order();
        for (int k = 0; k < n; k++) {
            double sum = kernel.ddot(k, a, k * arraySize, x, 0);
            x[k] = (x[k] - sum) / a[k * arraySize + k];
        }
        for (int k = n - 2; k >= 0; k--) {
            x[k] += kernel.ddot(n - k - 1, a, k * arraySize + k + 1, x, k + 1);
            exchange(x, pivots[k], k);
        }
    }

    /**
     * Checks the solution, and the decomposition once more by the transposed system.
     *
     * @throws IllegalStateException when a scaled residual is not below HPL's limit
     */
    public void requireSolved() {
        double[] sums = new double[system.order()];
        system.fillRowSums(sums);
        system.requireSolved(b, sums);
        DenseSystem transposed = system.transposed();
        transposed.fillRowSums(sums);
        double[] x = sums.clone();
        dgeslTransposed(x);
        transposed.requireSolved(x, sums);
    }

    private static int idamax(int n, double[] x, int at) {
        int index = 0;
        double largest = Math.abs(x[at]);
        for (int i = 1; i < n; i++) {
            double magnitude = Math.abs(x[at + i]);
            if (magnitude > largest) {
                largest = magnitude;
                index = i;
            }
        }
        return index;
    }

    private static void exchange(double[] x, int i, int j) {
        double element = x[i];
        x[i] = x[j];
        x[j] = element;
    }

    private void requirePivot(int column, double pivot) {
        if (pivot == 0) {
            throw new ArithmeticException("the matrix of order " + system.order() + " is singular: in column " + column
                    + " a pivot was expected, all elements are zero");
        }
    }
}
