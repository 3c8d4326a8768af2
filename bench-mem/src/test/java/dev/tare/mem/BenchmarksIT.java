package dev.tare.mem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmarks under JMH's own main program, with sizes and times too small to measure anything. */
@Execution(ExecutionMode.CONCURRENT)
final class BenchmarksIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Test
    void streamsGiveTotalAndPerThreadBandwidthAndTheirFacts() throws Exception {
        String output = succeeds("StreamBench.(add|scale)", "-p", "arrayBytes=80000", "-t", "2");

        List<Double> totals = column(output, "bandwidthMBps");
        List<Double> perThread = column(output, "perThreadMBps");
        assertThat(totals).hasSize(4).allSatisfy(total -> assertThat(total).isPositive());
        assertThat(perThread).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(perThread.get(i)).isCloseTo(totals.get(i) / 2, within(totals.get(i) / 1000));
        }
        assertThat(output)
                .contains("# fact array-bytes: 80000\n", "# fact kernel: vector-", "# fact memory-fits: ")
                .containsPattern(
                        "# fact stream-rule: (broken: arrays of 156 KiB, expected [0-9,]+ KiB, .*|unknown: .* at most 39 KiB)\n")
                .containsPattern("# fact thread-shares: [0-9.]+ [0-9.]+ %\n")
                .containsPattern("# fact huge-pages: ([0-9]+ of [0-9]+ MiB|unknown)\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void ratesAreThoseOfTheScoreHoweverManyThreadsThereAre(int threads) throws Exception {
        String output = succeeds(
                "StreamBench.triad|BlockBench.intWrite",
                "-p",
                "arrayBytes=2m",
                "-p",
                "blockBytes=4m",
                "-p",
                "elementType=DOUBLE",
                // Compiled before: a thread that waits for the compiler at the end loses a call.
                "-wi",
                "2",
                "-w",
                "150ms",
                "-r",
                "150ms",
                "-t",
                Integer.toString(threads));

        // A call moves the block, and three arrays.
        List<Double> calls = column(output, "");
        List<Double> rates = column(output, "bandwidthMBps");
        assertThat(rates.get(0)).isCloseTo(calls.get(0) * 4.194304, withinPercentage(2));
        assertThat(rates.get(1)).isCloseTo(calls.get(1) * 3 * 2.097152, withinPercentage(2));
    }

    @Test
    void withoutTheVectorModulePlainLoopsRun() throws Exception {
        String output = succeeds(
                "StreamBench.triad|BlockBench.(intRead|floatWrite)",
                "-p",
                "arrayBytes=80000",
                "-p",
                "blockBytes=4096",
                "-jvmArgsPrepend",
                "-Dwithout.vectors=true");

        assertThat(column(output, "bandwidthMBps"))
                .hasSize(4)
                .allSatisfy(rate -> assertThat(rate).isPositive());
        assertThat(output).contains("# fact kernel: plain\n").doesNotContain("# fact kernel: vector");
    }

    @Test
    void aLargerHeapLeavesTheOptionsOfTheForkInPlace() throws Exception {
        String output = succeeds("StreamBench.triad", "-p", "arrayBytes=80000", "-jvmArgsAppend", "-Xmx256m");

        assertThat(output).contains("# fact kernel: vector-").doesNotContain("# fact kernel: plain");
    }

    @Test
    void blocksTellTheirCacheLevel() throws Exception {
        String output = succeeds("BlockBench", "-p", "blockBytes=3072", "-t", "2");

        assertThat(column(output, "bandwidthMBps"))
                .hasSize(4)
                .allSatisfy(rate -> assertThat(rate).isPositive());
        assertThat(output).containsPattern("# fact cache-level: (L1|unknown)\n").contains("# fact thread-shares: ");
    }

    @Test
    void latencyIsMeasuredWithAndWithoutHugePages() throws Exception {
        String output = succeeds("LatencyBench", "-p", "blockBytes=65536", "-t", "2");

        assertThat(output)
                .containsPattern("LatencyBench\\.load +65536 +avgt .* ns/op")
                .containsPattern("LatencyBench\\.loadHugePages +65536 +avgt .* ns/op")
                .containsPattern("# fact cache-level: (L[12]|unknown)\n")
                .contains("# fact seed: ");
    }

    @ParameterizedTest
    @CsvSource({
        "StreamBench.copy, arrayBytes, 12, expected a multiple of 8 or auto",
        "StreamBench.copy, arrayBytes, 17179860000, MiB of heap",
        "BlockBench.intRead, blockBytes, 17179869184, expected at most",
        "LatencyBench.load$, blockBytes, 32, expected a multiple of 64",
    })
    void aWrongSizeFailsTheRunAndSaysWhy(String benchmark, String parameter, String value, String message)
            throws Exception {
        try (RunningProgram jmh = start(
                List.of(benchmark, "-p", parameter + "=" + value, "-jvmArgsAppend", "-Xmx512m", "-foe", "true"))) {
            assertThat(jmh.awaitExit(LIMIT)).isEqualTo(1);
            assertThat(jmh.output()).contains(message);
        }
    }

    private static String succeeds(String... arguments) throws Exception {
        try (RunningProgram jmh = start(List.of(arguments))) {
            int code = jmh.awaitExit(LIMIT);
            assertThat(code).as(jmh.output()).isZero();
            return jmh.output() + "\n";
        }
    }

    private static RunningProgram start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                // JMH allows one run per machine; this one measures nothing.
                "-Djmh.ignoreLock=true",
                "org.openjdk.jmh.Main"));
        command.addAll(arguments);
        command.addAll(List.of("-f", "1", "-i", "1"));
        if (!command.contains("-r")) {
            command.addAll(List.of("-wi", "0", "-r", "10ms"));
        }
        return RunningProgram.start(command);
    }

    /** A counter's scores in JMH's table; the benchmarks' own without one. */
    private static List<Double> column(String output, String counter) {
        return Pattern.compile(
                        "^\\w+\\.\\w+" + (counter.isEmpty() ? "" : ":" + counter) + "\\s.*?\\s([0-9.]+) +ops/s$",
                        Pattern.MULTILINE)
                .matcher(output)
                .results()
                .map((MatchResult row) -> Double.parseDouble(row.group(1)))
                .toList();
    }
}
