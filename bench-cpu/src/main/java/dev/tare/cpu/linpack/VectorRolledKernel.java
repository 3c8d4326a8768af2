package dev.tare.cpu.linpack;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * LINPACK's rolled loops, one vector a pass and the rest element by element.
 *
 * <p>Source and target of daxpy are columns of one array, which compilers must suspect to overlap: written with explicit
 * vectors, the loop runs at the same speed whatever the compiler can prove.
 */
final class VectorRolledKernel implements ColumnKernel {
    /**
     * At most 256 bits: a column begins anywhere, and where source and target lie differently, vectors as long as a cache
     * line would straddle two lines at every access, which costs a tenth of the speed.
     */
    static final VectorSpecies<Double> SPECIES =
            DoubleVector.SPECIES_PREFERRED.length() > 4 ? DoubleVector.SPECIES_256 : DoubleVector.SPECIES_PREFERRED;

    private static final int LANES = SPECIES.length();

    /** An array's elements lie behind 16 bytes of header; in the benchmark's forks arrays begin at cache lines. */
    private static final int HEADER_ELEMENTS = 2;

    @Override
    public String description() {
        return "rolled, vectors of " + SPECIES.vectorBitSize() + " bits";
    }

    @Override
    public void daxpy(int n, double factor, double[] x, int xAt, double[] y, int yAt) {
        int first = beforeWholeVectors(yAt, n);
        for (int i = 0; i < first; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
        addMultiples(n - first, factor, x, xAt + first, y, yAt + first);
    }

    /**
     * Elements to do one by one, of n, until vectors no longer straddle cache lines. In columns, which begin anywhere,
     * daxpy gained 7 to 15 % by it.
     */
    static int beforeWholeVectors(int at, int n) {
        return Math.min(n, -(at + HEADER_ELEMENTS) & (LANES - 1));
    }

    /** daxpy from wherever it begins. */
    static void addMultiples(int n, double factor, double[] x, int xAt, double[] y, int yAt) {
        DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector target = DoubleVector.fromArray(SPECIES, y, yAt + i);
            DoubleVector.fromArray(SPECIES, x, xAt + i).fma(factors, target).intoArray(y, yAt + i);
        }
        for (int i = whole; i < n; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    @Override
    public double ddot(int n, double[] x, int xAt, double[] y, int yAt) {
        DoubleVector sums = DoubleVector.zero(SPECIES);
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector right = DoubleVector.fromArray(SPECIES, y, yAt + i);
            sums = DoubleVector.fromArray(SPECIES, x, xAt + i).fma(right, sums);
        }
        double sum = sums.reduceLanes(VectorOperators.ADD);
        for (int i = whole; i < n; i++) {
            sum += x[xAt + i] * y[yAt + i];
        }
        return sum;
    }

    @Override
    public void dscal(int n, double factor, double[] x, int xAt) {
        DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector.fromArray(SPECIES, x, xAt + i).mul(factors).intoArray(x, xAt + i);
        }
        for (int i = whole; i < n; i++) {
            x[xAt + i] *= factor;
        }
    }
}
