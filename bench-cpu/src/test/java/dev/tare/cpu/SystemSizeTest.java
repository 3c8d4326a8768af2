package dev.tare.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SystemSizeTest {
    private static final MemoryLimit GIBIBYTE = new MemoryLimit("this JVM may take at most", 1L << 30, true);
    private static final MemoryLimit MACHINE = MemoryLimit.ofFork(1L << 34, 1L << 30);
    private static final MemoryLimit NO_LIMIT = new MemoryLimit("", Long.MAX_VALUE, false);

    @Test
    void sizesThatFitAreReturned() {
        assertThat(SystemSize.requireOrder(1000, 2, GIBIBYTE)).isEqualTo(1000);
        assertThat(SystemSize.requireArraySize(8000, 1, GIBIBYTE)).isEqualTo(8000);
        assertThat(SystemSize.requireWorkers(2)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 46_001, 65_536, 4_294_967_297L, Long.MAX_VALUE})
    void ordersBelowOneOrBeyondAnArrayAreRefused(long order) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SystemSize.requireOrder(order, 1, NO_LIMIT))
                .withMessage("order: expected 1 to 46000, got " + order + "; pass another with -p order=");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1000, 0, 8, 65_002, 4_294_967_296L})
    void arraySizesBelowTenOrBeyondAnArrayAreRefused(long arraySize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SystemSize.requireArraySize(arraySize, 1, NO_LIMIT))
                .withMessageContaining("arraySize: expected 10 to 65000, got " + arraySize);
    }

    @Test
    void oddArraySizeIsRefusedWithTheNextEvenOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SystemSize.requireArraySize(1001, 1, GIBIBYTE))
                .withMessageContaining("even")
                .withMessageContaining("-p arraySize=1002");
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheOptionThatHelps() {
        // Twice 10 000 columns and 512 beside them are 1604.0 MiB; the JVM takes 32 MiB.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SystemSize.requireOrder(10_000, 2, GIBIBYTE))
                .withMessageContaining("order: 10000 needs a heap of 1637 MiB")
                .withMessageContaining("at most 1024 MiB")
                .withMessageContaining("-jvmArgsAppend -Xmx1637m");
    }

    @Test
    void aMachineWithTooLittleMemoryIsNotAskedForALargerHeap() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SystemSize.requireOrder(10_000, 2, MACHINE))
                .withMessage(
                        "order: 10000 needs a heap of 1637 MiB, but this machine can give 1024 MiB; choose fewer threads"
                                + " or a smaller order");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1025})
    void numbersOfWorkersThatCannotBeMeantAreRefused(long workers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SystemSize.requireWorkers(workers))
                .withMessageContaining("workers: expected 1 to 1024, got " + workers);
    }
}
