package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign of real JVMs whose answers are known, because the scheduler has no choice: which core they share is decided by
 * taskset, how by nice. The kernel waits for loads from the first-level
 * cache, so that neither another core nor a sibling of this one disturbs it: nothing but processor time is shared.
 */
@RequiresProgram(value = "taskset", debianPackage = "util-linux")
final class KnownAnswersIT {
    private static final String HOSTS = """
            hosts:
              - {name: bare, role: native, channel: taskset -c 0, machine: box, cores: 2, vcpus: 1}
              - {name: a, channel: taskset -c 0, machine: box, cores: 2, vcpus: 1}
              - {name: b, channel: taskset -c 0, machine: box, cores: 2, vcpus: 1}
              - {name: c, channel: taskset -c 1, machine: box, cores: 2, vcpus: 1}
              - {name: nice, channel: taskset -c 0 nice -n 5, machine: box, cores: 2, vcpus: 1}
              - {name: e, channel: "taskset -c 0,1", machine: box, cores: 2, vcpus: 1}
              - {name: f, channel: "taskset -c 0,1", machine: box, cores: 2, vcpus: 1}
              - {name: g, channel: "taskset -c 0,1", machine: box, cores: 2, vcpus: 1}
            """;
    private static final String PLAN = """
            name: known
            rounds: 3
            workloads:
              cpu: LatencyBench.load$ -p blockBytes=8192 -bm thrpt -wi 3 -w 100ms -i 3 -r 500ms
            scenarios:
              - {name: bare, measured: {bare: cpu}}
              - {name: same-core, measured: {a: cpu, b: cpu}}
              - {name: two-cores, measured: {a: cpu, c: cpu}}
              - {name: weights, measured: {a: cpu, nice: cpu}}
              - {name: three-on-two, measured: {e: cpu, f: cpu, g: cpu}}
              - {name: beside-idle, occurrences: 2, measured: {a: cpu}, idle: [b, c]}
              - {name: beside-same-core, measured: {a: cpu}, load: {b: cpu}, idle: c}
              - {name: beside-other-core, measured: {a: cpu}, load: {c: cpu}, idle: b}
            """;

    private static final Duration LIMIT = Duration.ofMinutes(8);

    @TempDir
    static Path folder;

    private static ReportedFigures report;

    @BeforeAll
    static void measureAndReport() throws Exception {
        Files.writeString(folder.resolve("hosts.yml"), HOSTS);
        Files.writeString(folder.resolve("plan.yml"), PLAN);
        BenchmarksJar jar = new BenchmarksJar(folder);
        try (RunningProgram campaign = jar.start("campaign", "plan.yml", "--hosts", "hosts.yml", "--out", "known")) {
            assertThat(campaign.awaitExit(LIMIT)).as(campaign.output()).isZero();
        }
        jar.run("report", "known", "--json", "report.json").exits(0);
        report = ReportedFigures.read(folder.resolve("report.json"));
    }

    /** The answer lies in the interval of what is reported, or a tenth of it beside that: three rounds are few. */
    private static void assertAnswers(double answer, String kind, String column, String line) {
        JsonNode reported = report.value(kind, column, line);
        assertThat(answer)
                .as(line + " " + reported)
                .isBetween(
                        reported.path("low95").doubleValue() - answer / 10,
                        reported.path("high95").doubleValue() + answer / 10);
    }

    @Test
    void twoOnOneCoreHaveHalfEachAndTogetherTheWhole() {
        assertAnswers(50, "efficiency", "together", "same-core cpu a");
        assertAnswers(50, "efficiency", "together", "same-core cpu b");
        assertAnswers(100, "efficiency", "together", "same-core cpu sum");
        assertThat(report.number("kept", "share", "same-core a")).isCloseTo(50, within(3.0));
        assertThat(report.number("fairness", "J", "same-core cpu")).isGreaterThan(0.99);
    }

    @Test
    void twoOnTwoCoresHaveTheWholeEach() {
        assertAnswers(100, "efficiency", "together", "two-cores cpu a");
        assertAnswers(100, "efficiency", "together", "two-cores cpu c");
        assertThat(report.number("expectation", "factor", "two-cores cpu a")).isEqualTo(100);
    }

    /** The kernel's weights of nice 0 and 5 are 1024 and 335: 75.3 % and 24.7 %, J = 0.796. */
    @Test
    void weightsOfThreeToOneAreSharesOfThreeToOne() {
        assertThat(report.number("kept", "share", "weights a")).isCloseTo(75.3, within(4.0));
        assertThat(report.number("kept", "share", "weights nice")).isCloseTo(24.7, within(4.0));
        assertThat(report.number("fairness", "J", "weights cpu")).isCloseTo(0.796, within(0.04));
        assertThat(report.text("fairness", "worst served", "weights cpu")).isEqualTo("nice");
    }

    @Test
    void threeOnTwoCoresHaveTwoThirdsEachAsIsExpectedOfThem() {
        assertAnswers(66.7, "efficiency", "together", "three-on-two cpu mean");
        for (String host : List.of("e", "f", "g")) {
            assertThat(report.number("expectation", "factor", "three-on-two cpu " + host))
                    .isCloseTo(66.7, within(0.1));
            assertAnswers(100, "expectation", "of expectation", "three-on-two cpu " + host);
        }
    }

    @Test
    void theMatrixFindsTheSharedCoreAndNotTheNeighbourOnTheOther() {
        assertThat(report.number("interference-test", "p", "beside cpu on b")).isLessThan(0.05);
        assertThat(report.text("interference-test", "in words", "beside cpu on b"))
                .isEqualTo("loss shown");
        assertThat(report.text("interference-test", "in words", "beside cpu on c"))
                .startsWith("no evidence");
    }
}
