package dev.tare.report.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.runs.Configuration;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ComponentTest {
    @ParameterizedTest
    @CsvSource({
        "dev.tare.mem.StreamBench.triad, Memory",
        "dev.tare.os.SyscallBench.wakeUp, Kernel",
        "org.example.sort.SortBench.sort, sort",
        "Bench.method, All",
    })
    void aComponentIsThePackageAsPeopleCallIt(String benchmark, String component) {
        assertThat(Component.readable(new Configuration(benchmark, "avgt", 1, new TreeMap<>())))
                .isEqualTo(component);
    }
}
