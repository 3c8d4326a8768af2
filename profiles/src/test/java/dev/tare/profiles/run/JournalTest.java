package dev.tare.profiles.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.profiles.exit.Refusal;
import dev.tare.profiles.jmh.JmhCommandLine;
import dev.tare.profiles.plan.Plan;
import dev.tare.profiles.plan.Planner;
import dev.tare.profiles.profile.Profile;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
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
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;

final class JournalTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Plan plan = Planner.plan(
            Profile.parse("mine", "CountBench.up -p first=1 -p second=a -f 3"),
            JmhCommandLine.parse(List.of()),
            Pattern.compile(""));

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("journal.jsonl");
    }

    @Test
    void whatIsAppendedIsReadAgainWithoutLoss() throws Exception {
        write(1, 2);

        JournalReader journal = JournalReader.read(file);

        assertThat(journal.entries()).hasSize(2);
        MeasuredFork second = JournalEntry.measured(journal.entries().get(1));
        assertThat(scores(second)).containsExactly(200.0, 201.0);
        assertThat(second.facts()).containsExactly(Map.entry("direct", "yes"));
        assertThat(second.duration()).isEqualTo(Duration.ofMillis(1500));
        assertThat(journal.completeBytes()).isEqualTo(Files.size(file));
    }

    @Test
    void everyForkIsAlsoWrittenAsJmhsOwnJson() throws Exception {
        write(1);

        JsonNode jmh = JournalReader.read(file).entries().get(0).path("jmh");

        assertThat(jmh.path("benchmark").asText()).isEqualTo("dev.tare.profiles.plan.CountBench.up");
        assertThat(jmh.path("primaryMetric").path("rawData").toString()).isEqualTo("[[100.0,101.0]]");
    }

    @Test
    void aLineThatACrashCutShortIsCutOffAndTheRestCounts() throws Exception {
        write(1, 2);
        long completeBytes = Files.size(file);
        Files.writeString(file, "{\"kind\":\"fork\",\"conf", StandardOpenOption.APPEND);

        JournalReader journal = JournalReader.read(file);
        assertThat(journal.entries()).hasSize(2);
        assertThat(journal.completeBytes()).isEqualTo(completeBytes);

        try (Journal resumed = Journal.resume(file, journal.completeBytes())) {
            resumed.append(JournalEntry.fork(plan.forks().get(2), measured(3)));
        }
        assertThat(JournalReader.read(file).entries()).hasSize(3);
    }

    @Test
    void anyCutLosesAtMostTheLineItHits() throws Exception {
        write(1, 2, 3);
        byte[] whole = Files.readAllBytes(file);
        List<Integer> lineEnds = new ArrayList<>();
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                lineEnds.add(i + 1);
            }
        }

        for (int length = lineEnds.get(0); length <= whole.length; length += 997) {
            Files.write(file, Arrays.copyOf(whole, length));
            int cut = length;
            long expected = lineEnds.stream().filter(end -> end <= cut).count() - 1;
            assertThat(JournalReader.read(file).entries()).hasSize((int) expected);
        }
    }

    @Test
    void aBrokenLineInTheMiddleIsRefusedWithItsNumber() throws Exception {
        write(1);
        Files.writeString(file, "no json\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> JournalReader.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("line 3")
                .hasMessageContaining("no json");
    }

    @Test
    void aFileThatIsNoJournalIsRefused() throws Exception {
        Files.writeString(file, "{\"kind\":\"else\"}\n");

        assertThatThrownBy(() -> JournalReader.read(file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no journal of a run");
        assertThatThrownBy(() -> JournalReader.read(folder.resolve("absent")))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("not the folder of a run");
    }

    @Test
    void nothingButResultsIsReadFromAJournal() throws Exception {
        write(1);
        ObjectNode entry = (ObjectNode) JournalReader.read(file).entries().get(0);
        entry.put("result", serialized(new File("/etc/passwd")));

        assertThatThrownBy(() -> JournalEntry.measured(entry))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("REJECTED");
    }

    @Test
    void forksOfAllRoundsAreMergedAsJmhDoes() throws Exception {
        Results results = new Results();
        for (int round : new int[] {2, 1, 3}) {
            results.add(plan.configurations().get(0).key(), round, measured(round));
        }

        JsonNode merged =
                JSON.readTree(results.format(plan, ResultFormatType.JSON)).path(0);

        assertThat(merged.path("forks").asInt()).isEqualTo(3);
        assertThat(merged.path("params").path("second").asText()).isEqualTo("a");
        assertThat(merged.path("primaryMetric").path("rawData").toString())
                .isEqualTo("[[100.0,101.0],[200.0,201.0],[300.0,301.0]]");
        // (100 + 101 + 200 + 201 + 300 + 301) / 6
        assertThat(merged.path("primaryMetric").path("score").asDouble()).isEqualTo(200.5);
        assertThat(results.missing(plan)).isEmpty();
    }

    @Test
    void theForksThatAreMissingAreKnown() {
        Results results = new Results();
        results.add(plan.configurations().get(0).key(), 2, measured(2));

        assertThat(results.missing(plan)).extracting(Plan.Fork::round).containsExactly(1, 3);
    }

    private void write(int... rounds) throws IOException {
        ObjectNode header = JSON.createObjectNode().put("kind", "run");
        try (Journal journal = Journal.create(file, header)) {
            for (int round : rounds) {
                journal.append(JournalEntry.fork(plan.forks().get(round - 1), measured(round)));
            }
        }
    }

    /** A fork of two iterations; in round r they score 100 r and 100 r + 1. */
    private MeasuredFork measured(int round) {
        IterationParams iterations = new IterationParams(IterationType.MEASUREMENT, 2, TimeValue.seconds(1), 1);
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
                iterations,
                iterations,
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
        List<IterationResult> results = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            IterationResult result = new IterationResult(params, iterations, new IterationResultMetaData(1, 1));
            result.addResult(new ThroughputResult(
                    ResultRole.PRIMARY, "up", 100.0 * round + i, 1_000_000_000L, TimeUnit.SECONDS));
            results.add(result);
        }
        return new MeasuredFork(new BenchmarkResult(params, results), Map.of("direct", "yes"), Duration.ofMillis(1500));
    }

    private static List<Double> scores(MeasuredFork fork) {
        return fork.result().getIterationResults().stream()
                .map(result -> result.getPrimaryResult().getScore())
                .toList();
    }

    private static String serialized(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
