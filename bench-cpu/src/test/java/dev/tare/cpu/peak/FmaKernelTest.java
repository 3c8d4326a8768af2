package dev.tare.cpu.peak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FmaKernelTest {
    static Stream<FmaKernel> kernels() {
        return Stream.of(FmaKernel.widest(), new PlainFmaKernel());
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everySumTakesEveryStep(FmaKernel kernel) {
        double[] values = new double[kernel.sums()];
        double[] expected = new double[kernel.sums()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 3 * i - 7;
            expected[i] = values[i];
            for (int step = 0; step < 1000; step++) {
                expected[i] = kernel.stepOnce(expected[i]);
            }
        }
        kernel.step(1000, values);
        assertThat(values).isEqualTo(expected);
    }

    @Test
    void explicitVectorsAreChosenWhereTheirModuleIsPresent() {
        boolean isPresent =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertThat(FmaKernel.widest().description()).startsWith(isPresent ? "vectors of" : "plain Java");
    }
}
