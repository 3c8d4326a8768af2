package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.MeasuredInterval.Witness;
import dev.tare.clock.RemoteClock.OpenInterval;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks whose server asks to be left alone, over real sockets; {@link BackOffTest} has the times. */
final class KissOfDeathTest {
    private static ClockAddress address(FakeServer server) throws IOException {
        return new ClockAddress("127.0.0.1", server.address().getPort(), ClockTransport.UDP);
    }

    private static void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(deadlineNs - System.nanoTime()).as("time left").isPositive();
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DENY", "RSTR"})
    void clockIsNotOpenedAtAServerThatRefusesAndAsksItOnce(String code) throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (FakeServer server = new FakeServer(reply -> {
            requests.incrementAndGet();
            return FakeServer.kiss(reply, code);
        })) {
            ClockAddress address = address(server);
            assertThatThrownBy(() -> DisciplinedClock.open(address, Discipline.standard()))
                    .isInstanceOf(ClockUnreachableException.class)
                    .hasMessageContaining("left alone (" + code + ")");
            assertThat(requests.get()).isEqualTo(1);
            assertThatThrownBy(() -> DirectClock.open(address, Discipline.standard()))
                    .isInstanceOf(ClockUnreachableException.class)
                    .hasMessageContaining("left alone (" + code + ")");
            assertThat(requests.get()).isEqualTo(2);
        }
    }

    @Test
    void clockWhoseServerRefusesLaterRunsFreeWithinItsBoundAndAsksNoMore() throws Exception {
        AtomicBoolean refuses = new AtomicBoolean();
        try (FakeServer server =
                        new FakeServer(reply -> refuses.get() ? FakeServer.kiss(reply, "DENY") : List.of(reply));
                DisciplinedClock clock = DisciplinedClock.open(address(server), Discipline.standard())) {
            refuses.set(true);
            await(() -> clock.counts().kisses() > 0 && clock.status() != ClockStatus.SYNCHRONIZED);
            long asked = clock.counts().sent();
            OpenInterval begin = clock.beginInterval();
            MeasuredInterval interval = clock.endInterval(begin);
            assertThat(interval.witness()).isEqualTo(Witness.ABSENT);
            assertThat(interval.status()).isNotEqualTo(ClockStatus.SYNCHRONIZED);
            assertThat(interval.shortestNs()).isLessThanOrEqualTo(interval.durationNs());
            assertThat(interval.longestNs()).isGreaterThanOrEqualTo(interval.durationNs());
            assertThat(clock.counts().sent()).isEqualTo(asked);
        }
    }

    @Test
    void clockThatIsToldToSlowDownComesBackAndIsAnswered() throws Exception {
        AtomicInteger kissesLeft = new AtomicInteger();
        try (FakeServer server = new FakeServer(reply -> kissesLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0
                        ? FakeServer.kiss(reply, "RATE")
                        : List.of(reply));
                DisciplinedClock clock = DisciplinedClock.open(address(server), Discipline.standard())) {
            kissesLeft.set(1);
            await(() -> clock.counts().kisses() > 0);
            long answered = clock.counts().answered();
            await(() -> clock.counts().answered() > answered);
            assertThat(clock.counts().kisses()).isEqualTo(1);
        }
    }
}
