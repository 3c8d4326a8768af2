package dev.tare.cpu.linpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LinpackTest {
    private static final long SEED = 42;

    @ParameterizedTest
    @EnumSource(Linpack.Loops.class)
    void everySmallOrderIsSolvedToOnesAndItsTransposedToo(Linpack.Loops loops) {
        for (int order = 5; order <= 60; order++) {
            Linpack linpack = new Linpack(SEED, 2 * order, loops);
            solve(linpack);
            linpack.requireSolved();
            assertThat(linpack.solution()).hasSize(order);
            for (double x : linpack.solution()) {
                assertThat(x).isCloseTo(1, within(1e-8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 512})
    void ordersAtWhichTheProgramsOwnMatrixIsSingularAreSolved(int order) {
        Linpack linpack = new Linpack(SEED, 2 * order, Linpack.Loops.UNROLLED);
        solve(linpack);
        linpack.requireSolved();
    }

    @Test
    void unsolvedSystemFailsTheCheck() {
        Linpack linpack = new Linpack(SEED, 100, Linpack.Loops.ROLLED);
        linpack.matgen();
        linpack.dgefa();
        assertThatIllegalStateException().isThrownBy(linpack::requireSolved).withMessageContaining("order 50");
    }

    @ParameterizedTest
    @ValueSource(ints = {-10, 0, 8, 11})
    void sizesThatTheProgramRefusesAreRefused(int arraySize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linpack(SEED, arraySize, Linpack.Loops.ROLLED))
                .withMessage("arraySize: expected an even number, at least 10, got " + arraySize);
    }

    static Stream<ColumnKernel> kernels() {
        return Stream.of(
                Linpack.Loops.ROLLED.kernel(),
                Linpack.Loops.UNROLLED.kernel(),
                new PlainColumnKernels.PlainRolled(),
                new PlainColumnKernels.PlainUnrolled());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void loopsDoWhatTheirDefinitionsSayAtEveryLengthAndTouchNothingElse(ColumnKernel kernel) {
        Random random = new Random(SEED);
        for (int n = 0; n <= 70; n++) {
            double[] x = random.doubles(90).toArray();
            double[] y = random.doubles(90).toArray();
            double[] sum = y.clone();
            double[] scaled = x.clone();
            double product = 0;
            for (int i = 0; i < n; i++) {
                sum[5 + i] += 0.3 * x[7 + i];
                scaled[7 + i] *= 0.3;
                product += x[7 + i] * y[5 + i];
            }
            assertThat(kernel.ddot(n, x, 7, y, 5)).isCloseTo(product, within(1e-13));
            kernel.daxpy(n, 0.3, x, 7, y, 5);
            assertThat(y).containsExactly(sum, within(1e-15));
            kernel.dscal(n, 0.3, x, 7);
            assertThat(x).isEqualTo(scaled);
        }
    }

    @Test
    void explicitVectorsAreChosenWhereTheirModuleIsPresent() {
        boolean isPresent =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        String made = isPresent ? ", vectors of" : ", plain Java";
        assertThat(Linpack.Loops.ROLLED.kernel().description()).startsWith("rolled" + made);
        assertThat(Linpack.Loops.UNROLLED.kernel().description()).startsWith("unrolled" + made);
    }

    private static void solve(Linpack linpack) {
        linpack.matgen();
        linpack.dgefa();
        linpack.dgesl();
    }
}
