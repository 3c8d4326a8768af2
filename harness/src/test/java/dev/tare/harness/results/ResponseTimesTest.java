package dev.tare.harness.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

final class ResponseTimesTest {
    private final ResponseTimes times = new ResponseTimes();

    @Test
    void percentilesHaveThreeSignificantDigits() {
        Random random = new Random(3);
        long[] responsesNs = random.longs(10_000, 1, 50_000_000).toArray();
        for (long ns : responsesNs) {
            times.record(ns);
        }
        Arrays.sort(responsesNs);

        for (double percent : new double[] {1, 50, 95, 99.9, 100}) {
            long exact = responsesNs[(int) Math.ceil(percent / 100 * responsesNs.length) - 1];
            assertThat(times.percentileNs(percent)).isBetween(exact, exact + exact / 1000 + 1);
        }
    }

    @Test
    void averageAndMaximumAreExact() {
        times.record(1);
        times.record(1_000_000_007);

        assertThat(times.averageNs()).isEqualTo(500_000_004.0);
        assertThat(times.maxNs()).isEqualTo(1_000_000_007);
        assertThat(times.percentileNs(100)).isEqualTo(1_000_000_007);
    }

    @Test
    void theLargestNumberIsKept() {
        times.record(Long.MAX_VALUE);

        assertThat(times.percentileNs(50)).isEqualTo(Long.MAX_VALUE);
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

    @Test
    void othersReadThemWhole() throws DataFormatException {
        times.record(1);
        times.record(1_000_000);

        Histogram read = Histogram.decodeFromCompressedByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(times.encoded())), 0);

        assertThat(read.getTotalCount()).isEqualTo(2);
        assertThat(read.getMinValue()).isEqualTo(1);
        assertThat(read.getMaxValue()).isEqualTo(read.highestEquivalentValue(1_000_000));
    }
}
