package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.parts.RequiresProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Benchmarks that know their true lengths, in JVMs whose clocks run wrong while the server's is right. */
@RequiresProgram(value = "faketime", debianPackage = "faketime")
class FastClockIT {
    /** What every bound leans on: the rate may be so far from a constant. */
    private static final double WANDER_PPM = 1;

    @TempDir
    Path folder;

    private ClockServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = ClockServer.start(ClockServerOptions.loopback().withPort(0));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void scoresOfAllModesAreTrueWithinTheirStatedErrorAlthoughTheClockRunsHalfAsFastAgain() throws Exception {
        JmhOutput output = bracketed(1.5, "BracketedBench.work")
                .with("-bm", "all")
                .profiledWith("server=" + address() + ",when=always")
                .run(folder);

        List<Bracket> brackets = Bracket.of(output);
        assertThat(brackets).hasSize(8).allSatisfy(bracket -> {
            assertThat(bracket.holds()).as(bracket.toString()).isTrue();
            assertThat(bracket.errorPercent()).isBetween(0.0, 1.0);
            assertThat(bracket.scored().number("clock.swapped")).isEqualTo(1);
            assertThat(bracket.scored().number("clock.localFastPpm"))
                    .isCloseTo(500_000, within(WANDER_PPM + bracket.scored().number("clock.localRateBoundPpm")));
        });
        assertThat(brackets)
                .extracting(bracket -> bracket.scored().mode())
                .containsOnly("thrpt", "avgt", "sample", "ss");
        assertThat(output.text()).contains("# fact clock: remote " + address() + "/udp, disciplined");
        assertThat(output.text()).contains("# fact clock-status: synchronized 1", "# fact clock-shortest-iteration: ");
    }

    @ParameterizedTest
    @CsvSource({"disciplined, udp", "direct, udp", "disciplined, tcp"})
    void slowClockIsCorrectedByEveryKindOfClient(String mode, String transport) throws Exception {
        JmhOutput output = bracketed(0.9, "BracketedBench.work$")
                .profiledWith("server=" + address() + ",when=always,mode=" + mode + ",transport=" + transport)
                .run(folder);

        assertThat(Bracket.of(output)).singleElement().satisfies(bracket -> {
            assertThat(bracket.holds()).as(bracket.toString()).isTrue();
            assertThat(bracket.scored().number("clock.localSlowPpm"))
                    .isCloseTo(100_000, within(WANDER_PPM + bracket.scored().number("clock.localRateBoundPpm")));
        });
    }

    @Test
    void withoutTheProfilerScoresAreWrongByTheFactor() throws Exception {
        JmhOutput output =
                bracketed(1.5, "BracketedBench.work$").with("-bm", "avgt,thrpt").run(folder);

        assertThat(Bracket.of(output)).hasSize(2).allSatisfy(bracket -> {
            double factor = bracket.scored().mode().equals("avgt") ? 1.5 : 1 / 1.5;
            assertThat(bracket.holds()).as(bracket.toString()).isFalse();
            assertThat(bracket.factor()).isCloseTo(factor, withinPercentage(bracket.widthPercent()));
        });
    }

    @Test
    void terseShowsTheErrorBoundAndTheClockAloneAndTellsTheRestAsAFact() throws Exception {
        JmhOutput output = bracketed(1.5, "BracketedBench.work$")
                .profiledWith("server=" + address() + ";when=always;verbosity=terse")
                .run(folder);

        assertThat(output.text())
                .contains("work:clock.errorPercent", "work:clock.swapped")
                .doesNotContain("work:clock.roundTripUs")
                .containsPattern("# fact clock-figures: .*clock\\.roundTripUs [\\d.]+ to [\\d.]+ us")
                .contains("# fact clock-server: " + address());
    }

    @Test
    void auditMeasuresWithTheWrongClockAndSaysHowWrongItIs() throws Exception {
        JmhOutput output = bracketed(0.9, "BracketedBench.work$")
                .profiledWith("server=" + address() + ",when=never")
                .run(folder);

        assertThat(Bracket.of(output)).singleElement().satisfies(bracket -> {
            assertThat(bracket.factor()).isCloseTo(0.9, withinPercentage(bracket.widthPercent()));
            assertThat(bracket.errorPercent()).isCloseTo(10, within(0.1));
            assertThat(bracket.scored().number("clock.swapped")).isZero();
        });
        assertThat(output.text()).contains("# fact clock: local clock, audited against remote " + address());
    }

    private JmhRun bracketed(double rate, String benchmarks) {
        return JmhRun.onClassPath().atRate(rate).with(benchmarks, "-si", "false", "-p", "server=" + address());
    }

    private String address() {
        return "127.0.0.1:" + server.port();
    }
}
