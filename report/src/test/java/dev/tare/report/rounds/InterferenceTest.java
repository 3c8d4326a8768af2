package dev.tare.report.rounds;

import static dev.tare.report.rounds.SeriesTest.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.rounds.Interference.Cell;
import dev.tare.report.rounds.Interference.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterferenceTest {
    /** A victim whose noise is that of its own baselines. */
    static Pair pair(String victim, String aggressor, Series beside, List<Series> baselines) {
        return new Pair(victim, aggressor, beside, Series.ofOccurrences(baselines), RoundNoise.of(List.of(baselines)));
    }

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
                pair("cpu", "cpu", series(50, 50.5, 49.6, 50.2), baselines),
                pair("cpu", "disk", series(100.4, 100.1, 99.9, 99.6), baselines)));

        Cell found = matrix.cells().get(0);
        assertThat(found.ratio()).isCloseTo(0.5, within(0.01));
        assertThat(found.p()).isLessThan(0.05);
        assertThat(found.evidence()).isTrue();
        assertThat(matrix.cells().get(1).evidence()).isFalse();
    }

    @Test
    void anEffectBelowTheFloorIsNoEvidenceHoweverSure() {
        // One per cent in every round, where the same baseline differs from itself by five.
        Interference matrix = Interference.of(List.of(pair(
                "cpu",
                "cpu",
                series(99, 99.01, 98.99, 99),
                List.of(series(97.5, 102.5, 97.5, 102.5), series(102.5, 97.5, 102.5, 97.5)))));

        assertThat(matrix.cells().get(0).p()).isLessThan(0.05);
        assertThat(matrix.cells().get(0).evidence()).isFalse();
    }

    @Test
    void aVictimThatScattersHidesNothingOfOneThatDoesNot() {
        Interference matrix = Interference.of(List.of(
                pair(
                        "disk",
                        "disk",
                        series(71, 71.3, 71.6, 71.2),
                        List.of(series(100, 101, 99, 100), series(101, 100, 100, 99))),
                pair(
                        "net",
                        "disk",
                        series(71, 71.3, 71.6, 71.2),
                        List.of(series(60, 140, 60, 140), series(140, 60, 140, 60)))));

        assertThat(matrix.cells().get(0).evidence()).isTrue();
        assertThat(matrix.cells().get(1).evidence()).isFalse();
    }

    @Test
    void withoutASecondBaselineNothingIsEvidence() {
        Interference matrix =
                Interference.of(List.of(pair("cpu", "cpu", series(50, 51, 49), List.of(series(100, 100, 100)))));

        assertThat(matrix.cells().get(0).p()).isLessThan(0.05);
        assertThat(matrix.cells().get(0).evidence()).isFalse();
    }

    @Test
    void oneRoundHasNoProbability() {
        Interference matrix = Interference.of(List.of(pair("cpu", "cpu", series(50), List.of(series(100)))));

        assertThat(matrix.cells().get(0).p()).isNaN();
        assertThat(matrix.cells().get(0).ratio()).isCloseTo(0.5, within(1e-12));
        assertThat(Interference.of(List.of(pair("cpu", "cpu", series(), List.of(series(100)))))
                        .cells())
                .isEmpty();
    }
}
