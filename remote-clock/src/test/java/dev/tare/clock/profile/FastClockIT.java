package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.parts.RequiresProgram;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Benchmarks whose true scores are known, in JVMs whose clocks run wrong while the server's is right. */
@RequiresProgram(value = "faketime", debianPackage = "faketime")
class FastClockIT {
    /** The operations' own scatter on a busy machine; the clock's own error is orders of magnitude smaller. */
    private static final double SCATTER_PERCENT = 5;

    @TempDir
    Path folder;

    private ClockServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = ClockServer.start(ClockServerOptions.loopback().withPort(0));
    }

    @AfterEach
    void stopServer() throws Exception {
        server.close();
    }

    @Test
    void scoresOfAllModesAreTrueAlthoughTheClockRunsHalfAsFastAgain() throws Exception {
        JmhRun.Output output = paced(1.5, "PacedBench.tick")
                .with("-bm", "all")
                .profiledWith("server=" + address())
                .run(folder);

        for (String benchmark : new String[] {"tick", "tickAfterFixture"}) {
            assertScore(output, benchmark, "thrpt", 1 / PacedBench.TICK_MS);
            assertScore(output, benchmark, "avgt", PacedBench.TICK_MS);
            assertScore(output, benchmark, "sample", PacedBench.TICK_MS);
            assertScore(output, benchmark, "ss", PacedBench.TICK_MS);
            for (String mode : new String[] {"thrpt", "avgt", "sample", "ss"}) {
                assertThat(output.score(benchmark + ":clock.localRatePpm", mode).orElseThrow())
                        .isCloseTo(500_000, withinPercentage(0.1));
                assertThat(output.score(benchmark + ":clock.errorPercent", mode).orElseThrow())
                        .isBetween(0.0, 1.0);
                assertThat(output.score(benchmark + ":clock.swapped", mode)).contains(1.0);
            }
        }
        assertThat(output.text())
                .contains("# fact clock: remote " + address() + "/udp, disciplined", "# fact clock-status: ");
    }

    @Test
    void withoutTheProfilerScoresAreWrongByTheFactor() throws Exception {
        JmhRun.Output output =
                paced(1.5, "PacedBench.tick$").with("-bm", "avgt,thrpt").run(folder);

        assertScore(output, "tick", "avgt", 1.5 * PacedBench.TICK_MS);
        assertScore(output, "tick", "thrpt", 1 / (1.5 * PacedBench.TICK_MS));
    }

    @ParameterizedTest
    @CsvSource({"disciplined, udp", "direct, udp", "disciplined, tcp"})
    void slowClockIsCorrectedByEveryKindOfClient(String mode, String transport) throws Exception {
        JmhRun.Output output = paced(0.9, "PacedBench.tick$")
                .profiledWith("server=" + address() + ",mode=" + mode + ",transport=" + transport)
                .run(folder);

        assertScore(output, "tick", "avgt", PacedBench.TICK_MS);
        assertThat(output.score("tick:clock.localRatePpm", "avgt").orElseThrow())
                .isCloseTo(-100_000, withinPercentage(0.5));
    }

    @Test
    void auditMeasuresWithTheWrongClockAndSaysHowWrongItIs() throws Exception {
        JmhRun.Output output = paced(0.9, "PacedBench.tick$")
                .profiledWith("server=" + address() + ",when=never")
                .run(folder);

        assertScore(output, "tick", "avgt", 0.9 * PacedBench.TICK_MS);
        assertThat(output.score("tick:clock.errorPercent", "avgt").orElseThrow())
                .isCloseTo(10, withinPercentage(1));
        assertThat(output.score("tick:clock.swapped", "avgt")).contains(0.0);
        assertThat(output.text()).contains("# fact clock: local clock, audited against remote " + address());
    }

    private JmhRun paced(double rate, String benchmarks) {
        return JmhRun.onClassPath().atRate(rate).with(benchmarks, "-p", "server=" + address());
    }

    private String address() {
        return "127.0.0.1:" + server.port();
    }

    private static void assertScore(JmhRun.Output output, String benchmark, String mode, double expected) {
        assertThat(output.score("PacedBench." + benchmark, mode))
                .as("%s in mode %s of%n%s", benchmark, mode, output.text())
                .hasValueSatisfying(score -> assertThat(score).isCloseTo(expected, withinPercentage(SCATTER_PERCENT)));
    }
}
