package dev.tare.os;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.ThreadParams;

final class ClockReadingsTest {
    private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);

    private final ClockReadings readings = new ClockReadings();

    @BeforeEach
    void begin() {
        readings.begin(ONLY_THREAD);
    }

    @Test
    void aClockThatGoesOnPassesWhereverItBegins() {
        readings.monotonic(-5);
        readings.monotonic(-5);
        readings.monotonic(7);

        assertThatCode(() -> readings.check(ONLY_THREAD)).doesNotThrowAnyException();
    }

    @Test
    void aMonotonicClockThatGoesBackFailsTheTrial() {
        readings.monotonic(10);
        readings.monotonic(9);
        readings.monotonic(11);

        assertThatThrownBy(() -> readings.check(ONLY_THREAD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("never go back, got 1 that did");
    }

    @Test
    void aWallClockMayBeSetBack() {
        readings.ofWallClock(10);
        readings.ofWallClock(9);

        assertThatCode(() -> readings.check(ONLY_THREAD)).doesNotThrowAnyException();
    }

    @Test
    void aClockThatStandsStillFailsTheTrial() {
        readings.ofWallClock(10);
        readings.ofWallClock(10);

        assertThatThrownBy(() -> readings.check(ONLY_THREAD))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected it to go on, got 10 first and 10 last");
    }
}
