package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TimescaleTest {
    @Test
    void theLocalClockTellsItsNameAndNoBound() {
        assertThat(Timescale.inUse().name()).isEqualTo("local clock");
        assertThat(Timescale.inUse().now().boundNs()).isEmpty();
    }

    @Test
    void theLocalClockTellsTheTimeOfDayAndNeverGoesBack() {
        long beginNs = Timescale.inUse().now().epochNs();
        Instant today = Instant.now();
        long endNs = Timescale.inUse().now().epochNs();

        assertThat(endNs).isGreaterThanOrEqualTo(beginNs);
        assertThat(Math.abs(endNs / 1_000_000_000L - today.getEpochSecond())).isLessThan(3600);
    }

    @Test
    void anotherTimescaleTakesItsPlaceForAllRecords() {
        Timescale before = Timescale.inUse();
        Timescale remote = new Timescale() {
            @Override
            public String name() {
                return "remote clock 192.0.2.1:12123";
            }

            @Override
            public Reading now() {
                return new Reading(1_790_000_000_000_000_001L, OptionalLong.of(250));
            }
        };
        try {
            Timescale.use(remote);

            assertThat(Timescale.inUse().now())
                    .isEqualTo(new Timescale.Reading(1_790_000_000_000_000_001L, OptionalLong.of(250)));
        } finally {
            Timescale.use(before);
        }
    }
}
