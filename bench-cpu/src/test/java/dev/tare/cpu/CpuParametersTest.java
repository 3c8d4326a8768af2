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
    private static final long AMPLE = 1L << 40;
    private static final long GIBIBYTE = 1L << 30;

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
            assertThatCode(() -> CpuParameters.require(benchmark.getUsername(), parameters, 1, AMPLE, AMPLE))
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
                .isThrownBy(() ->
                        CpuParameters.require("dev.tare.cpu." + benchmark, Map.of(parameter, value), 1, AMPLE, AMPLE))
                .withMessageStartingWith(reason);
    }

    @ParameterizedTest
    @CsvSource({
        // 10 000 columns, 512 beside them, 32 MiB for the JVM: one system fits a GiB, two do not.
        "LuSolveBench.blocked,order,10000",
        "LuSolveBench.blockedParallel,order,10000",
        // Two matrices of 7 000 columns and 512 beside them.
        "LuSolveBench.ejml,order,7000",
        // 14 000 by 7 000.
        "LinpackBench.rolled,arraySize,14000",
    })
    void theSystemsOfAllThreadsMustFitTheHeapOfTheForkAndTheMachine(String benchmark, String parameter, String value) {
        String name = "dev.tare.cpu." + benchmark;
        Map<String, String> parameters = Map.of(parameter, value);

        assertThatCode(() -> CpuParameters.require(name, parameters, 1, GIBIBYTE, GIBIBYTE))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.require(name, parameters, 2, GIBIBYTE, AMPLE))
                .withMessageStartingWith(parameter + ": " + value + " needs a heap of ")
                .withMessageContaining(", but its JVM may take at most 1024 MiB; pass -jvmArgsAppend -Xmx");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.require(name, parameters, 2, AMPLE, GIBIBYTE))
                .withMessageContaining(", but this machine can give 1024 MiB; choose fewer threads or a smaller");
    }

    @Test
    void benchmarksOfOtherModulesAreTheirs() {
        assertThatCode(() ->
                        CpuParameters.require("dev.tare.mem.StreamBench.triad", Map.of("order", "0"), 1, AMPLE, AMPLE))
                .doesNotThrowAnyException();
    }
}
