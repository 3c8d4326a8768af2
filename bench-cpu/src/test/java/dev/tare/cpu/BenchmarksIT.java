package dev.tare.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the benchmarks as their users do: by JMH's own main class, each in a JVM that JMH forks. */
@Execution(ExecutionMode.CONCURRENT)
final class BenchmarksIT {
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @Test
    void everyBenchmarkPrintsItsRateAndItsKernel() throws IOException, InterruptedException {
        String output = run(
                0,
                "LuSolveBench|FmaPeakBench|LinpackBench",
                "-p",
                "order=97",
                "-p",
                "arraySize=100",
                "-p",
                "workers=2");
        assertThat(output)
                .containsPattern("FmaPeakBench.multiplyAdd:rateGflops .* ops/s")
                .containsPattern("LinpackBench.rolled:rateGflops .* ops/s")
                .containsPattern("LinpackBench.unrolled:dgefaPercent .* ops/s")
                .containsPattern("LuSolveBench.blocked:rateGflops .* ops/s")
                .containsPattern("LuSolveBench.blockedParallel:rateGflops .* ops/s")
                .containsPattern("LuSolveBench.ejml:rateGflops .* ops/s")
                .contains("# fact seed: 1988", "# fact order: 50")
                .containsPattern("# fact kernel: vectors of \\d+ bits, tiles of")
                .containsPattern("# fact kernel: unrolled, vectors of \\d+ bits");
    }

    @Test
    void forkWithoutTheVectorModuleSaysThatItRanPlainJava() throws IOException, InterruptedException {
        String output = run(
                0,
                "LuSolveBench.blocked$|FmaPeakBench|LinpackBench.rolled",
                "-p",
                "order=97",
                "-p",
                "arraySize=100",
                "-jvmArgsPrepend",
                "-Dwithout.vectors=true");
        assertThat(output)
                .contains("# fact kernel: plain Java, tiles of 2 x 4 (no module jdk.incubator.vector)")
                .contains("# fact kernel: plain Java, 8 sums (no module jdk.incubator.vector)")
                .contains("# fact kernel: rolled, plain Java (no module jdk.incubator.vector)");
    }

    @Test
    void withoutFusedMultiplyAddsThePeakIsThatOfSeparateOnes() throws IOException, InterruptedException {
        assertThat(run(0, "FmaPeakBench", "-jvmArgsAppend", "-XX:-UseFMA"))
                .containsPattern("# fact kernel: vectors of \\d+ bits, \\d+ sums of a multiplication and an addition")
                .containsPattern("FmaPeakBench.multiplyAdd:rateGflops .* ops/s");
    }

    @ParameterizedTest
    @CsvSource({"32", "16", "8"})
    void shorterVectorsSolveToo(String bytes) throws IOException, InterruptedException {
        String output =
                run(0, "LuSolveBench.blocked$", "-p", "order=97", "-jvmArgsAppend", "-XX:MaxVectorSize=" + bytes);
        assertThat(output).containsPattern("# fact kernel: vectors of \\d+ bits, tiles of");
    }

    @Test
    void threadsSolveSystemsOfTheirOwn() throws IOException, InterruptedException {
        assertThat(run(
                        0,
                        "LuSolveBench.blocked$|LinpackBench.unrolled",
                        "-t",
                        "3",
                        "-p",
                        "order=150",
                        "-p",
                        "arraySize=100"))
                .containsPattern("LuSolveBench.blocked:rateGflops .* ops/s");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void ratesAreThoseOfTheScoreHoweverManyThreadsThereAre(int threads) throws IOException, InterruptedException {
        String output = run(
                0,
                "LuSolveBench.blocked$|LinpackBench.unrolled",
                "-p",
                "order=300",
                "-p",
                "arraySize=600",
                "-r",
                "150ms",
                "-t",
                Integer.toString(threads));
        // 2 * 300^3 / 3 + 2 * 300^2 operations in a call.
        requireEqual(output, "LuSolveBench.blocked", "rateGflops", 18_180_000e-9);
        requireEqual(output, "LinpackBench.unrolled", "repetitionsPerS", 1);
    }

    /** Whether a counter is the benchmark's score times so much, as exactly as JMH's table tells: to thousandths. */
    private static void requireEqual(String output, String benchmark, String counter, double perCall) {
        double expected = score(output, benchmark) * perCall;
        assertThat(score(output, benchmark + ":" + counter))
                .as("%s:%s in%n%s", benchmark, counter, output)
                .isCloseTo(expected, within(expected / 100 + 0.001));
    }

    /** A score in JMH's table. */
    private static double score(String output, String benchmark) {
        Matcher row = Pattern.compile("^" + benchmark + " .*? thrpt +(?:\\d+ +)?([0-9.]+) .*ops/s$", Pattern.MULTILINE)
                .matcher(output);
        assertThat(row.find()).as("%s in%n%s", benchmark, output).isTrue();
        return Double.parseDouble(row.group(1));
    }

    @Test
    void seriesThatReachesItsTimeLimitIsCutAndSaysSo() throws IOException, InterruptedException {
        String output =
                run(0, "LinpackBench.rolled", "-p", "arraySize=600", "-p", "repetitions=1000000", "-p", "timeLimitS=1");
        assertThat(output).containsPattern("# fact cut: \\d+ of 1000000 repetitions, no new one after 1 s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LuSolveBench.blocked$   | order=0             | order: expected a whole number from 1 to 46000, got \"0\"",
                "LuSolveBench.blocked$   | order=-5            | order: expected a whole number from 1 to 46000, got \"-5\"",
                "LuSolveBench.ejml       | order=99999999999   | order: expected a whole number from 1 to 46000, got \"99999999999\"",
                "LuSolveBench.blocked$   | order=20000         | order: 20000: 3162 MiB of heap are needed",
                "LuSolveBench.blockedP   | workers=0           | workers: expected a whole number from 1 to 1024, got \"0\"",
                "LinpackBench.rolled     | arraySize=1001      | arraySize: expected an even number",
                "LinpackBench.rolled     | repetitions=0       | repetitions: expected a whole number from 1 to 1000000, got \"0\"",
            })
    void parameterThatCannotBeMeantFailsTheRunWithTheReason(String benchmark, String parameter, String reason)
            throws IOException, InterruptedException {
        assertThat(run(1, benchmark, "-foe", "true", "-p", parameter, "-jvmArgsAppend", "-Xmx512m"))
                .contains(reason);
    }

    private static String run(int exitCode, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djmh.ignoreLock=true",
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jmh.Main"));
        command.addAll(List.of(options));
        command.addAll(List.of("-f", "1", "-wi", "1", "-w", "10ms", "-i", "2"));
        if (!command.contains("-r")) {
            command.addAll(List.of("-r", "10ms"));
        }
        try (RunningProgram program = RunningProgram.start(command)) {
            assertThat(program.awaitExit(LIMIT)).as(program.output()).isEqualTo(exitCode);
            return program.output();
        }
    }
}
