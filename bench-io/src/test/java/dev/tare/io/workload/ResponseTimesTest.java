package dev.tare.io.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ResponseTimesTest {
    private final ResponseTimes times = new ResponseTimes();

    @Test
    void percentilesAreExactToOneThirtySecond() {
        Random random = new Random(3);
        long[] responsesNs = random.longs(10_000, 1, 50_000_000).toArray();
        for (long ns : responsesNs) {
            times.record(ns);
        }
        Arrays.sort(responsesNs);

        for (double share : new double[] {0.01, 0.5, 0.95, 0.999, 1}) {
            long exact = responsesNs[(int) Math.ceil(share * responsesNs.length) - 1];
            assertThat(times.percentileNs(share)).isBetween(exact, exact + exact / 32 + 1);
        }
    }

    @Test
    void averageAndMaximumAreExact() {
        times.record(1);
        times.record(1_000_000_007);

        assertThat(times.averageNs()).isEqualTo(500_000_004.0);
        assertThat(times.maxNs()).isEqualTo(1_000_000_007);
        assertThat(times.percentileNs(1)).isEqualTo(1_000_000_007);
    }

    @Test
    void theLargestNumberHasABucket() {
        times.record(Long.MAX_VALUE);

        assertThat(times.percentileNs(0.5)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void threadsAreAdded() {
        ResponseTimes other = new ResponseTimes();
        times.record(10);
        other.record(30);

        times.add(other);

        assertThat(times.count()).isEqualTo(2);
        assertThat(times.averageNs()).isEqualTo(20);
        assertThat(times.maxNs()).isEqualTo(30);
    }

    @Test
    void nothingRecordedHasNoAverage() {
        assertThat(times.averageNs()).isNaN();
    }
}
