package dev.tare.net.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class TallyTest {
    private final ByteBuffer datagram = ByteBuffer.allocate(Numbered.SMALLEST_BYTES);
    private final Tally tally = new Tally();

    @Test
    void aGapInTheNumbersIsALoss() {
        add(0, 1, 4, 5);

        assertThat(tally.received().total()).isEqualTo(4);
        assertThat(tally.content().total()).isEqualTo(4 * Numbered.SMALLEST_BYTES);
        assertThat(tally.lost()).isEqualTo(2);
        assertThat(tally.reordered()).isZero();
    }

    @Test
    void whatComesLateIsReorderedAndNotLost() {
        add(0, 2, 1, 3);

        assertThat(tally.lost()).isZero();
        assertThat(tally.reordered()).isEqualTo(1);
    }

    @Test
    void jitterIsZeroForEqualTravelTimesWhateverTheClocks() {
        for (long number = 0; number < 100; number++) {
            Numbered.stamp(datagram, number, number * 1000);
            tally.add(datagram, 1_000_000_000_000L + number * 1000);
        }

        assertThat(tally.jitterUs()).isZero();
    }

    @Test
    void jitterApproachesTheMeanDeviationOfTravelTimes() {
        // Travel times alternate between 0 and 160 us: every difference is 160 us, and J += (160 - J) / 16.
        for (long number = 0; number < 1000; number++) {
            Numbered.stamp(datagram, number, 0);
            tally.add(datagram, number % 2 * 160_000);
        }

        assertThat(tally.jitterUs()).isCloseTo(160, within(0.001));
    }

    private void add(long... numbers) {
        for (long number : numbers) {
            Numbered.stamp(datagram, number, 0);
            tally.add(datagram, 0);
        }
    }
}
