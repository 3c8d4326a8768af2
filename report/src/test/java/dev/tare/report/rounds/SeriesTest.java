package dev.tare.report.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.efficiency.Efficiency;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SeriesTest {
    @Test
    void theMeanIsGeometricAndItsIntervalStudentsOnLogarithms() {
        // Logarithms ln 2 and ln 8: mean ln 4, standard deviation ln 4 / sqrt(2), of their mean ln 4 / 2;
        // t(1) = 12.7062, so that the half width is 12.7062 * 0.693147 = 8.80727.
        Series series = series(2, 8);

        assertThat(series.mean()).isCloseTo(4, within(1e-12));
        assertThat(Math.log(series.interval().orElseThrow().high() / 4)).isCloseTo(8.80727, within(1e-4));
        assertThat(Math.log(4 / series.interval().orElseThrow().low())).isCloseTo(8.80727, within(1e-4));
    }

    @Test
    void whatIsNoPositiveNumberIsNoRound() {
        assertThat(series(1, Double.NaN, 0, -1, Double.POSITIVE_INFINITY).byRound())
                .isEqualTo(Map.of(1, 1.0));
        assertThat(series(1).interval()).isEmpty();
    }

    @Test
    void aSumHasTheRoundsThatAllHave() {
        Series first = new Series(new TreeMap<>(Map.of(1, 1.0, 2, 2.0)));
        Series second = new Series(new TreeMap<>(Map.of(2, 3.0, 3, 4.0)));

        assertThat(Series.sum(List.of(first, second)).byRound()).isEqualTo(Map.of(2, 5.0));
        assertThat(Series.sum(List.of(first, second)).dividedBy(2).byRound()).isEqualTo(Map.of(2, 2.5));
        assertThat(Series.sum(List.of()).isEmpty()).isTrue();
    }

    @Test
    void roundsThatAlternateArePairedSoThatWhatHitsBothCancels() {
        // The machine is half as fast in round 2, for both alike: 90 % in each round.
        Efficiency paired = series(90, 45, 90.9).against(series(100, 50, 101));

        assertThat(paired.ratio()).isCloseTo(0.9, within(1e-12));
        assertThat(paired.interval().orElseThrow().halfWidth()).isLessThan(1e-9);
    }

    @Test
    void withoutRoundsInCommonAllAreComparedWithAll() {
        Series later = new Series(new TreeMap<>(Map.of(4, 80.0, 5, 100.0)));

        Efficiency welch = later.against(series(100, 100));

        // sqrt(80 * 100) / 100
        assertThat(welch.ratio()).isCloseTo(0.894427, within(1e-6));
        assertThat(welch.interval().orElseThrow().contains(1)).isTrue();
    }

    static Series series(double... values) {
        SortedMap<Integer, Double> byRound = new TreeMap<>();
        for (int i = 0; i < values.length; i++) {
            byRound.put(i + 1, values[i]);
        }
        return new Series(byRound);
    }
}
