package dev.tare.cpu.lu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DenseSystemTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 17, 128, 256, 512})
    void solutionOfAnotherLibraryPassesAtOrdersWhereLinpacksGeneratorIsSingular(int order) {
        DenseSystem system = new DenseSystem(7, order);
        system.requireSolved(solve(system));
    }

    @Test
    void slightlyWrongSolutionFails() {
        DenseSystem system = new DenseSystem(7, 100);
        double[] x = solve(system);
        x[42] *= 1 + 1e-9;
        assertThatIllegalStateException()
                .isThrownBy(() -> system.requireSolved(x))
                .withMessageContaining("order 100")
                .withMessageContaining("below 16");
    }

    @Test
    void notANumberFails() {
        DenseSystem system = new DenseSystem(7, 10);
        double[] x = solve(system);
        x[3] = Double.NaN;
        assertThatIllegalStateException()
                .isThrownBy(() -> system.requireSolved(x))
                .withMessageContaining("got NaN");
    }

    @Test
    void residualOfAWrongSolutionIsHplsFormula() {
        DenseSystem system = new DenseSystem(11, 1);
        double a = system.element(0, 0);
        double b = system.rightHandSide(0);
        double x = 3;
        double expected = Math.abs(a * x - b) / (0x1p-53 * (Math.abs(a) * 3 + Math.abs(b)) * 1);
        assertThat(system.residual(new double[] {x}, new double[] {b})).isEqualTo(expected);
    }

    @Test
    void elementsAreUniformAndNeighbouringSeedsShareNone() {
        DenseSystem first = new DenseSystem(1, 300);
        DenseSystem second = new DenseSystem(2, 300);
        double sum = 0;
        double squares = 0;
        for (int j = 0; j < 300; j++) {
            for (int i = 0; i < 300; i++) {
                double element = first.element(i, j);
                assertThat(element).isBetween(-0.5, 0.5).isNotEqualTo(second.element(i, j));
                sum += element;
                squares += element * element;
            }
        }
        // Mean 0 and variance 1/12, within five standard errors of 90 000 samples.
        assertThat(sum / 90_000).isBetween(-0.0049, 0.0049);
        assertThat(squares / 90_000).isBetween(1 / 12.0 - 0.0013, 1 / 12.0 + 0.0013);
    }

    @Test
    void rowSumsAreTheRightHandSideOfASolutionOfOnes() {
        DenseSystem system = new DenseSystem(3, 40).transposed();
        double[] sums = new double[40];
        system.fillRowSums(sums);
        double[] ones = new double[40];
        Arrays.fill(ones, 1);
        assertThat(system.residual(ones, sums)).isZero();
        assertThat(system.element(2, 7)).isEqualTo(system.transposed().element(7, 2));
    }

    @Test
    void columnsAreWrittenAtTheLeadingDimensionAndNothingBesideThem() {
        DenseSystem system = new DenseSystem(5, 3);
        double[] a = new double[3 * 5];
        system.fillColumns(a, 5);
        assertThat(a[2 + 5]).isEqualTo(system.element(2, 1));
        assertThat(new double[] {a[3], a[4], a[8], a[9]}).containsOnly(0);
    }

    @Test
    void countsTheOperationsThatLinpackCounts() {
        assertThat(DenseSystem.operations(3)).isEqualTo(2 * 27 / 3.0 + 2 * 9);
    }

    @Test
    void orderZeroIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DenseSystem(1, 0))
                .withMessage("order: expected at least 1, got 0");
    }

    private static double[] solve(DenseSystem system) {
        int n = system.order();
        DMatrixRMaj a = new DMatrixRMaj(n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a.set(i, j, system.element(i, j));
            }
        }
        DMatrixRMaj b = new DMatrixRMaj(n, 1);
        system.fillRightHandSide(b.data);
        DMatrixRMaj x = new DMatrixRMaj(n, 1);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.lu(n);
        assertThat(solver.setA(a)).isTrue();
        solver.solve(b, x);
        return x.data;
    }
}
