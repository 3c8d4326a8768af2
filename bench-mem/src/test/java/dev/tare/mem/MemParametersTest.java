package dev.tare.mem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tare.harness.HeapLimit;
import dev.tare.machine.memory.Caches;
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

final class MemParametersTest {
    private static final HeapLimit GIBIBYTE = new HeapLimit("a test has", 1L << 30, false);
    private static final long AMPLE = 1L << 40;

    @Test
    void everyParameterOfEveryBenchmarkHasACheck() {
        Set<BenchmarkListEntry> benchmarks = BenchmarkList.defaultList()
                .getAll(
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
                        List.of());
        assertThat(benchmarks).isNotEmpty();
        for (BenchmarkListEntry benchmark : benchmarks) {
            // A machine may not tell the size of its caches, by which "auto" is decided.
            Map<String, String> parameters = benchmark.getParams().orElse(Map.of()).keySet().stream()
                    .collect(Collectors.toMap(name -> name, name -> name.equals("elementType") ? "LONG" : "4096"));
            assertThatCode(() -> MemParameters.require(benchmark.getUsername(), parameters, 1, AMPLE, AMPLE))
                    .as(benchmark.getUsername())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "StreamBench.triad,arrayBytes,0,'parameter arrayBytes: expected a positive multiple of 8 or auto, got 0'",
        "StreamBench.triad,arrayBytes,-8,'parameter arrayBytes: expected a positive multiple of 8 or auto, got -8'",
        "StreamBench.triad,arrayBytes,9223372036854775808,'parameter arrayBytes: expected a whole number of bytes below'",
        "StreamBench.triad,elementType,FLOAT,'parameter elementType: expected one of [DOUBLE, LONG], got FLOAT'",
        "BlockBench.intRead,blockBytes,64,'parameter blockBytes: expected a positive multiple of 1024, got 64'",
        "BlockBench.intRead,blockBytes,17179869184,'parameter blockBytes: expected at most 17179860992'",
        "LatencyBench.load,blockBytes,32,'parameter blockBytes: expected a positive multiple of 64, got 32'",
    })
    void valuesThatBenchmarksRefuseAreRefusedBeforeAnyFork(
            String benchmark, String parameter, String value, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        MemParameters.require("dev.tare.mem." + benchmark, Map.of(parameter, value), 1, AMPLE, AMPLE))
                .withMessageStartingWith(reason);
    }

    @Test
    void benchmarksOfOtherModulesAreTheirs() {
        assertThatCode(() -> MemParameters.require(
                        "dev.tare.io.FileBench.randomRead", Map.of("blockBytes", "0"), 1, AMPLE, AMPLE))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"StreamBench.add,arrayBytes", "BlockBench.intRead,blockBytes", "LatencyBench.load,blockBytes"})
    void theArraysOfAllThreadsMustFitTheHeapOfTheForkAndTheMachine(String benchmark, String parameter) {
        String name = "dev.tare.mem." + benchmark;
        Map<String, String> parameters = Map.of(parameter, Long.toString(128L << 20));

        assertThatCode(() -> MemParameters.require(name, parameters, 1, 1L << 30, 1L << 30))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemParameters.require(name, parameters, 8, 1L << 30, AMPLE))
                .withMessageContaining("MiB of heap are needed, its JVM has at most 1024 MiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemParameters.require(name, parameters, 8, AMPLE, 1L << 30))
                .withMessageContaining("MiB of heap are needed, this machine can give 1024 MiB");
    }

    @Test
    void allArraysOfAllThreadsCount() {
        // Three arrays of 128 MiB are 384 MiB: two threads fit a GiB, three do not.
        String arrayBytes = Long.toString(128L << 20);
        Caches unknown = new Caches(List.of());

        assertThat(MemParameters.streamArrayBytes(arrayBytes, unknown, 2, GIBIBYTE))
                .isEqualTo(128L << 20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemParameters.streamArrayBytes(arrayBytes, unknown, 3, GIBIBYTE))
                .withMessage("3 arrays of 134217728 bytes for each of 3 threads: 1185 MiB of heap are needed,"
                        + " a test has 1024 MiB; choose smaller arrays or fewer threads");
    }

    @Test
    void aCycleNeedsRoomForItsReferencesWhileItIsLaidOut() {
        // 960 MiB of lines fit a GiB, but not with 8 bytes for each of them.
        String bytes = Long.toString(960L << 20);

        assertThat(MemParameters.blockBytes(bytes, 1, GIBIBYTE)).isEqualTo(960L << 20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemParameters.cycleBytes(bytes, 1, GIBIBYTE))
                .withMessageContaining(": 1113 MiB of heap are needed");
    }
}
