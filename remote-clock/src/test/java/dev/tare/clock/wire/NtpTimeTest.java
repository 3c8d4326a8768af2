package dev.tare.clock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class NtpTimeTest {
    private static final long YEARS_60_S = 60L * 365 * 86_400;

    @Test
    void firstInstantOf1970Is2208988800SecondsAfter1900() {
        assertThat(NtpTime.fromUnixNs(0)).isEqualTo(2_208_988_800L << 32);
        assertThat(NtpTime.toUnixNs(2_208_988_800L << 32, 0)).isZero();
    }

    @Test
    void everyNanosecondSurvivesTheWayThroughATimestamp() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            // 1700 to 2262: several eras.
            long unixNs = random.nextLong();
            long pivotNs = saturated(unixNs, TimeUnit.SECONDS.toNanos(random.nextLong(-YEARS_60_S, YEARS_60_S)));
            assertThat(NtpTime.toUnixNs(NtpTime.fromUnixNs(unixNs), pivotNs)).isEqualTo(unixNs);
        }
    }

    private static long saturated(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? a : sum;
    }

    @Test
    void timestampOfTheNextEraIsUnderstoodAfterFebruary2036() {
        long unixNs =
                TimeUnit.SECONDS.toNanos(Instant.parse("2036-02-07T06:28:17Z").getEpochSecond());
        assertThat(NtpTime.fromUnixNs(unixNs)).isEqualTo(1L << 32);
        assertThat(NtpTime.toUnixNs(1L << 32, unixNs - 1)).isEqualTo(unixNs);
    }

    @Test
    void fractionIsRoundedDownToWholeNanoseconds() {
        assertThat(NtpTime.toUnixNs((2_208_988_800L << 32) + 4, 0)).isZero();
        assertThat(NtpTime.toUnixNs((2_208_988_800L << 32) + 5, 0)).isEqualTo(1);
    }
}
