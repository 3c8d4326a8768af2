package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.NanoSource;
import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClockAuditIT {
    private static final Duration LENGTH = Duration.ofSeconds(5);

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
    void clockOfTheServersOwnMachineRunsAtItsRate() throws Exception {
        AuditReport report = ClockAudit.run(address(), LENGTH);

        assertThat(report.ratePpm()).isCloseTo(0, within(report.rateBoundPpm()));
        assertThat(report.disturbedSeconds()).isZero();
        assertThat(report.verdict()).isNotIn(AuditReport.AuditVerdict.WRONG_RATE, AuditReport.AuditVerdict.UNSTEADY);
        assertThat(report.granularityNs()).isBetween(1L, 1_000_000L);
        assertThat(report.readNs()).isBetween(1.0, 100_000.0);
    }

    @Test
    void rateOfAFastClockIsFoundWithinItsBound() throws Exception {
        AuditReport report = ClockAudit.run(address(), LENGTH, () -> (long) (System.nanoTime() * 1.2));

        assertThat(report.ratePpm()).isCloseTo(200_000, within(1.2 * report.rateBoundPpm() + 1));
        assertThat(report.verdict()).isEqualTo(AuditReport.AuditVerdict.WRONG_RATE);
        assertThat(report.lines()).last().asString().contains("wrong by 20", "measure with the remote clock");
    }

    @Test
    void stepInTheMiddleIsFound() throws Exception {
        AuditReport report = ClockAudit.run(address(), LENGTH, new SteppingClock());

        assertThat(report.disturbedSeconds()).isEqualTo(1);
        assertThat(report.largestStepUs()).isCloseTo(500_000, within(report.smallestVisibleStepUs()));
        assertThat(report.verdict()).isEqualTo(AuditReport.AuditVerdict.UNSTEADY);
    }

    /** Steps during the second long pause between its readings, which is within a slice of the audit and not between two. */
    private static final class SteppingClock implements NanoSource {
        private static final long PAUSE_NS = 500_000_000;
        private static final long STEP_NS = 500_000_000;

        private long lastNs = System.nanoTime();
        private int pauses;

        @Override
        public synchronized long nanoTime() {
            long nowNs = System.nanoTime();
            pauses += nowNs - lastNs > PAUSE_NS ? 1 : 0;
            lastNs = nowNs;
            return pauses < 2 ? nowNs : nowNs + STEP_NS;
        }
    }

    @Test
    void silentServerIsAnError() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            ClockAddress address = new ClockAddress("127.0.0.1", silent.getLocalPort(), ClockTransport.UDP);

            assertThatThrownBy(() -> ClockAudit.run(address, LENGTH)).isInstanceOf(ClockUnreachableException.class);
        }
    }

    @Test
    void auditTooShortForAnyVerdictIsRefused() {
        assertThatThrownBy(() -> ClockAudit.run(address(), Duration.ofMillis(1500)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least 2 s");
    }

    private ClockAddress address() {
        return new ClockAddress("127.0.0.1", server.port(), ClockTransport.UDP);
    }
}
