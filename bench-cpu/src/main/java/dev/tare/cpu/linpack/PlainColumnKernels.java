package dev.tare.cpu.linpack;

/** LINPACK's loops in plain Java, for a JVM that runs without the incubator module of vectors. */
final class PlainColumnKernels {
    private PlainColumnKernels() {}

    /** LINPACK's rolled loops, one element a pass. */
    static final class PlainRolled implements ColumnKernel {
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

    /** LINPACK's unrolled loops: four elements a pass, after those that make no four. */
    static final class PlainUnrolled implements ColumnKernel {
        private final PlainRolled rolled = new PlainRolled();

        @Override
        public String description() {
            return "unrolled, plain Java (no module jdk.incubator.vector)";
        }

        @Override
        public void daxpy(int n, double factor, double[] x, int xAt, double[] y, int yAt) {
            int first = n % 4;
            rolled.daxpy(first, factor, x, xAt, y, yAt);
            for (int i = first; i < n; i += 4) {
                y[yAt + i] += factor * x[xAt + i];
                y[yAt + i + 1] += factor * x[xAt + i + 1];
                y[yAt + i + 2] += factor * x[xAt + i + 2];
                y[yAt + i + 3] += factor * x[xAt + i + 3];
            }
        }

        @Override
        public double ddot(int n, double[] x, int xAt, double[] y, int yAt) {
            int first = n % 4;
            double sum = rolled.ddot(first, x, xAt, y, yAt);
            for (int i = first; i < n; i += 4) {
                sum += x[xAt + i] * y[yAt + i]
                        + x[xAt + i + 1] * y[yAt + i + 1]
                        + x[xAt + i + 2] * y[yAt + i + 2]
                        + x[xAt + i + 3] * y[yAt + i + 3];
            }
            return sum;
        }

        @Override
        public void dscal(int n, double factor, double[] x, int xAt) {
            int first = n % 4;
            rolled.dscal(first, factor, x, xAt);
            for (int i = first; i < n; i += 4) {
                x[xAt + i] *= factor;
                x[xAt + i + 1] *= factor;
                x[xAt + i + 2] *= factor;
                x[xAt + i + 3] *= factor;
            }
        }
    }
}
