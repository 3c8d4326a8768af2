package dev.tare.profiles.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.jmh.JmhCommandLine;
import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.PlannedConfiguration;
import dev.tare.profiles.plan.Planner;
import dev.tare.profiles.plan.Profile;
import dev.tare.profiles.run.ForkRunner.ForkFailedException;
import dev.tare.profiles.run.ForkRunner.MeasuredFork;
import dev.tare.runs.Fingerprint;
import dev.tare.runs.ForkRecord;
import dev.tare.runs.Run;
import dev.tare.runs.RunFolder;
import dev.tare.runs.RunHeader;
import dev.tare.runs.RunJournal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.ThroughputResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

/** What a run does with forks that others disturbed. */
final class RetriedForkTest {
    private static final String CLEAN = "{\"iteration\":1,\"contaminated\":false}";
    private static final String CONTAMINATED = "{\"iteration\":1,\"contaminated\":true}";

    private final Plan plan = Planner.plan(
            Profile.parse("mine", "CountBench.up -p first=1 -p second=a -f 1 -wi 0 -i 1"),
            JmhCommandLine.parse(List.of()),
            Pattern.compile(""));
    private final Queue<MeasuredFork> forks = new ArrayDeque<>();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void aContaminatedForkIsMeasuredAgainUntilItIsCleanAndTheJournalKeepsAllAttempts() throws Exception {
        forks.add(fork(100, CONTAMINATED));
        forks.add(fork(200, CONTAMINATED));
        forks.add(fork(300, CLEAN));
        forks.add(fork(400, CLEAN));

        assertThat(measure(5)).isEqualTo(ExitCode.OK);

        assertThat(forks).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("journal.jsonl")))
                .hasSize(4)
                .anyMatch(line -> line.contains("\"attempt\":1,"))
                .anyMatch(line -> line.contains("\"attempt\":2,"))
                .anyMatch(line -> line.contains("\"attempt\":3,"));
        assertCounts(3, 300);
        assertThat(printed()).contains("again, attempt 2 of at most 6").contains("clean iterations: 1 of 1");
    }

    @Test
    void whereNoAttemptIsCleanTheLastOfTheCleanestCounts() throws Exception {
        forks.add(fork(100, CONTAMINATED, CONTAMINATED));
        forks.add(fork(200, CONTAMINATED, CLEAN));
        forks.add(fork(300, CLEAN, CONTAMINATED));
        forks.add(fork(400, CONTAMINATED, CONTAMINATED));

        assertThat(measure(3)).isEqualTo(ExitCode.OK);

        assertCounts(3, 300);
        assertThat(printed()).contains("clean iterations: 1 of 2");
    }

    @Test
    void withoutRetriesAContaminatedForkStands() throws Exception {
        forks.add(fork(100, CONTAMINATED));
        forks.add(fork(200, CLEAN));

        measure(0);

        assertCounts(1, 100);
        assertThat(printed()).contains("clean iterations: 0 of 1").doesNotContain("again");
    }

    @Test
    void aRetryThatFailsLeavesWhatItsForkHadYielded() throws Exception {
        forks.add(fork(100, CONTAMINATED));

        assertThat(measure(1)).isEqualTo(ExitCode.OK);

        assertCounts(1, 100);
        assertThat(Run.read(folder).failures()).isEmpty();
        assertThat(printed()).contains("FAILED").contains("no more forks");
    }

    private ExitCode measure(int retries) throws Exception {
        RunFolder run = new RunFolder(folder);
        RunHost host = new RunHost(new Fingerprint("aa", "17", "vm"), List.of(), "{}", Map.of());
        RunHeader header = new RunHeader(
                "0.1",
                "2026-01-02T03:04:05Z",
                "mine",
                "CountBench.up",
                "",
                List.of(),
                plan.planned(),
                Map.of(),
                List.of(),
                1,
                5,
                retries,
                host.fingerprint());
        try (RunJournal journal = RunJournal.create(run.journal(), header);
                Interruption interruption = Interruption.listen()) {
            return new RunExecution(
                            run,
                            plan,
                            host,
                            journal,
                            interruption,
                            new PrintStream(printed, true, StandardCharsets.UTF_8))
                    .measure(this::next);
        }
    }

    private MeasuredFork next(PlannedConfiguration configuration) throws ForkFailedException {
        if (forks.isEmpty()) {
            throw new ForkFailedException("no more forks of " + configuration.title(), null);
        }
        return forks.remove();
    }

    /** For a reader of the run, and in results.json. */
    private void assertCounts(int attempt, double score) throws Exception {
        assertThat(Run.read(folder).measurements().get(0).forkRecords())
                .extracting(ForkRecord::attempt)
                .containsExactly(attempt);
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("results.json").toFile())
                        .at("/0/primaryMetric/score")
                        .asDouble())
                .isEqualTo(score);
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** A fork with one iteration and these records. */
    private static MeasuredFork fork(double score, String... iterations) {
        IterationParams one = new IterationParams(IterationType.MEASUREMENT, 1, TimeValue.seconds(1), 1);
        WorkloadParams workload = new WorkloadParams();
        workload.put("first", "1", 0);
        workload.put("second", "a", 0);
        BenchmarkParams params = new BenchmarkParams(
                "dev.tare.profiles.plan.CountBench.up",
                "generated",
                true,
                1,
                new int[] {1},
                List.of(),
                1,
                0,
                one,
                one,
                Mode.Throughput,
                workload,
                TimeUnit.SECONDS,
                1,
                "java",
                List.of(),
                "17",
                "vm",
                "17",
                "1.37",
                TimeValue.minutes(10));
        IterationResult result = new IterationResult(params, one, new IterationResultMetaData(1, 1));
        result.addResult(new ThroughputResult(ResultRole.PRIMARY, "up", score, 1_000_000_000L, TimeUnit.SECONDS));
        return new MeasuredFork(
                new BenchmarkResult(params, List.of(result)),
                Map.of(),
                List.of(iterations),
                Map.of(),
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofMillis(1500));
    }
}
