package dev.tare.cpu.linpack;

/** The loops over columns that LINPACK spends its time in, on parts of arrays with stride one. */
interface ColumnKernel {
    /** What it is made of, as a person wants to read it beside a score. */
    String description();

    /** y += factor * x. */
    void daxpy(int n, double factor, double[] x, int xAt, double[] y, int yAt);

    /** The inner product of x and y. */
    double ddot(int n, double[] x, int xAt, double[] y, int yAt);

    /** x *= factor. */
    void dscal(int n, double factor, double[] x, int xAt);
}
