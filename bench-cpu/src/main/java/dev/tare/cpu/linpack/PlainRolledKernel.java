package dev.tare.cpu.linpack;

/** LINPACK's rolled loops, one element a pass. */
final class PlainRolledKernel implements ColumnKernel {
    @Override
    public String description() {
        return "rolled, plain Java (no module jdk.incubator.vector)";
    }

    @Override
    public void daxpy(int n, double factor, double[] x, int xAt, double[] y, int yAt) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += factor * x[xAt + i];
        }
    }

    @Override
    public double ddot(int n, double[] x, int xAt, double[] y, int yAt) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[xAt + i] * y[yAt + i];
        }
        return sum;
    }

    @Override
    public void dscal(int n, double factor, double[] x, int xAt) {
        for (int i = 0; i < n; i++) {
            x[xAt + i] *= factor;
        }
    }
}
