package dev.tare.cpu.linpack;

import dev.tare.cpu.vector.VectorUnit;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * LINPACK's loops in explicit vectors.
 *
 * <p>Source and target of daxpy are columns of one array, which compilers must suspect to overlap: written with explicit
 * vectors, the loop runs at the same speed whatever the compiler can prove.
 */
final class VectorColumnKernels {
    /**
     * At most 256 bits: a column begins anywhere, and where source and target lie differently, vectors as long as a cache
     * line would straddle two lines at every access, which costs a tenth of the speed.
     */
    private static final VectorSpecies<Double> SPECIES =
            VectorUnit.LONGEST.length() > 4 ? DoubleVector.SPECIES_256 : VectorUnit.LONGEST;

    private static final int LANES = SPECIES.length();

    /** A constant: only one of two forms is ever compiled. In a method of its own JDK 25 would not inline it everywhere. */
    private static final boolean FUSED = VectorUnit.isFused();

    /** An array's elements lie behind 16 bytes of header; in the benchmark's forks arrays begin at cache lines. */
    private static final int HEADER_ELEMENTS = 2;

    private VectorColumnKernels() {}

    /**
     * Elements to do one by one, of n, until vectors no longer straddle cache lines. In columns, which begin anywhere,
     * daxpy gained 7 to 15 % by it.
     */
    private static int beforeWholeVectors(int at, int n) {
        return Math.min(n, -(at + HEADER_ELEMENTS) & (LANES - 1));
    }

    /** daxpy from wherever it begins. */
    private static void addMultiples(int n, double factor, double[] x, int xAt, double[] y, int yAt) {
        DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
        int whole = n - n % LANES;
        for (int i = 0; i < whole; i += LANES) {
            DoubleVector target = DoubleVector.fromArray(SPECIES, y, yAt + i);
            DoubleVector source = DoubleVector.fromArray(SPECIES, x, xAt + i);
            (FUSED ? source.fma(factors, target) : source.mul(factors).add(target)).intoArray(y, yAt + i);
        }
        for (int i = whole; i < n; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    /** One vector a pass and the rest element by element. */
    static final class VectorRolled implements ColumnKernel {
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

        @Override
        public double ddot(int n, double[] x, int xAt, double[] y, int yAt) {
            DoubleVector sums = DoubleVector.zero(SPECIES);
            int whole = n - n % LANES;
            for (int i = 0; i < whole; i += LANES) {
                DoubleVector right = DoubleVector.fromArray(SPECIES, y, yAt + i);
                DoubleVector left = DoubleVector.fromArray(SPECIES, x, xAt + i);
                sums = FUSED ? left.fma(right, sums) : left.mul(right).add(sums);
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

    /** LINPACK's unrolled loops, four vectors a pass; the rolled loops do what is left. */
    static final class VectorUnrolled implements ColumnKernel {
        private static final int PASS = 4 * LANES;

        private final VectorRolled rolled = new VectorRolled();

        @Override
        public String description() {
            return "unrolled, vectors of " + SPECIES.vectorBitSize() + " bits";
        }

        @Override
        public void daxpy(int n, double factor, double[] x, int xAt, double[] y, int yAt) {
            int first = beforeWholeVectors(yAt, n);
            for (int i = 0; i < first; i++) {
                y[yAt + i] += factor * x[xAt + i];
            }
            daxpyInPasses(n - first, factor, x, xAt + first, y, yAt + first);
        }

        private void daxpyInPasses(int n, double factor, double[] x, int xAt, double[] y, int yAt) {
            DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
            int whole = n - n % PASS;
            for (int i = 0; i < whole; i += PASS) {
                addMultiple(factors, x, xAt + i, y, yAt + i);
                addMultiple(factors, x, xAt + i + LANES, y, yAt + i + LANES);
                addMultiple(factors, x, xAt + i + 2 * LANES, y, yAt + i + 2 * LANES);
                addMultiple(factors, x, xAt + i + 3 * LANES, y, yAt + i + 3 * LANES);
            }
            addMultiples(n - whole, factor, x, xAt + whole, y, yAt + whole);
        }

        private static void addMultiple(DoubleVector factors, double[] x, int xAt, double[] y, int yAt) {
            DoubleVector target = DoubleVector.fromArray(SPECIES, y, yAt);
            DoubleVector source = DoubleVector.fromArray(SPECIES, x, xAt);
            (FUSED ? source.fma(factors, target) : source.mul(factors).add(target)).intoArray(y, yAt);
        }

        @Override
        public double ddot(int n, double[] x, int xAt, double[] y, int yAt) {
            DoubleVector sum0 = DoubleVector.zero(SPECIES);
            DoubleVector sum1 = DoubleVector.zero(SPECIES);
            DoubleVector sum2 = DoubleVector.zero(SPECIES);
            DoubleVector sum3 = DoubleVector.zero(SPECIES);
            int whole = n - n % PASS;
            for (int i = 0; i < whole; i += PASS) {
                sum0 = addProduct(sum0, x, xAt + i, y, yAt + i);
                sum1 = addProduct(sum1, x, xAt + i + LANES, y, yAt + i + LANES);
                sum2 = addProduct(sum2, x, xAt + i + 2 * LANES, y, yAt + i + 2 * LANES);
                sum3 = addProduct(sum3, x, xAt + i + 3 * LANES, y, yAt + i + 3 * LANES);
            }
            double sum = sum0.add(sum1).add(sum2.add(sum3)).reduceLanes(VectorOperators.ADD);
            return sum + rolled.ddot(n - whole, x, xAt + whole, y, yAt + whole);
        }

        private static DoubleVector addProduct(DoubleVector sum, double[] x, int xAt, double[] y, int yAt) {
            DoubleVector left = DoubleVector.fromArray(SPECIES, x, xAt);
            DoubleVector right = DoubleVector.fromArray(SPECIES, y, yAt);
            return FUSED ? left.fma(right, sum) : left.mul(right).add(sum);
        }

        @Override
        public void dscal(int n, double factor, double[] x, int xAt) {
            DoubleVector factors = DoubleVector.broadcast(SPECIES, factor);
            int whole = n - n % PASS;
            for (int i = 0; i < whole; i += PASS) {
                scale(factors, x, xAt + i);
                scale(factors, x, xAt + i + LANES);
                scale(factors, x, xAt + i + 2 * LANES);
                scale(factors, x, xAt + i + 3 * LANES);
            }
            rolled.dscal(n - whole, factor, x, xAt + whole);
        }

        private static void scale(DoubleVector factors, double[] x, int at) {
            DoubleVector.fromArray(SPECIES, x, at).mul(factors).intoArray(x, at);
        }
    }
}
