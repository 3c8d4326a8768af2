package dev.tare.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.BenchmarkCheck.Requested;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

final class IoParametersTest {
    @Test
    void whatEveryBenchmarkHasByDefaultPasses() {
        assertThat(benchmarks())
                .hasSize(12)
                .allSatisfy((name, parameters) ->
                        assertThatCode(() -> require(name, parameters)).doesNotThrowAnyException());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FileBench.randomRead | blockBytes | 100 | blockBytes: expected a number of bytes from 4096 to 2147483647, such as 4096, 4k or 1m, got \"100\"",
                "FileBench.randomRead | blockBytes | 4k/60:64k/30 | 'blockBytes: expected a size, or sizes from 4096 bytes on'",
                "FileBench.randomRead | access | zipf | 'access: expected uniform, zipf:THETA'",
                "IscsiBench.randomRead | ratePerS | fast | ratePerS: expected closed or a number from 0.1 to 10000000",
                "FileBench.randomRead | arrivals | bursts | 'arrivals: expected one of constant, poisson, got \"bursts\"'",
                "FileBench.randomWrite | sync | fsync:0 | 'sync: expected none, dsync, or fsync:N with N from 1'",
                "FileBench.randomWrite | steadyState | jedec | 'steadyState: expected off, snia, or snia:SECONDS'",
                "FileBench.randomWrite | precondition | twice | 'precondition: expected one of none, fill, random'",
                "FileBench.randomRead | engine | libaio | 'engine: expected one of auto, uring, threads, mmap'",
                "FileBench.discard | engine | uring | 'engine: expected auto, threads or mmap for discard, got uring'",
                "FileBench.randomRead | target | a:b | 'target: expected at most as many as threads, one each, got 2 for 1'",
                "FileBench.randomRead | target | a:b:a | 'target: expected different files and devices, got'",
                "FileBench.randomRead | blockBytes | 5000 | blockBytes: expected a positive multiple of 4096, got 5000",
                "FileBench.randomRead | align | 512 | align: expected a positive multiple of 4096, got 512",
                "FileBench.randomRead | align | 4x | align: expected a number of bytes from 0 to 2147483647, such as 4096, 4k or 1m, got \"4x\"",
                "IscsiBench.randomRead | queueDepth | 257 | queueDepth: expected a whole number from 1 to 256, got \"257\"",
                "IscsiBench.randomRead | sizeBytes | much | sizeBytes: expected a positive number of bytes",
                "FileBench.mixed | readPercent | 101 | readPercent: expected a whole number from 0 to 100, got \"101\"",
                "FileBench.mixed | randomPercent | -1 | randomPercent: expected a whole number from 0 to 100, got \"-1\"",
                "FileBench.mixed | randomPercent | all | randomPercent: expected a whole number from 0 to 100, got \"all\"",
                "FileBench.randomRead | seed | one | seed: expected a whole number from -9223372036854775808 to 9223372036854775807, got \"one\"",
                "FileBench.randomRead | direct | yes | direct: expected true or false, got \"yes\"",
                "FileBench.randomWrite | overwrite | 1 | overwrite: expected true or false, got \"1\"",
                "FileBench.randomRead | marks | wipe | 'marks: expected one of refuse, destroy, got \"wipe\"'",
                "FileBench.randomWrite | marks | destroy | marks: expected overwrite=true beside marks=destroy",
                "IscsiBench.randomWrite | marks | destroy | marks: expected overwrite=true beside marks=destroy",
                "FileBench.randomRead | require | nfs | 'require: expected one of none, iscsi, got \"nfs\"'",
                "FileBench.randomRead | backing | nfs | 'backing: expected one of auto, iscsi, got \"nfs\"'",
                "IscsiBench.randomRead | sizeBytes | 1000t | sizeBytes: expected at most",
                "IscsiBench.randomRead | digests | crc | 'digests: expected none, header, data or both, got crc'",
                "IscsiBench.randomRead | poll | spin | poll: expected wait or busy, got spin",
                "FileBench.randomRead | target | iscsi://u%s@h/iqn.x/1 | 'target: expected a folder, a file or a block"
                        + " device, got the LUN iscsi://u%***@h/iqn.x/1; measure it with IscsiBench'",
                "IscsiBench.randomRead | target | /dev/sdb | 'target: expected iscsi://... or iscsi:embedded, got"
                        + " /dev/sdb; measure folders, files and devices with FileBench'",
                "IscsiBench.randomRead | target | iscsi:/h | iSCSI target: expected iscsi://",
                "IscsiBench.randomRead | target | iscsi://u@h/iqn.x/1 | target: expected a secret for user u, got none",
                "IscsiBench.randomWrite | target | iscsi://h/iqn.x/1 | overwrite: expected true for a benchmark that writes"
            })
    void valuesThatBenchmarksRefuseAreRefusedBeforeAnyFork(
            String benchmark, String parameter, String value, String reason) {
        String name = "dev.tare.io." + benchmark;
        Map<String, String> parameters = new LinkedHashMap<>(benchmarks().get(name));
        assertThat(parameters.put(parameter, value)).isNotNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require(name, parameters))
                .withMessageStartingWith(reason);
    }

    @Test
    void writesOfAMappingAreNotDurableOneByOne() {
        String name = "dev.tare.io.FileBench.randomWrite";
        Map<String, String> parameters = new LinkedHashMap<>(benchmarks().get(name));
        parameters.put("engine", "mmap");
        parameters.put("sync", "dsync");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> require(name, parameters))
                .withMessage(
                        "sync: expected none or fsync:N with engine=mmap, got dsync, which is nothing to a mapping;"
                                + " fsync:1 makes each write durable");
        parameters.put("sync", "fsync:1");
        assertThatCode(() -> require(name, parameters)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"iscsi:embedded, true", "iscsi:embedded:/tmp, true", "iscsi://127.0.0.1/iqn.x/1, false"})
    void theEmbeddedTargetLacksDiscards(String target, boolean lacks) {
        Map<String, String> parameters = Map.of("target", target);
        IoParameters check = new IoParameters();

        assertThat(check.lacking(new Requested("dev.tare.io.IscsiBench.discard", parameters, 1, 1L << 30, 1L << 40)))
                .map(why ->
                        why.startsWith("target: expected a LUN that takes UNMAP for discard, got the embedded target"))
                .isEqualTo(lacks ? Optional.of(true) : Optional.empty());
        assertThat(check.lacking(new Requested("dev.tare.io.IscsiBench.mixed", parameters, 1, 1L << 30, 1L << 40)))
                .isEmpty();
    }

    @Test
    void benchmarksOfOtherModulesAreTheirs() {
        BenchmarkCheck check = new IoParameters();

        assertThat(check.knows("dev.tare.io.FileBench.randomRead")).isTrue();
        assertThat(check.knows("dev.tare.mem.BlockBench.intRead")).isFalse();
    }

    @Test
    void aLauncherFindsTheCheck() {
        assertThat(ServiceLoader.load(BenchmarkCheck.class))
                .anySatisfy(check -> assertThat(check).isInstanceOf(IoParameters.class));
    }

    private static void require(String name, Map<String, String> parameters) {
        new IoParameters().require(new Requested(name, parameters, 1, 1L << 30, 1L << 40));
    }

    /** Every benchmark of this module with the defaults of its parameters. */
    private static Map<String, Map<String, String>> benchmarks() {
        Map<String, Map<String, String>> benchmarks = new LinkedHashMap<>();
        for (BenchmarkListEntry benchmark : BenchmarkList.defaultList()
                .getAll(
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
                        List.of())) {
            Map<String, String> parameters = new LinkedHashMap<>();
            benchmark.getParams().orElse(Map.of()).forEach((name, values) -> parameters.put(name, values[0]));
            benchmarks.put(benchmark.getUsername(), parameters);
        }
        return benchmarks;
    }
}
