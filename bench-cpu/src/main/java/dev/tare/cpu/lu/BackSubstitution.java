package dev.tare.cpu.lu;

/** Solves U x = y in place, where U is the upper triangle of the matrix and y its right-hand side. */
final class BackSubstitution {
    private final Kernel kernel;
    private final AugmentedMatrix matrix;

    BackSubstitution(Kernel kernel, AugmentedMatrix matrix) {
        this.kernel = kernel;
        this.matrix = matrix;
    }

    void solve() {
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
