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
import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our clients against chronyd. */
@RequiresRoot
@RequiresProgram(value = "chronyd", debianPackage = "chrony")
final class OtherServersIT {
    @TempDir
    private Path folder;

    private RunningProgram chronyd(int port, String... directives) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Programs.require("chronyd").toString(),
                // In the foreground, and never to set this machine's clock.
                "-d",
                "-x",
                "-f",
                "/dev/null",
                "port " + port,
                "bindaddress 127.0.0.1",
                "allow 127.0.0.1",
                "cmdport 0",
                "pidfile " + folder.resolve("chronyd.pid")));
        command.addAll(List.of(directives));
        RunningProgram program = RunningProgram.start(command);
        program.awaitLine(Pattern.compile("Disabled control of system clock|Frequency"));
        return program;
    }

    private static ClockAddress freeAddress() throws Exception {
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return new ClockAddress("127.0.0.1", free.getLocalPort(), ClockTransport.UDP);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void clocksReadChronydsTimeWithinTheirBounds(boolean direct) throws Exception {
        ClockAddress address = freeAddress();
        try (RunningProgram chronyd = chronyd(address.port(), "local stratum 1");
                RemoteClock clock = open(address, direct)) {
            assertThat(chronyd.process().isAlive()).isTrue();
            long beforeNs = wallNs();
            ClockReading reading = clock.read();
            long afterNs = wallNs();
            // chronyd without a source serves this machine's wall clock; it blurs what is below its precision.
            assertThat(reading.latestNs()).isGreaterThanOrEqualTo(beforeNs - 1_000);
            assertThat(reading.earliestNs()).isLessThanOrEqualTo(afterNs + 1_000);
            assertThat(reading.status()).isEqualTo(ClockStatus.SYNCHRONIZED);
            OpenInterval begin = clock.beginInterval();
            MeasuredInterval interval = clock.endInterval(begin);
            assertThat(interval.witness()).isEqualTo(Witness.CONFIRMED);
        }
    }

    private static RemoteClock open(ClockAddress address, boolean direct) {
        return direct
                ? DirectClock.open(address, Discipline.standard())
                : DisciplinedClock.open(address, Discipline.standard());
    }

    private static long wallNs() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Test
    void chronydThatIsNotSynchronizedIsNotBelieved() throws Exception {
        ClockAddress address = freeAddress();
        try (RunningProgram chronyd = chronyd(address.port())) {
            assertThat(chronyd.process().isAlive()).isTrue();
            assertThatThrownBy(() -> DisciplinedClock.open(address, Discipline.standard()))
                    .isInstanceOf(ClockUnreachableException.class)
                    .hasMessageContaining("not synchronized");
        }
    }
}
