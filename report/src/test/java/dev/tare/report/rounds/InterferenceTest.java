package dev.tare.report.rounds;

import static dev.tare.report.rounds.SeriesTest.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.rounds.Interference.Cell;
import dev.tare.report.rounds.Interference.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterferenceTest {
    @Test
    void holmMultipliesByWhatIsLeftAndNeverFalls() {
        // Sorted 0.01, 0.02, 0.03, 0.5: times 4, 3, 2, 1 makes 0.04, 0.06, 0.06 (not less than the one before), 0.5.
        assertThat(Interference.holm(new double[] {0.5, 0.01, 0.03, Double.NaN, 0.02}))
                .containsExactly(new double[] {0.5, 0.04, 0.06, Double.NaN, 0.06}, within(1e-12));
        assertThat(Interference.holm(new double[] {0.4, 0.9})).containsExactly(new double[] {0.8, 0.9}, within(1e-12));
    }

    @Test
    void aCellThatLosesHalfIsFoundAndOneThatLosesNothingIsNot() {
        List<Series> baselines = List.of(series(100, 101, 99, 100), series(101, 100, 100, 99));

        Interference matrix = Interference.of(List.of(
                new Pair("cpu", "cpu", series(50, 50.5, 49.6, 50.2), baselines),
                new Pair("cpu", "disk", series(100.4, 100.1, 99.9, 99.6), baselines)));

        // |ln(101/100)|, |ln(100/101)|, |ln(100/99)|, |ln(99/100)|: the largest, for four values have no finer
        // percentile.
        assertThat(matrix.noiseFloor()).hasValueCloseTo(Math.log(100.0 / 99), within(1e-12));
        Cell found = matrix.cells().get(0);
        assertThat(found.ratio()).isCloseTo(0.5, within(0.01));
        assertThat(found.p()).isLessThan(0.05);
        assertThat(found.evidence()).isTrue();
        assertThat(matrix.cells().get(1).evidence()).isFalse();
    }

    @Test
    void anEffectBelowTheFloorIsNoEvidenceHoweverSure() {
        // One per cent in every round, where the same baseline differs from itself by five.
        Interference matrix = Interference.of(List.of(new Pair(
                "cpu",
                "cpu",
                series(99, 99.01, 98.99, 99),
                List.of(series(97.5, 102.5, 97.5, 102.5), series(102.5, 97.5, 102.5, 97.5)))));

        assertThat(matrix.cells().get(0).p()).isLessThan(0.05);
        assertThat(matrix.cells().get(0).evidence()).isFalse();
    }

    @Test
    void withoutASecondBaselineNothingIsEvidence() {
        Interference matrix =
                Interference.of(List.of(new Pair("cpu", "cpu", series(50, 51, 49), List.of(series(100, 100, 100)))));

        assertThat(matrix.noiseFloor()).isEmpty();
        assertThat(matrix.cells().get(0).evidence()).isFalse();
    }

    @Test
    void oneRoundHasNoProbability() {
        Interference matrix = Interference.of(List.of(new Pair("cpu", "cpu", series(50), List.of(series(100)))));

        assertThat(matrix.cells().get(0).p()).isNaN();
        assertThat(matrix.cells().get(0).ratio()).isCloseTo(0.5, within(1e-12));
        assertThat(Interference.of(List.of(new Pair("cpu", "cpu", series(), List.of(series(100)))))
                        .cells())
                .isEmpty();
    }
}
