package dev.tare.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ProcStatTest {
    @Test
    void theKindsAreReadInSeconds() {
        assertThat(ProcStat.parse("cpu  1000 20 300 4000 50 6 700 80 0 0"))
                .contains(new MachineTimes(10.2, 3, 0.06, 7, 0.8));
    }

    @Test
    void stealIsNoWork() {
        assertThat(new MachineTimes(1, 2, 4, 8, 16).busyS()).isEqualTo(15);
    }

    @Test
    void aLineOfAnOldKernelWithoutStealIsUnknown() {
        assertThat(ProcStat.parse("cpu  1000 20 300 4000 50 6 700")).isEmpty();
        assertThat(ProcStat.parse(null)).isEmpty();
    }
}
