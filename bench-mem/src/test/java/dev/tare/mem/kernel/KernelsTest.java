package dev.tare.mem.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class KernelsTest {
    @Test
    void aJvmWithTheModuleRunsVectors() {
        assertThat(Kernels.fastest().name()).matches("vector-\\d+");
    }
}
