package dev.tare.io;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.io.profile.IoProfiler;
import dev.tare.parts.RequiresJdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmark as its users run it: by JMH's own command line, forks included. */
final class FileBenchIT {
    private static final int FOREIGN_FUNCTIONS = 22;

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeTarget() throws Exception {
        folder = Files.createDirectory(temporary.resolve("target"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sequentialRead", "sequentialWrite", "randomRead", "randomWrite", "mixed"})
    void eachPatternGivesItsRatesAndFactsAndLeavesNothingBehind(String pattern) throws Exception {
        MeasuredRun outcome = run(pattern, "queueDepth=4");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        double iops = outcome.score(pattern);
        assertThat(iops).isPositive();
        assertThat(outcome.score("rateIOps")).isCloseTo(iops, Percentage.withPercentage(0.1));
        assertThat(outcome.score("bandwidthMBps")).isCloseTo(iops * 16384 / 1e6, Percentage.withPercentage(0.1));
        assertThat(outcome.output())
                .containsPattern("(?m)^# fact target-kind: a file of ours")
                .containsPattern("(?m)^# fact direct: ")
                .containsPattern("(?m)^# fact io-interface: ")
                .containsPattern("(?m)^# fact may-have-been-cached: ")
                .containsPattern("(?m)^# fact response-times: local clock of ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void severalThreadsShareTheFile() throws Exception {
        MeasuredRun outcome = run("randomWrite", "queueDepth=2", "-t", "3");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.score("rateIOps")).isPositive();
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void ratesCountTheCallsThatTheScoreCountsHoweverManyThreadsThereAre(int threads) throws Exception {
        Map<String, String> parameters =
                Map.of("target", folder.toString(), "sizeBytes", "64m", "blockBytes", "4194304");
        MeasuredRun outcome =
                MeasuredRun.of(FileBench.class, "randomRead", parameters, temporary, "-t", Integer.toString(threads));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        // A thread may be stopped between JMH's look at its flags and the benchmark's: one call of the hundreds that
        // each has
        // in 0.4 s. Calls that are counted wrongly by rule are several a thread, in every iteration.
        double score = outcome.score("randomRead");
        Percentage oneCallAThread = Percentage.withPercentage(0.001 + 100 * threads / (score * 0.4));
        assertThat(outcome.score("rateIOps")).isCloseTo(score, oneCallAThread);
        assertThat(outcome.score("bandwidthMBps")).isCloseTo(score * 4.194304, oneCallAThread);
    }

    @Test
    void theProfilerGivesResponseTimesAndCpu() throws Exception {
        MeasuredRun outcome = run("randomRead", "queueDepth=1", "-prof", IoProfiler.class.getName());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        double averageUs = outcome.score("responseAverageUs");
        assertThat(averageUs).isPositive();
        assertThat(outcome.score("responseP50Us")).isPositive();
        assertThat(outcome.score("responseP90Us"))
                .isBetween(outcome.score("responseP50Us"), outcome.score("responseP99Us"));
        assertThat(outcome.score("responseMaxUs")).isGreaterThanOrEqualTo(averageUs);
        assertThat(outcome.scores()).containsKeys("cpuUserUs", "cpuSystemUs", "cpuIowaitUs", "cpuStealUs");
        assertThat(outcome.json()).contains("\"scoreUnit\" : \"us/IO\"");
    }

    @Test
    void readsAndWritesOfMixedSizesAreToldApartAtTheRateThatIsAsked() throws Exception {
        Map<String, String> parameters = Map.of(
                "target", folder.toString(),
                "sizeBytes", "8m",
                "blockBytes", "4k/50:16k/50",
                "queueDepth", "8",
                "ratePerS", "500",
                "arrivals", "poisson");
        MeasuredRun outcome = MeasuredRun.of(
                FileBench.class, "mixed", parameters, temporary, "-prof", IoProfiler.class.getName(), "-t", "2");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.score("askedPerS")).isCloseTo(500, Percentage.withPercentage(0.1));
        assertThat(outcome.score("readIOps") + outcome.score("writeIOps"))
                .isCloseTo(outcome.score("rateIOps"), Percentage.withPercentage(0.1));
        assertThat(outcome.score("readMBps") + outcome.score("writeMBps"))
                .isCloseTo(outcome.score("bandwidthMBps"), Percentage.withPercentage(0.1));
        assertThat(outcome.score("bandwidthMBps") * 1e6 / outcome.score("rateIOps"))
                .isBetween(4096.0 + 1000, 16_384.0 - 1000);
        assertThat(outcome.scores())
                .containsKeys("responseP9999Us", "readP50Us", "readP9999Us", "writeP50Us", "writeMaxUs");
        assertThat(outcome.score("achievedPercent")).isPositive();
        assertThat(outcome.output()).containsPattern("(?m)^# fact working-set-covered: \\d+ %");
    }

    @Test
    void aRateThatCannotBeServedIsAResultInWords() throws Exception {
        MeasuredRun outcome = run("randomRead", "ratePerS=10000000", "-prof", IoProfiler.class.getName());

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.score("achievedPercent")).isLessThan(99);
        assertThat(outcome.output()).containsPattern("(?m)^# fact arrivals: not kept up with: ");
    }

    @Test
    void threadsWorkOnSeveralTargetsAndLogEveryMeasuredIo() throws Exception {
        Path other = Files.createDirectory(temporary.resolve("other"));
        Path log = temporary.resolve("ios.csv");
        Files.writeString(log, "mine");
        Map<String, String> parameters = Map.of(
                "target", folder + ":" + other,
                "sizeBytes", "4m",
                "ratePerS", "1000",
                "precondition", "random",
                "steadyState", "snia:0.05",
                "sync", "fsync:5",
                "log", log.toString());
        MeasuredRun outcome = MeasuredRun.of(FileBench.class, "mixed", parameters, temporary, "-t", "3");

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output())
                .contains("precondition=random: done")
                .containsPattern("steadyState: round 5, [1-9]\\d* I/Os per s")
                .containsPattern("(?m)^# fact steady-state: (reached before measuring|not reached in 25 rounds)")
                .contains("# fact target: " + folder)
                .containsPattern("(?m)^# fact target-2: " + other)
                .containsPattern("(?m)^# fact log: " + log + "\\.2$");
        assertThat(log).hasContent("mine");
        List<String> lines = Files.readAllLines(temporary.resolve("ios.csv.2"));
        assertThat(lines.get(0)).isEqualTo("thread,due_ns,submit_ns,complete_ns,operation,position_bytes,bytes");
        assertThat(lines)
                .hasSizeGreaterThan(100)
                .element(1)
                .asString()
                .matches("\\d(,\\d+){3},(read|write|fsync),\\d+,\\d+");
        assertThat(lines.stream().filter(line -> line.contains(",write,")).count())
                .isGreaterThanOrEqualTo(5
                        * (lines.stream()
                                        .filter(line -> line.contains(",fsync,"))
                                        .count()
                                - 3));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            assertThat(Long.parseLong(cells[1])).as(line).isLessThanOrEqualTo(Long.parseLong(cells[2]));
            assertThat(Long.parseLong(cells[2])).as(line).isLessThanOrEqualTo(Long.parseLong(cells[3]));
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(other).isEmptyDirectory();
    }

    @Test
    void discardsNeedAJavaThatCanMakeTheCall() throws Exception {
        MeasuredRun here = MeasuredRun.of(
                FileBench.class, "discard", Map.of("target", folder.toString(), "sizeBytes", "1m"), temporary);
        if (Runtime.version().feature() < 22) {
            assertThat(here.exitCode()).isNotZero();
            assertThat(here.output())
                    .contains("has no foreign-function API; 22 or newer has; start it on JDK 22 or newer");
        } else {
            assertThat(here.exitCode()).as(here.output()).isZero();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @RequiresJdk(FOREIGN_FUNCTIONS)
    void holesArePunchedAndWhatWasDiscardedMayBeZeroInTheEnd() throws Exception {
        Map<String, String> parameters = Map.of("target", folder.toString(), "sizeBytes", "16m", "queueDepth", "2");
        MeasuredRun outcome =
                MeasuredRun.on(FOREIGN_FUNCTIONS, Map.of(), FileBench.class, "discard", parameters, temporary);

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).contains("# fact discard: fallocate with FALLOC_FL_PUNCH_HOLE");
        assertThat(outcome.score("rateIOps")).isPositive();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anExistingFileIsNotWrittenAndTheRunFails() throws Exception {
        Path file = Files.writeString(folder.resolve("precious"), "mine");

        MeasuredRun outcome = run("randomWrite", "target=" + file);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains("expected overwrite=true, got overwrite=false");
        assertThat(file).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blockBytes=1000",
                "queueDepth=0",
                "queueDepth=257",
                "sizeBytes=huge",
                "sizeBytes=4k",
                "align=100",
                "require=nfs"
            })
    void aWrongParameterIsToldAndNothingStays(String parameter) throws Exception {
        MeasuredRun outcome = run("randomRead", parameter);

        assertThat(outcome.exitCode()).isNotZero();
        String name = parameter.replaceFirst("=.*", "");
        assertThat(outcome.output()).containsPattern(name + "[^\n]*: expected [^\n]*, got ");
        assertThat(folder).isEmptyDirectory();
    }

    private MeasuredRun run(String pattern, String parameter, String... options) throws Exception {
        Map<String, String> parameters =
                new HashMap<>(Map.of("target", folder.toString(), "sizeBytes", "8m", "blockBytes", "16384"));
        String[] own = parameter.split("=", 2);
        parameters.put(own[0], own[1]);
        return MeasuredRun.of(FileBench.class, pattern, parameters, temporary, options);
    }
}
