package dev.tare.io.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CpuTimesTest {
    @Test
    void theLineOfAllProcessorsIsSplitAsTheManualSays() {
        // user nice system idle iowait irq softirq steal guest guest_nice
        List<String> stat = List.of("cpu  100 5 30 9000 70 2 3 11 0 0", "cpu0 50 5 15 4500 35 1 2 5 0 0");

        assertThat(CpuTimes.parse(stat)).contains(new CpuTimes(105, 35, 70, 11));
    }

    @Test
    void aKernelWithoutTheseFieldsGivesNone() {
        assertThat(CpuTimes.parse(List.of("cpu  100 5 30 9000", "intr 1"))).isEmpty();
    }

    @Test
    void differencesAreTakenFieldByField() {
        assertThat(new CpuTimes(10, 20, 30, 40).since(new CpuTimes(1, 2, 3, 4))).isEqualTo(new CpuTimes(9, 18, 27, 36));
    }
}
