package dev.tare.report.rounds;

import static dev.tare.report.rounds.SeriesTest.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.efficiency.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RoundNoiseTest {
    @Test
    void itIsTheFarEndOfWhatOccurrencesOfARoundDifferBy() {
        // |ln(101/100)|, |ln(100/101)|, |ln(100/99)|, |ln(99/100)|: the largest, for four values have no finer
        // percentile.
        Interval band = RoundNoise.of(List.of(List.of(series(100, 101, 99, 100), series(101, 100, 100, 99))))
                .orElseThrow();

        assertThat(band.high()).isCloseTo(100.0 / 99, within(1e-12));
        assertThat(band.low()).isCloseTo(99.0 / 100, within(1e-12));
    }

    @Test
    void hostsAreNotHeldAgainstEachOther() {
        Interval band = RoundNoise.of(
                        List.of(List.of(series(100, 100), series(100, 101)), List.of(series(10, 10), series(10, 10))))
                .orElseThrow();

        assertThat(band.high()).isCloseTo(1.01, within(1e-12));
    }

    @Test
    void whatRanOnceInEachRoundKnowsNone() {
        assertThat(RoundNoise.of(List.of(List.of(series(100, 90)), List.of()))).isEmpty();
        assertThat(RoundNoise.of(List.of())).isEmpty();
    }
}
