package dev.tare.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MachineTimesTest {
    @Test
    void theKindsAreReadInSeconds() {
        // user nice system idle iowait irq softirq steal guest guest_nice
        assertThat(MachineTimes.parse("cpu  1000 20 300 4000 50 6 700 80 0 0"))
                .contains(new MachineTimes(10.2, 3, 0.5, 0.06, 7, 0.8));
    }

    @Test
    void neitherStealNorWaitingIsWork() {
        assertThat(new MachineTimes(1, 2, 32, 4, 8, 16).busyS()).isEqualTo(15);
    }

    @Test
    void differencesAreTakenKindByKind() {
        assertThat(new MachineTimes(10, 20, 30, 40, 50, 60).minus(new MachineTimes(1, 2, 3, 4, 5, 6)))
                .isEqualTo(new MachineTimes(9, 18, 27, 36, 45, 54));
    }

    @Test
    void aLineOfAnOldKernelWithoutStealIsUnknown() {
        assertThat(MachineTimes.parse("cpu  1000 20 300 4000 50 6 700")).isEmpty();
        assertThat(MachineTimes.parse("cpu  100 5 30 9000")).isEmpty();
    }

    @Test
    void anotherLineAndNoLineAreUnknown() {
        assertThat(MachineTimes.parse("cpu0 1000 20 300 4000 50 6 700 80 0 0")).isEmpty();
        assertThat(MachineTimes.parse(null)).isEmpty();
    }
}
