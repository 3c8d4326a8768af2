package dev.tare.net.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class DatagramStatisticsTest {
    private final ByteBuffer datagram = ByteBuffer.allocate(DatagramStatistics.SMALLEST_BYTES);
    private final DatagramStatistics statistics = new DatagramStatistics();

    @Test
    void aGapInTheNumbersIsALoss() {
        add(0, 1, 4, 5);

        assertThat(statistics.received().total()).isEqualTo(4);
        assertThat(statistics.content().total()).isEqualTo(4 * DatagramStatistics.SMALLEST_BYTES);
        assertThat(statistics.lost()).isEqualTo(2);
        assertThat(statistics.reordered()).isZero();
    }

    @Test
    void whatComesLateIsReorderedAndNotLost() {
        add(0, 2, 1, 3);

        assertThat(statistics.lost()).isZero();
        assertThat(statistics.reordered()).isEqualTo(1);
    }

    @Test
    void jitterIsZeroForEqualTravelTimesWhateverTheClocks() {
        for (long number = 0; number < 100; number++) {
            DatagramStatistics.stamp(datagram, number, number * 1000);
            statistics.add(datagram, 1_000_000_000_000L + number * 1000);
        }

        assertThat(statistics.jitterUs()).isZero();
    }

    @Test
    void jitterApproachesTheMeanDeviationOfTravelTimes() {
        // Travel times alternate between 0 and 160 us: every difference is 160 us, and J += (160 - J) / 16.
        for (long number = 0; number < 1000; number++) {
            DatagramStatistics.stamp(datagram, number, 0);
            statistics.add(datagram, number % 2 * 160_000);
        }

        assertThat(statistics.jitterUs()).isCloseTo(160, within(0.001));
    }

    private void add(long... numbers) {
        for (long number : numbers) {
            DatagramStatistics.stamp(datagram, number, 0);
            statistics.add(datagram, 0);
        }
    }
}
