package dev.tare.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.HeapLimit;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

final class CpuParametersTest {
    private static final long AMPLE = 1L << 40;
    private static final long GIBIBYTE = 1L << 30;
    private static final HeapLimit HEAP_OF_A_GIBIBYTE = new HeapLimit("this JVM has at most", GIBIBYTE, true);
    private static final HeapLimit MACHINE_OF_A_GIBIBYTE = HeapLimit.ofFork(AMPLE, GIBIBYTE);
    private static final HeapLimit NO_LIMIT = new HeapLimit("", Long.MAX_VALUE, false);

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
            assertThatCode(() -> require(benchmark.getUsername(), parameters, 1, AMPLE, AMPLE))
                    .as(benchmark.getUsername())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LuSolveBench.blocked,order,0,order: expected a whole number from 1 to 46000",
        "LuSolveBench.blocked,order,-500,'order: expected a whole number from 1 to 46000, got \"-500\"'",
        "LuSolveBench.ejml,order,abc,'order: expected a whole number from 1 to 46000, got \"abc\"'",
        "LuSolveBench.ejml,order,99999999999999999999,order: expected a whole number from 1 to 46000",
        "LuSolveBench.blockedParallel,workers,0,workers: expected a whole number from 1 to 1024",
        "LinpackBench.rolled,arraySize,1001,arraySize: expected an even number",
        "LinpackBench.unrolled,repetitions,0,repetitions: expected a whole number from 1 to 1000000",
        "LinpackBench.unrolled,timeLimitS,0,timeLimitS: expected a whole number from 1 to 1000000",
    })
    void valuesThatBenchmarksRefuseAreRefusedBeforeAnyFork(
            String benchmark, String parameter, String value, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require("dev.tare.cpu." + benchmark, Map.of(parameter, value), 1, AMPLE, AMPLE))
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

        assertThatCode(() -> require(name, parameters, 1, GIBIBYTE, GIBIBYTE)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require(name, parameters, 2, GIBIBYTE, AMPLE))
                .withMessageStartingWith(parameter + ": " + value + ": ")
                .withMessageContaining(
                        " MiB of heap are needed, its JVM has at most 1024 MiB; pass -jvmArgsAppend -Xmx");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require(name, parameters, 2, AMPLE, GIBIBYTE))
                .withMessageContaining(
                        " MiB of heap are needed, this machine can give 1024 MiB; choose fewer threads or a smaller");
    }

    @Test
    void benchmarksOfOtherModulesAreTheirs() {
        assertThat(new CpuParameters().knows("dev.tare.mem.StreamBench.triad")).isFalse();
    }

    @Test
    void launchersFindTheCheckAmongThoseOfAllModules() {
        assertThat(ServiceLoader.load(BenchmarkCheck.class))
                .anySatisfy(check -> assertThat(check.knows(LuSolveBench.class.getName() + ".ejml"))
                        .isTrue());
    }

    @Test
    void sizesThatFitAreReturned() {
        assertThat(CpuParameters.order(1000, 2, HEAP_OF_A_GIBIBYTE)).isEqualTo(1000);
        assertThat(CpuParameters.arraySize(8000, 1, HEAP_OF_A_GIBIBYTE)).isEqualTo(8000);
        assertThat(CpuParameters.workers(2)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 46_001, 65_536, 4_294_967_297L, Long.MAX_VALUE})
    void ordersBelowOneOrBeyondAnArrayAreRefused(long order) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.order(order, 1, NO_LIMIT))
                .withMessageStartingWith("order: expected a whole number from 1 to 46000, got \"" + order + "\"; pass");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1000, 0, 8, 65_002, 4_294_967_296L})
    void arraySizesBelowTenOrBeyondAnArrayAreRefused(long arraySize) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.arraySize(arraySize, 1, NO_LIMIT))
                .withMessageContaining(
                        "arraySize: expected a whole number from 10 to 65000, got \"" + arraySize + "\"");
    }

    @Test
    void oddArraySizeIsRefusedWithTheNextEvenOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.arraySize(1001, 1, HEAP_OF_A_GIBIBYTE))
                .withMessageContaining("even")
                .withMessageContaining("-p arraySize=1002");
    }

    @Test
    void tooLittleMemoryIsRefusedWithTheOptionThatHelps() {
        // Twice 10 000 columns and 512 beside them are 1604.0 MiB; the JVM takes 32 MiB.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.order(10_000, 2, HEAP_OF_A_GIBIBYTE))
                .withMessageContaining("order: 10000: 1637 MiB of heap are needed")
                .withMessageContaining("at most 1024 MiB")
                .withMessageContaining("-jvmArgsAppend -Xmx1637m");
    }

    @Test
    void aMachineWithTooLittleMemoryIsNotAskedForALargerHeap() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.order(10_000, 2, MACHINE_OF_A_GIBIBYTE))
                .withMessage(
                        "order: 10000: 1637 MiB of heap are needed, this machine can give 1024 MiB; choose fewer threads"
                                + " or a smaller order");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1025})
    void numbersOfWorkersThatCannotBeMeantAreRefused(long workers) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CpuParameters.workers(workers))
                .withMessageContaining("workers: expected a whole number from 1 to 1024, got \"" + workers + "\"");
    }

    private static void require(
            String benchmark, Map<String, String> parameters, int threads, long heapBytes, long obtainableBytes) {
        new CpuParameters()
                .require(new BenchmarkCheck.Requested(benchmark, parameters, threads, heapBytes, obtainableBytes));
    }
}
