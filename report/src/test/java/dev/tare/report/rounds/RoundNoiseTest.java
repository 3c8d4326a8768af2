package dev.tare.report.rounds;

import static dev.tare.report.rounds.SeriesTest.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.efficiency.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundNoiseTest {
    @Test
    void itIsWhatAMeanOfAsManyRoundsMayDifferBy() {
        // The logarithms' root mean square is ln 1.01 in both rounds, t of two degrees of freedom is 4.3027.
        Interval band = RoundNoise.of(List.of(List.of(series(100, 101), series(101, 100))))
                .orElseThrow();

        double floor = 4.3027 * Math.log(1.01) / Math.sqrt(2);
        assertThat(Math.log(band.high())).isCloseTo(floor, within(1e-6));
        assertThat(Math.log(band.low())).isCloseTo(-floor, within(1e-6));
    }

    @Test
    void hostsAddToWhatIsKnownAndNotToTheRounds() {
        // Four differences in two rounds: two are ln 1.01, two are 0; t of four degrees of freedom is 2.7764.
        Interval band = RoundNoise.of(
                        List.of(List.of(series(100, 101), series(101, 100)), List.of(series(10, 10), series(10, 10))))
                .orElseThrow();

        assertThat(Math.log(band.high()))
                .isCloseTo(2.7764 * Math.log(1.01) * Math.sqrt(0.5) / Math.sqrt(2), within(1e-6));
    }

    @Test
    void hostsAreNotHeldAgainstEachOther() {
        Interval band = RoundNoise.of(
                        List.of(List.of(series(100, 100), series(100, 100)), List.of(series(10, 10), series(10, 10))))
                .orElseThrow();

        assertThat(band).isEqualTo(new Interval(1, 1));
    }

    @Test
    void whatRanOnceInEachRoundKnowsNone() {
        assertThat(RoundNoise.of(List.of(List.of(series(100, 90)), List.of()))).isEmpty();
        assertThat(RoundNoise.of(List.of())).isEmpty();
    }
}
