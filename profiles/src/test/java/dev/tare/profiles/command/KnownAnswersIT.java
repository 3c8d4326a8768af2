package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign of real JVMs whose answers are known, because the scheduler has no choice: which core they share is decided by
 * taskset, how by nice. The kernel waits for loads from the first-level cache, so that neither another core nor a sibling of
 * this one disturbs it: nothing but processor time is shared.
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
    private static final String WORKLOAD =
            "cpu: LatencyBench.load$ -p blockBytes=8192 -bm thrpt -wi 2 -w 100ms -i 3 -r 300ms";

    private static final String SHARES = """
            name: shares
            rounds: 1
            workloads: {%s}
            scenarios:
              - {name: bare, measured: {bare: cpu}}
              - {name: same-core, measured: {a: cpu, b: cpu}}
              - {name: two-cores, measured: {a: cpu, c: cpu}}
              - {name: weights, measured: {a: cpu, nice: cpu}}
              - {name: three-on-two, measured: {e: cpu, f: cpu, g: cpu}}
            """.formatted(WORKLOAD);
    private static final String MATRIX = """
            name: matrix
            rounds: 3
            workloads: {%s}
            scenarios:
              - {name: beside-idle, occurrences: 2, measured: {a: cpu}, idle: [b, c]}
              - {name: beside-same-core, measured: {a: cpu}, load: {b: cpu}, idle: c}
              - {name: beside-other-core, measured: {a: cpu}, load: {c: cpu}, idle: b}
            """.formatted(WORKLOAD);

    private static final Duration LIMIT = Duration.ofMinutes(8);

    @TempDir
    static Path folder;

    private static ReportedFigures shares;

    @BeforeAll
    static void measureShares() throws Exception {
        Files.writeString(folder.resolve("hosts.yml"), HOSTS);
        shares = measured("shares", SHARES);
    }

    private static ReportedFigures measured(String name, String plan) throws Exception {
        Files.writeString(folder.resolve(name + ".yml"), plan);
        BenchmarksJar jar = new BenchmarksJar(folder);
        try (RunningProgram campaign = jar.start("campaign", name + ".yml", "--hosts", "hosts.yml", "--out", name)) {
            assertThat(campaign.awaitExit(LIMIT)).as(campaign.output()).isZero();
        }
        jar.run("report", name, "--json", name + ".json").exits(0);
        return ReportedFigures.read(folder.resolve(name + ".json"));
    }

    @Test
    void twoOnOneCoreHaveHalfEachAndTogetherTheWhole() {
        assertThat(shares.number("efficiency", "together", "same-core cpu a")).isCloseTo(50, withinPercentage(12));
        assertThat(shares.number("efficiency", "together", "same-core cpu b")).isCloseTo(50, withinPercentage(12));
        assertThat(shares.number("efficiency", "together", "same-core cpu sum")).isCloseTo(100, withinPercentage(12));
        assertThat(shares.number("fairness", "J", "same-core cpu")).isGreaterThan(0.99);
    }

    @Test
    void twoOnTwoCoresHaveTheWholeEach() {
        assertThat(shares.number("efficiency", "together", "two-cores cpu a")).isCloseTo(100, withinPercentage(12));
        assertThat(shares.number("efficiency", "together", "two-cores cpu c")).isCloseTo(100, withinPercentage(12));
    }

    /** The kernel's weights of nice 0 and 5 are 1024 and 335: 75.3 % and 24.7 %, J = 0.796. */
    @Test
    void weightsOfThreeToOneAreSharesOfThreeToOne() {
        assertThat(shares.number("efficiency", "together", "weights cpu a")).isCloseTo(75.3, withinPercentage(12));
        assertThat(shares.number("efficiency", "together", "weights cpu nice")).isCloseTo(24.7, withinPercentage(20));
        assertThat(shares.text("fairness", "worst served", "weights cpu")).isEqualTo("nice");
    }

    /** After the scheduler's fashion: what JVMs need besides, and moving between cores, takes up to a quarter of both. */
    @Test
    void threeOnTwoCoresHaveMoreThanOneCoreAndNoMoreThanTwoAndAlike() {
        assertThat(shares.number("efficiency", "together", "three-on-two cpu mean"))
                .isBetween(45.0, 72.0);
        assertThat(shares.number("efficiency", "together", "three-on-two cpu sum"))
                .isBetween(135.0, 216.0);
        assertThat(shares.number("fairness", "J", "three-on-two cpu")).isGreaterThan(0.95);
    }

    @Test
    void theMatrixFindsTheSharedCoreAndNoLossByTheNeighbourOnTheOther() throws Exception {
        ReportedFigures matrix = measured("matrix", MATRIX);

        assertThat(matrix.number("interference-test", "p", "beside cpu on b")).isLessThan(0.05);
        assertThat(matrix.text("interference-test", "in words", "beside cpu on b"))
                .isEqualTo("loss shown");
        // With three rounds chance alone is called evidence once in some dozens of campaigns; half a core is none of
        // its size. Whatever else this machine does takes its part of the shared core: half is not a third, and not
        // all.
        assertThat(matrix.number("interference", "cpu on b", "")).isBetween(40.0, 60.0);
        assertThat(matrix.number("interference", "cpu on c", "")).isCloseTo(100, withinPercentage(12));
    }
}
