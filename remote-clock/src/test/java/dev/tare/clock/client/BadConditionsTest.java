package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.MeasuredInterval.Witness;
import dev.tare.clock.NanoSource;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.RemoteClock.OpenInterval;
import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.clock.server.ServerTimescale;
import dev.tare.parts.Disturbance;
import dev.tare.parts.UdpRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the network, the server or the local clock does: no wrong duration with a confident bound. */
final class BadConditionsTest {
    private static final long SEED = 5;

    private static ClockServerOptions options() {
        return ClockServerOptions.loopback().withPort(0);
    }

    private static ClockAddress udp(int port) {
        return new ClockAddress("127.0.0.1", port, ClockTransport.UDP);
    }

    /** The true length of an interval is between these: the inner one is inside it, the outer one around it. */
    private record Truth(MeasuredInterval measured, long innerNs, long outerNs) {
        boolean holds() {
            return measured.shortestNs() <= outerNs && measured.longestNs() >= innerNs;
        }
    }

    private static Truth measure(RemoteClock clock, ServerTimescale truth, Runnable meanwhile) {
        long outerBeginNs = truth.nowUnixNs();
        OpenInterval begin = clock.beginInterval();
        long innerBeginNs = truth.nowUnixNs();
        meanwhile.run();
        long innerEndNs = truth.nowUnixNs();
        MeasuredInterval measured = clock.endInterval(begin);
        return new Truth(measured, innerEndNs - innerBeginNs, truth.nowUnixNs() - outerBeginNs);
    }

    private static Runnable elapse(long millis) {
        return () -> {
            long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            for (long leftNs = endNs - System.nanoTime(); leftNs > 0; leftNs = endNs - System.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0.2, 0, 0",
        "1000000, 1000000, 3000000, 0, 0.1, 0",
        "2000000, 0, 500000, 0.05, 0.05, 0.5",
        "0, 5000000, 100000, 0.05, 0, 1"
    })
    void bothClocksAreRightBehindABadNetwork(
            long there, long back, long jitter, double loss, double duplication, double forgery) throws Exception {
        Disturbance bad = new Disturbance(there, back, jitter, loss, duplication, forgery);
        try (ClockServer server = ClockServer.start(options());
                UdpRelay relay = UdpRelay.start(server.addresses().get(0), bad, SEED);
                RemoteClock disciplined =
                        DisciplinedClock.open(udp(relay.port()), Discipline.standard(), new LyingClock(1.5));
                RemoteClock direct = DirectClock.open(udp(relay.port()), Discipline.standard())) {
            for (int i = 0; i < 2; i++) {
                assertThat(measure(disciplined, server.timescale(), elapse(100)))
                        .matches(Truth::holds);
                assertThat(measure(direct, server.timescale(), elapse(20))).matches(Truth::holds);
                assertReadingHolds(disciplined, server.timescale());
                assertReadingHolds(direct, server.timescale());
            }
        }
    }

    private static void assertReadingHolds(RemoteClock clock, ServerTimescale truth) {
        long beforeNs = truth.nowUnixNs();
        ClockReading reading = clock.read();
        long afterNs = truth.nowUnixNs();
        assertThat(reading.latestNs()).isGreaterThanOrEqualTo(beforeNs);
        assertThat(reading.earliestNs()).isLessThanOrEqualTo(afterNs);
    }

    @ParameterizedTest
    @ValueSource(longs = {-40_000_000, 5_000_000, 70_000_000_000L})
    void stepOfTheLocalClockIsSeenAndTheDirectReadingsCount(long stepNs) throws Exception {
        LyingClock local = new LyingClock(1);
        try (ClockServer server = ClockServer.start(options());
                DisciplinedClock clock = DisciplinedClock.open(udp(server.port()), Discipline.standard(), local)) {
            Truth quiet = measure(clock, server.timescale(), elapse(50));
            assertThat(quiet.measured.witness()).isEqualTo(Witness.CONFIRMED);
            Truth stepped = measure(clock, server.timescale(), () -> {
                elapse(50).run();
                local.step(stepNs);
            });
            assertThat(stepped).matches(Truth::holds);
            assertThat(stepped.measured.status()).isEqualTo(ClockStatus.DISRUPTED);
            assertThat(stepped.measured.witness()).isEqualTo(Witness.CONTRADICTED);
            assertThat(stepped.measured.boundPercent()).isGreaterThan(0);
        }
    }

    @Test
    void changeOfTheLocalRateIsSeenAndTheDirectReadingsCount() throws Exception {
        LyingClock local = new LyingClock(1);
        try (ClockServer server = ClockServer.start(options());
                DisciplinedClock clock = DisciplinedClock.open(udp(server.port()), Discipline.standard(), local)) {
            Truth changed = measure(clock, server.timescale(), () -> {
                elapse(50).run();
                local.runAt(0.9);
                elapse(50).run();
            });
            assertThat(changed).matches(Truth::holds);
            assertThat(changed.measured.status()).isEqualTo(ClockStatus.DISRUPTED);
        }
    }

    @Test
    void clockFollowsTheNewRateAfterADisruptionAndNeverGoesBack() throws Exception {
        LyingClock local = new LyingClock(1);
        try (ClockServer server = ClockServer.start(options());
                DisciplinedClock clock = DisciplinedClock.open(udp(server.port()), Discipline.standard(), local)) {
            local.runAt(1.5);
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            long lastNs = clock.nanoTime();
            while (clock.disruptions() == 0
                    || clock.status() != ClockStatus.SYNCHRONIZED
                    || Math.abs(clock.localRatePpm() - 500_000) > 50) {
                long nowNs = clock.nanoTime();
                assertThat(nowNs).isGreaterThanOrEqualTo(lastNs);
                lastNs = nowNs;
                assertThat(deadlineNs - System.nanoTime()).as("time left").isPositive();
            }
            Truth after = measure(clock, server.timescale(), elapse(100));
            assertThat(after).matches(Truth::holds);
            assertThat(after.measured.witness()).isEqualTo(Witness.CONFIRMED);
        }
    }

    @ParameterizedTest
    @CsvSource({"true, UDP", "false, UDP", "true, TCP", "false, TCP"})
    void serverThatRestartsWithAnotherTimeIsADisruptionForEitherClock(boolean direct, ClockTransport transport)
            throws Exception {
        List<ClockServer> servers = new ArrayList<>();
        servers.add(ClockServer.start(options()));
        ServerTimescale truth = servers.get(0).timescale();
        ClockAddress address = new ClockAddress("127.0.0.1", servers.get(0).port(), transport);
        try (RemoteClock clock = direct
                ? DirectClock.open(address, Discipline.standard())
                : DisciplinedClock.open(address, Discipline.standard())) {
            Truth across = measure(clock, truth, () -> {
                servers.get(0).close();
                servers.add(restarted(address.port(), truth.nowUnixNs() + 30_000_000));
            });
            assertThat(across.measured.status()).isEqualTo(ClockStatus.DISRUPTED);
            assertThat(across).matches(Truth::holds);
        } finally {
            servers.forEach(ClockServer::close);
        }
    }

    private static ClockServer restarted(int port, long startUnixNs) {
        try {
            return ClockServer.start(options().withPort(port), new ServerTimescale(System::nanoTime, startUnixNs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void serverThatIsLostLeavesAFreeRunningClockWhoseBoundGrowsAndHolds() throws Exception {
        ClockServer server = ClockServer.start(options());
        ServerTimescale truth = server.timescale();
        Discipline quick = Discipline.standard().withPoll(Duration.ofMillis(20)).withTimeout(Duration.ofMillis(20));
        try (DisciplinedClock clock = DisciplinedClock.open(udp(server.port()), quick)) {
            OpenInterval begin = clock.beginInterval();
            server.close();
            long boundNs = clock.read().boundNs();
            long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (clock.status() != ClockStatus.FREE_RUNNING || clock.read().boundNs() == boundNs) {
                assertThat(deadlineNs - System.nanoTime()).as("time left").isPositive();
            }
            assertReadingHolds(clock, truth);
            MeasuredInterval interval = clock.endInterval(begin);
            assertThat(interval.status()).isEqualTo(ClockStatus.FREE_RUNNING);
            assertThat(interval.witness()).isEqualTo(Witness.ABSENT);
            assertThat(interval.requestsLost()).isPositive();
            // The server's timescale is the local clock here.
            assertThat(interval.localNs()).isBetween(interval.shortestNs(), interval.longestNs());
        } finally {
            server.close();
        }
    }

    @Test
    void closingADisciplinedClockJoinsItsThreadAndItsTimeGoesOn() throws Exception {
        try (ClockServer server = ClockServer.start(options())) {
            DisciplinedClock clock = DisciplinedClock.open(udp(server.port()), Discipline.standard());
            String name = "remote clock " + clock.address();
            assertThat(Thread.getAllStackTraces().keySet())
                    .anyMatch(thread -> thread.getName().equals(name));
            clock.close();
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals(name));
            long beforeNs = clock.nanoTime();
            elapse(600).run();
            assertThat(clock.nanoTime()).isGreaterThan(beforeNs);
        }
    }

    @Test
    void clockWhosePollingThreadDiesRunsFreeWithinItsBoundAndSaysWhy() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        NanoSource local = () -> {
            if (broken.get() && Thread.currentThread().getName().startsWith("remote clock")) {
                throw new IllegalStateException("the local clock is gone");
            }
            return System.nanoTime();
        };
        try (ClockServer server = ClockServer.start(options());
                DisciplinedClock clock = DisciplinedClock.open(udp(server.port()), Discipline.standard(), local)) {
            assertThat(clock.failure()).isEmpty();
            broken.set(true);
            while (clock.failure().isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(clock.failure().orElseThrow()).contains("not polled any more", "the local clock is gone");
            assertThat(clock.status()).isEqualTo(ClockStatus.FREE_RUNNING);
            long beforeNs = server.timescale().nowUnixNs();
            ClockReading reading = clock.read();
            long afterNs = server.timescale().nowUnixNs();
            assertThat(reading.latestNs()).isGreaterThanOrEqualTo(beforeNs);
            assertThat(reading.earliestNs()).isLessThanOrEqualTo(afterNs);
            assertThat(measure(clock, server.timescale(), elapse(50)).holds()).isTrue();
        }
    }
}
