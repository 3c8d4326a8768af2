package dev.tare.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

final class CpuParametersTest {
    @Test
    void whatEveryBenchmarkHasByDefaultPasses() {
        Set<BenchmarkListEntry> benchmarks = BenchmarkList.defaultList()
                .getAll(
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
                        List.of());
        assertThat(benchmarks).isNotEmpty();
        for (BenchmarkListEntry benchmark : benchmarks) {
            Map<String, String> parameters = benchmark.getParams().orElse(Map.of()).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, parameter -> parameter.getValue()[0]));
            assertThatCode(() -> CpuParameters.require(benchmark.getUsername(), parameters))
                    .as(benchmark.getUsername())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LuSolveBench.blocked,order,0,order: expected 1 to 46000",
        "LuSolveBench.blocked,order,-500,'order: expected 1 to 46000, got -500'",
        "LuSolveBench.ejml,order,abc,'order: expected a whole number below 2^63, got abc'",
        "LuSolveBench.ejml,order,99999999999999999999,order: expected a whole number below 2^63",
        "LuSolveBench.blockedParallel,workers,0,workers: expected 1 to 1024",
        "LinpackBench.rolled,arraySize,1001,arraySize: expected an even number",
        "LinpackBench.unrolled,repetitions,0,repetitions: expected 1 to 1000000",
        "LinpackBench.unrolled,timeLimitS,0,timeLimitS: expected 1 to 1000000",
    })
    void valuesThatBenchmarksRefuseAreRefusedBeforeAnyFork(
            String benchmark, String parameter, String value, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.require("dev.tare.cpu." + benchmark, Map.of(parameter, value)))
                .withMessageStartingWith(reason);
    }

    @Test
    void benchmarksOfOtherModulesAreTheirs() {
        assertThatCode(() -> CpuParameters.require("dev.tare.mem.StreamBench.triad", Map.of("order", "0")))
                .doesNotThrowAnyException();
    }
}
