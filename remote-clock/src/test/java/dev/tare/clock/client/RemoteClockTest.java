package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.MeasuredInterval.Witness;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.RemoteClock.OpenInterval;
import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import java.net.DatagramSocket;
import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RemoteClockTest {
    private static final double RATE = 1.5;

    @ParameterizedTest
    @EnumSource(ClockTransport.class)
    void directClockReadsTheServersTimescaleWithinItsBound(ClockTransport transport) throws Exception {
        try (ClockServer server =
                        ClockServer.start(ClockServerOptions.loopback().withPort(0));
                DirectClock clock = DirectClock.open(address(server, transport), Discipline.standard())) {
            long beforeNs = server.timescale().nowUnixNs();
            ClockReading reading = clock.read();
            long afterNs = server.timescale().nowUnixNs();
            assertThat(reading.status()).isEqualTo(ClockStatus.SYNCHRONIZED);
            assertThat(reading.latestNs()).isGreaterThanOrEqualTo(beforeNs);
            assertThat(reading.earliestNs()).isLessThanOrEqualTo(afterNs);
        }
    }

    @ParameterizedTest
    @EnumSource(ClockTransport.class)
    void disciplinedClockContainsTheServersTimeWhenTheLocalClockRunsHalfAsFastAgain(ClockTransport transport)
            throws Exception {
        try (ClockServer server =
                        ClockServer.start(ClockServerOptions.loopback().withPort(0));
                DisciplinedClock clock = DisciplinedClock.open(
                        address(server, transport), Discipline.standard(), () -> (long) (System.nanoTime() * RATE))) {
            for (int i = 0; i < 1000; i++) {
                long beforeNs = server.timescale().nowUnixNs();
                ClockReading reading = clock.read();
                long afterNs = server.timescale().nowUnixNs();
                assertThat(reading.latestNs()).isGreaterThanOrEqualTo(beforeNs);
                assertThat(reading.earliestNs()).isLessThanOrEqualTo(afterNs);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ClockTransport.class)
    void intervalOfEitherClockIsConfirmedAndContainsTheTrueDuration(ClockTransport transport) throws Exception {
        try (ClockServer server =
                        ClockServer.start(ClockServerOptions.loopback().withPort(0));
                RemoteClock direct = DirectClock.open(address(server, transport), Discipline.standard());
                RemoteClock disciplined = DisciplinedClock.open(address(server, transport), Discipline.standard())) {
            assertIntervalIsTrue(direct, server);
            assertIntervalIsTrue(disciplined, server);
        }
    }

    private static void assertIntervalIsTrue(RemoteClock clock, ClockServer server) {
        long outerBeginNs = server.timescale().nowUnixNs();
        OpenInterval begin = clock.beginInterval();
        long innerBeginNs = server.timescale().nowUnixNs();
        while (server.timescale().nowUnixNs() - innerBeginNs < 50_000_000) {
            Thread.onSpinWait();
        }
        long innerEndNs = server.timescale().nowUnixNs();
        MeasuredInterval interval = clock.endInterval(begin);
        long outerEndNs = server.timescale().nowUnixNs();
        assertThat(interval.witness()).isEqualTo(Witness.CONFIRMED);
        assertThat(interval.status()).isEqualTo(ClockStatus.SYNCHRONIZED);
        assertThat(interval.shortestNs()).isLessThanOrEqualTo(outerEndNs - outerBeginNs);
        assertThat(interval.longestNs()).isGreaterThanOrEqualTo(innerEndNs - innerBeginNs);
    }

    @ParameterizedTest
    @EnumSource(ClockTransport.class)
    void openingAClockWhereNothingListensFailsAndNamesTheAddress(ClockTransport transport) throws Exception {
        ClockAddress nobody;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            nobody = new ClockAddress("127.0.0.1", free.getLocalPort(), transport);
        }
        assertThatThrownBy(() -> DisciplinedClock.open(nobody, Discipline.standard()))
                .isInstanceOf(ClockUnreachableException.class)
                .hasMessageContaining(nobody.toString());
        assertThatThrownBy(() -> DirectClock.open(nobody, Discipline.standard()))
                .isInstanceOf(ClockUnreachableException.class)
                .hasMessageContaining(nobody.toString());
    }

    private static ClockAddress address(ClockServer server, ClockTransport transport) {
        return new ClockAddress("127.0.0.1", server.port(), transport);
    }
}
