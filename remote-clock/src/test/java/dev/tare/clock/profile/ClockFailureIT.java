package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.clock.server.ServerTimescale;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No score comes from a clock that was not there, or not good enough. */
class ClockFailureIT {
    private static final long STEP_NS = 50_000_000;
    /** JMH prints this when the iteration has ended; the warm-up's line has a number 1, too. */
    private static final Pattern FIRST_MEASURED = Pattern.compile("^Iteration   1: ");

    @TempDir
    Path folder;

    /** When the server's clock jumps ahead by {@link #STEP_NS}, on this JVM's {@link System#nanoTime()}. */
    private final AtomicLong stepAtNs = new AtomicLong(Long.MAX_VALUE);

    private ClockServer server;

    @BeforeEach
    void startServer() throws IOException {
        long unixNs = System.currentTimeMillis() * 1_000_000;
        server = ClockServer.start(
                ClockServerOptions.loopback().withPort(0), new ServerTimescale(this::serverNs, unixNs));
    }

    private long serverNs() {
        long nowNs = System.nanoTime();
        return nowNs < stepAtNs.get() ? nowNs : nowNs + STEP_NS;
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void silentServerStopsTheRunBeforeAnythingIsMeasured() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            JmhOutput output = JmhRun.onClassPath()
                    .with("BracketedBench.nothing")
                    .profiledWith("when=always,server=127.0.0.1:" + silent.getLocalPort())
                    .run(folder);

            assertThat(output.code()).isEqualTo(1);
            assertThat(output.text()).contains("remote clock: ").doesNotContain("Iteration");
        }
    }

    @Test
    void wrongOptionStopsTheRunBeforeAnythingIsMeasured() throws Exception {
        JmhOutput output = nothing("when=always,sevrer=1").run(folder);

        assertThat(output.code()).isEqualTo(1);
        assertThat(output.text())
                .contains("remote clock: expected server=HOST:PORT")
                .doesNotContain("Iteration");
    }

    @Test
    void serverThatIsLostDuringTheRunLeavesAFreeRunningClockWithinItsBound() throws Exception {
        try (RunningProgram jmh =
                nothing("when=always").with("-wi", "1", "-i", "6").start(folder)) {
            jmh.awaitLine(FIRST_MEASURED);
            server.close();
            JmhOutput output = JmhRun.end(jmh, folder);

            assertThat(output.code()).isZero();
            assertThat(output.scores())
                    .singleElement()
                    .satisfies(scored ->
                            assertThat(scored.number("clock.requestsLost")).isPositive());
            assertThat(output.text()).containsPattern("# fact clock-status: .*free_running");
        }
    }

    @Test
    void serverThatIsLostDuringDirectReadingsYieldsNoScore() throws Exception {
        JmhRun run = nothing("when=always,mode=direct").with("-wi", "1", "-i", "6");
        try (RunningProgram jmh = run.start(folder)) {
            jmh.awaitLine(FIRST_MEASURED);
            server.close();
            JmhOutput output = JmhRun.end(jmh, folder);

            assertThat(output.scores()).as(output.text()).isEmpty();
        }
    }

    @Test
    void boundAboveTheLimitYieldsNoScoreFromAnyFork() throws Exception {
        JmhOutput output =
                nothing("when=always,max-error=0.0000001").with("-f", "2").run(folder);

        assertThat(output.scores()).as(output.text()).isEmpty();
        assertThat(output.code()).isEqualTo(1);
        assertThat(output.text()).contains("expected an error of at most 1.0E-7 %", "or raise max-error");
    }

    @Test
    void boundAboveTheLimitEndsTheRunIfJmhIsToldSo() throws Exception {
        JmhOutput output =
                nothing("when=always,max-error=0.0000001").with("-foe", "true").run(folder);

        assertThat(output.code()).isNotZero();
    }

    @Test
    void clockThatStepsDuringTheMeasurementYieldsNoScore() throws Exception {
        try (RunningProgram jmh =
                nothing("when=always").with("-wi", "1", "-i", "3", "-r", "2").start(folder)) {
            jmh.awaitLine(FIRST_MEASURED);
            // A quarter of the second iteration, far from both ends, where a new estimate might begin.
            stepAtNs.set(System.nanoTime() + 500_000_000);
            JmhOutput output = JmhRun.end(jmh, folder);

            assertThat(output.scores()).as(output.text()).isEmpty();
            assertThat(output.text()).contains("got a step or a change of rate");
        }
    }

    @Test
    void samplingWithARequestPerCallIsRefused() throws Exception {
        JmhOutput output =
                nothing("when=always,mode=direct").with("-bm", "sample").run(folder);

        assertThat(output.scores()).as(output.text()).isEmpty();
        assertThat(output.text()).contains("sample mode with mode=direct would measure the network");
    }

    @Test
    void fixturesAroundEveryCallWithARequestPerReadingAreRefused() throws Exception {
        JmhOutput output = JmhRun.onClassPath()
                .with("BracketedBench.workBetweenFixtures", "-p", "server=" + address())
                .profiledWith("when=always,mode=direct,server=" + address())
                .run(folder);

        assertThat(output.scores()).as(output.text()).isEmpty();
        assertThat(output.text()).contains("with Level.Invocation fixtures every call is timed");
    }

    private JmhRun nothing(String options) {
        return JmhRun.onClassPath().with("BracketedBench.nothing").profiledWith(options + ",server=" + address());
    }

    private String address() {
        return "127.0.0.1:" + server.port();
    }
}
