package dev.tare.report.rounds;

import static dev.tare.report.rounds.SeriesTest.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.efficiency.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FairnessTest {
    @Test
    void equalSharesAreFair() {
        Fairness fairness =
                Fairness.of(List.of(series(0.5, 0.5), series(0.5, 0.5))).orElseThrow();

        assertThat(fairness.index()).isCloseTo(1, within(1e-12));
        assertThat(fairness.leastOverMost()).isEqualTo(1);
    }

    @Test
    void threeToOneIsFourFifths() {
        // (0.75 + 0.25)^2 / (2 (0.5625 + 0.0625)) = 1 / 1.25
        Fairness fairness = Fairness.of(List.of(series(0.75), series(0.25))).orElseThrow();

        assertThat(fairness.index()).isCloseTo(0.8, within(1e-12));
        assertThat(fairness.worst()).isEqualTo(1);
        assertThat(fairness.leastOverMost()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(fairness.interval()).isEmpty();
    }

    @Test
    void oneThatHasAllOfNIsOneNth() {
        Fairness fairness = Fairness.of(List.of(series(1), series(1e-9), series(1e-9), series(1e-9)))
                .orElseThrow();

        assertThat(fairness.index()).isCloseTo(0.25, within(1e-8));
    }

    @Test
    void theIntervalIsThatOfTheDeltaMethod() {
        // Means 0.75 and 0.25, S = 1, Q = 0.625, n = 2: g = 2/1.25 - 2 m / 0.78125, so g1 = -0.32, g2 = 0.96.
        // Round 1 adds -0.32 * 0.05 + 0.96 * -0.05 = -0.064, round 2 the opposite: sd 0.064 sqrt(2), of the mean 0.064;
        // t(1) = 12.7062 makes 0.8132, cut to 1/2..1.
        Interval wide = Fairness.of(List.of(series(0.8, 0.7), series(0.2, 0.3)))
                .flatMap(Fairness::interval)
                .orElseThrow();
        assertThat(wide).isEqualTo(new Interval(0.5, 1));

        // A hundredth of that: 0.00064 * 12.7062 = 0.008132.
        Interval narrow = Fairness.of(List.of(series(0.7505, 0.7495), series(0.2495, 0.2505)))
                .flatMap(Fairness::interval)
                .orElseThrow();
        assertThat(narrow.low()).isCloseTo(0.8 - 0.008132, within(1e-5));
        assertThat(narrow.high()).isCloseTo(0.8 + 0.008132, within(1e-5));
    }

    @Test
    void oneHostIsNeitherFairNorUnfair() {
        assertThat(Fairness.of(List.of(series(1, 1)))).isEmpty();
        assertThat(Fairness.of(List.of(series(), series(1)))).isEmpty();
    }
}
