package dev.tare.mem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.HeapLimit;
import dev.tare.machine.memory.CacheLevel;
import dev.tare.machine.memory.Caches;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.ServiceLoader;
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
    private static final HeapLimit NO_LIMIT = new HeapLimit("", Long.MAX_VALUE, false);
    private static final Caches TWO_OF_32_MIB = new Caches(List.of(
            new CacheLevel(3, 32 << 20, 2, OptionalLong.of(4 << 20)),
            new CacheLevel(1, 32 << 10, 16, OptionalLong.of(32 << 10))));

    @Test
    void everyParameterOfEveryBenchmarkHasACheck() {
        Set<BenchmarkListEntry> benchmarks = BenchmarkList.defaultList()
                .getAll(
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
                        List.of());
        assertThat(benchmarks).isNotEmpty();
        for (BenchmarkListEntry benchmark : benchmarks) {
            Map<String, String> parameters = benchmark.getParams().orElse(Map.of()).keySet().stream()
                    .collect(Collectors.toMap(name -> name, name -> name.equals("elementType") ? "LONG" : "4096"));
            assertThatCode(() -> require(benchmark.getUsername(), parameters, 1, AMPLE, AMPLE))
                    .as(benchmark.getUsername())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "StreamBench.triad,arrayBytes,0,'expected a positive number of bytes such as 4096, 4k, 256m or 10g, or auto'",
        "StreamBench.triad,arrayBytes,-8,'expected a positive number of bytes such as 4096, 4k, 256m or 10g, or auto'",
        "StreamBench.triad,arrayBytes,9223372036854775808,expected a positive number of bytes",
        "StreamBench.triad,arrayBytes,12,expected a multiple of 8 or auto",
        "StreamBench.triad,arrayBytes,16g,'expected at most 17179860992, because a Java array holds no more or auto'",
        "StreamBench.triad,elementType,FLOAT,'expected one of DOUBLE, LONG'",
        "BlockBench.intRead,blockBytes,64,expected a multiple of 1024",
        "BlockBench.intRead,blockBytes,-1024,expected a positive number of bytes",
        "BlockBench.intRead,blockBytes,0,expected a positive number of bytes",
        "BlockBench.intRead,blockBytes,'',expected a positive number of bytes",
        "BlockBench.intRead,blockBytes,17179869184,expected at most 17179860992",
        "BlockBench.intRead,blockBytes,900000000000000000,expected at most 17179860992",
        "BlockBench.intRead,blockBytes,9223372036854774784,expected a positive number of bytes",
        "BlockBench.intRead,blockBytes,9223372036854775807,expected a positive number of bytes",
        "LatencyBench.load,blockBytes,32,expected a multiple of 64",
    })
    void valuesThatBenchmarksRefuseAreRefusedBeforeAnyFork(
            String benchmark, String parameter, String value, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require("dev.tare.mem." + benchmark, Map.of(parameter, value), 1, AMPLE, AMPLE))
                .withMessageStartingWith(parameter + ": " + expected)
                .withMessageContaining(", got \"" + value + "\"; pass for example -p " + parameter + "=");
    }

    @Test
    void benchmarksOfOtherModulesAreTheirs() {
        assertThat(new MemParameters().knows("dev.tare.io.FileBench.randomRead"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"StreamBench.add,arrayBytes", "BlockBench.intRead,blockBytes", "LatencyBench.load,blockBytes"})
    void theArraysOfAllThreadsMustFitTheHeapOfTheForkAndTheMachine(String benchmark, String parameter) {
        String name = "dev.tare.mem." + benchmark;
        Map<String, String> parameters = Map.of(parameter, Long.toString(128L << 20));

        assertThatCode(() -> require(name, parameters, 1, 1L << 30, 1L << 30)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require(name, parameters, 8, 1L << 30, AMPLE))
                .withMessageContaining("MiB of heap are needed, its JVM has at most 1024 MiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require(name, parameters, 8, AMPLE, 1L << 30))
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

    @ParameterizedTest
    @CsvSource({"1, 256", "2, 128", "3, 86", "16, 16"})
    void threadsShareFourTimesAllLastLevelCaches(int threads, long mebibytes) {
        assertThat(MemParameters.streamArrayBytes("auto", TWO_OF_32_MIB, threads, NO_LIMIT))
                .isEqualTo(mebibytes << 20);
    }

    @Test
    void aGivenSizeIsTakenForEveryThread() {
        assertThat(MemParameters.streamArrayBytes("8000", TWO_OF_32_MIB, 16, NO_LIMIT))
                .isEqualTo(8000);
    }

    @Test
    void arraysThatAreTogetherSmallerThanFourTimesTheCachesBreakTheRule() {
        assertThat(MemParameters.streamRule(256L << 20, TWO_OF_32_MIB, 1)).isEqualTo("kept");
        assertThat(MemParameters.streamRule(128L << 20, TWO_OF_32_MIB, 2)).isEqualTo("kept");
        assertThat(MemParameters.streamRule(128L << 20, TWO_OF_32_MIB, 1))
                .isEqualTo("broken: arrays of 131,072 KiB, expected 262,144 KiB, 4 x L3");
        assertThat(MemParameters.streamRule(128L << 20, new Caches(List.of()), 1))
                .isEqualTo("unknown: this machine does not tell its caches; kept if they hold at most 32,768 KiB");
    }

    @ParameterizedTest
    @CsvSource({"1, 256", "2, 128"})
    void cachesThatAreHiddenAreTakenToHold64MebibytesAndTheRuleSaysSo(int threads, long mebibytes) {
        Caches hidden = new Caches(List.of());
        long bytes = MemParameters.streamArrayBytes("auto", hidden, threads, NO_LIMIT);

        assertThat(bytes).isEqualTo(mebibytes << 20);
        assertThat(MemParameters.streamRule(bytes, hidden, threads))
                .startsWith("unknown: ")
                .endsWith("at most 65,536 KiB");
    }

    @Test
    void sizesAreReadAsFioReadsThem() {
        assertThat(MemParameters.blockBytes("64k", 1, GIBIBYTE)).isEqualTo(64 << 10);
        assertThat(MemParameters.streamArrayBytes("256MiB", TWO_OF_32_MIB, 1, GIBIBYTE))
                .isEqualTo(256 << 20);
    }

    @Test
    void launchersFindTheCheckAmongThoseOfAllModules() {
        assertThat(ServiceLoader.load(BenchmarkCheck.class))
                .anySatisfy(check -> assertThat(check.knows(StreamBench.class.getName() + ".add"))
                        .isTrue());
    }

    private static void require(
            String benchmark, Map<String, String> parameters, int threads, long heapBytes, long obtainableBytes) {
        new MemParameters()
                .require(new BenchmarkCheck.Requested(benchmark, parameters, threads, heapBytes, obtainableBytes));
    }
}
