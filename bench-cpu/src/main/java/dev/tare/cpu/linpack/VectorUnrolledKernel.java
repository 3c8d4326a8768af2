package dev.tare.cpu.linpack;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** LINPACK's unrolled loops, four vectors a pass; the rolled loops do what is left. */
final class VectorUnrolledKernel implements ColumnKernel {
    private static final VectorSpecies<Double> SPECIES = VectorRolledKernel.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int PASS = 4 * LANES;

    private final VectorRolledKernel rolled = new VectorRolledKernel();

    @Override
    public String description() {
        return "unrolled, vectors of " + SPECIES.vectorBitSize() + " bits";
    }

    @Override
    public void daxpy(int n, double factor, double[] x, int xAt, double[] y, int yAt) {
        int first = VectorRolledKernel.beforeWholeVectors(yAt, n);
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
        VectorRolledKernel.addMultiples(n - whole, factor, x, xAt + whole, y, yAt + whole);
    }

    private static void addMultiple(DoubleVector factors, double[] x, int xAt, double[] y, int yAt) {
        DoubleVector target = DoubleVector.fromArray(SPECIES, y, yAt);
        DoubleVector.fromArray(SPECIES, x, xAt).fma(factors, target).intoArray(y, yAt);
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
        return DoubleVector.fromArray(SPECIES, x, xAt).fma(DoubleVector.fromArray(SPECIES, y, yAt), sum);
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
