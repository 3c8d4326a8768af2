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
            assertScore(output, benchmark + ":ticks", "thrpt", 1 / PacedBench.TICK_MS, 10);
            assertScore(output, benchmark + ":ticks", "avgt", PacedBench.TICK_MS, 10);
            assertScore(output, benchmark + ":p0.50", "sample", PacedBench.TICK_MS, 10);
            assertScore(output, benchmark, "ss", PacedBench.TICK_MS, 25);
            for (String mode : new String[] {"thrpt", "avgt", "sample", "ss"}) {
                assertScore(output, benchmark + ":clock.localFastPpm", mode, 500_000, 0.1);
                assertScore(output, benchmark + ":clock.swapped", mode, 1, 0);
                assertThat(output.score(benchmark + ":clock.errorPercent", mode).orElseThrow())
                        .isBetween(0.0, 1.0);
            }
        }
        assertThat(output.text())
                .contains("# fact clock: remote " + address() + "/udp, disciplined", "# fact clock-status: ");
    }

    @Test
    void withoutTheProfilerScoresAreWrongByTheFactor() throws Exception {
        JmhRun.Output output =
                paced(1.5, "PacedBench.tick$").with("-bm", "avgt,thrpt").run(folder);

        assertScore(output, "tick:ticks", "avgt", 1.5 * PacedBench.TICK_MS, 2);
        assertScore(output, "tick:ticks", "thrpt", 1 / (1.5 * PacedBench.TICK_MS), 4);
    }

    @ParameterizedTest
    @CsvSource({"disciplined, udp", "direct, udp", "disciplined, tcp"})
    void slowClockIsCorrectedByEveryKindOfClient(String mode, String transport) throws Exception {
        JmhRun.Output output = paced(0.9, "PacedBench.tick$")
                .profiledWith("server=" + address() + ",mode=" + mode + ",transport=" + transport)
                .run(folder);

        assertScore(output, "tick:ticks", "avgt", PacedBench.TICK_MS, 2);
        assertScore(output, "tick:clock.localSlowPpm", "avgt", 100_000, 1);
    }

    @Test
    void auditMeasuresWithTheWrongClockAndSaysHowWrongItIs() throws Exception {
        JmhRun.Output output = paced(0.9, "PacedBench.tick$")
                .profiledWith("server=" + address() + ",when=never")
                .run(folder);

        assertScore(output, "tick:ticks", "avgt", 0.9 * PacedBench.TICK_MS, 2);
        assertScore(output, "tick:clock.errorPercent", "avgt", 10, 1);
        assertScore(output, "tick:clock.swapped", "avgt", 0, 0);
        assertThat(output.text()).contains("# fact clock: local clock, audited against remote " + address());
    }

    private JmhRun paced(double rate, String benchmarks) {
        return JmhRun.onClassPath().atRate(rate).with(benchmarks, "-p", "server=" + address());
    }

    private String address() {
        return "127.0.0.1:" + server.port();
    }

    private static void assertScore(JmhRun.Output output, String name, String mode, double expected, double percent) {
        assertThat(output.score("PacedBench." + name, mode))
                .as("%s in mode %s of%n%s", name, mode, output.text())
                .hasValueSatisfying(score -> assertThat(score).isCloseTo(expected, withinPercentage(percent)));
    }
}
