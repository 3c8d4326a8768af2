package dev.tare.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SystemSizeTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void sizeThatFitsIsReturned() {
        assertThat(SystemSize.requireMatrix("order", 1000, 2, GIBIBYTE)).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MIN_VALUE})
    void zeroAndNegativeSizesAreRefused(long order) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SystemSize.requireMatrix("order", order, 1, GIBIBYTE))
                .withMessage("order: expected at least 1, got " + order + "; pass for example -p order=1000");
    }

    @ParameterizedTest
    @ValueSource(longs = {46_001, 65_536, 4_294_967_297L, Long.MAX_VALUE})
    void sizeWhoseSquareOverflowsAnArrayIsRefused(long order) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SystemSize.requireMatrix("order", order, 1, Long.MAX_VALUE))
                .withMessageContaining("expected at most 46000")
                .withMessageContaining("got " + order);
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheOptionThatHelps() {
        // Twice 10 000 columns and 512 beside them are 1604.0 MiB; the JVM takes 32 MiB.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SystemSize.requireMatrix("order", 10_000, 2, GIBIBYTE))
                .withMessageContaining("needs 1637 MiB for 2 matrices")
                .withMessageContaining("holds at most 1024 MiB")
                .withMessageContaining("-jvmArgsAppend -Xmx1637m");
    }
}
