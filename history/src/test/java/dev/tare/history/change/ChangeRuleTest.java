package dev.tare.history.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Series whose truth is known. */
final class ChangeRuleTest {
    private static final int NIGHTS = 60;

    /** Noise of 2 %, the same in each build. */
    private static double[] series(int nights, IntToDoubleFunction level) {
        double[] noise = SimulatedSeries.noise(11, 0, nights);
        double[] values = new double[nights];
        for (int i = 0; i < nights; i++) {
            values[i] = level.applyAsDouble(i) * Math.exp(0.02 * noise[i]);
        }
        return values;
    }

    private static List<Change> changes(double[] values) {
        return ChangeRule.DEFAULT.changes(values);
    }

    @Test
    void noiseHasNoChange() {
        assertThat(changes(series(NIGHTS, night -> 100))).isEmpty();
    }

    @Test
    void aStepIsFoundWhereItIsAndAsLargeAsItIs() {
        List<Change> changes = changes(series(NIGHTS, night -> night < 40 ? 100 : 90));

        assertThat(changes).hasSize(1);
        Change step = changes.get(0);
        assertThat(step.index()).isEqualTo(40);
        assertThat(step.ratio()).isCloseTo(0.9, within(0.01));
        assertThat(step.nightsAfter()).isEqualTo(20);
        assertThat(step.p()).isLessThan(1e-10);
    }

    @Test
    void twoStepsAreTwoChangesAlsoWhenTheSecondTakesTheFirstBack() {
        assertThat(changes(series(NIGHTS, night -> night < 20 ? 100 : night < 40 ? 90 : 80)))
                .extracting(Change::index)
                .containsExactly(20, 40);
        assertThat(changes(series(NIGHTS, night -> night < 20 || night >= 40 ? 100 : 90)))
                .extracting(Change::index)
                .containsExactly(20, 40);
    }

    @Test
    void threeNightsAfterAStepAreTheFewestThatCanShowIt() {
        assertThat(changes(series(42, night -> night < 40 ? 100 : 70))).isEmpty();
        assertThat(changes(series(43, night -> night < 40 ? 100 : 70)))
                .extracting(Change::index)
                .containsExactly(40);
    }

    @Test
    void oneSpikeIsNoChangeHoweverHighItIs() {
        assertThat(changes(series(NIGHTS, night -> night == 30 ? 200 : 100))).isEmpty();
        assertThat(changes(series(NIGHTS, night -> night == NIGHTS - 1 ? 20 : 100)))
                .isEmpty();
    }

    @Test
    void aVarianceThatChangesIsNoChangeOfTheMean() {
        double[] noise = SimulatedSeries.noise(12, 0, NIGHTS);
        double[] values = new double[NIGHTS];
        for (int i = 0; i < NIGHTS; i++) {
            values[i] = 100 * Math.exp(noise[i] * (i < 30 ? 0.005 : 0.05));
        }

        assertThat(changes(values)).isEmpty();
    }

    @Test
    void driftIsToldAsChangesOfOneDirection() {
        List<Change> changes = changes(series(NIGHTS, night -> 100 * Math.exp(-0.004 * night)));

        assertThat(changes).isNotEmpty().allMatch(change -> change.ratio() < 1);
    }

    @Test
    void twoModesInTurnAreNoChange() {
        double[] noise = SimulatedSeries.noise(13, 0, NIGHTS);

        assertThat(changes(series(NIGHTS, night -> noise[night] > 0.5 ? 90 : 100)))
                .isEmpty();
    }

    @Test
    void aSeriesWithoutNoiseHasNoChangeAndAStepInItIsCertain() {
        double[] constant = new double[NIGHTS];
        Arrays.fill(constant, 42);
        assertThat(changes(constant)).isEmpty();

        Arrays.fill(constant, 50, NIGHTS, 40);
        assertThat(changes(constant)).extracting(Change::index).containsExactly(50);
        assertThat(changes(constant).get(0).p()).isLessThan(1e-12);
    }

    @Test
    void whatIsSmallerThanTheFloorIsNotToldHoweverCertain() {
        double[] values = series(NIGHTS, night -> night < 30 ? 100 : 94);

        assertThat(changes(values)).hasSize(1);
        assertThat(ChangeRule.DEFAULT.atLeast(0.10).changes(values)).isEmpty();
        assertThat(ChangeRule.DEFAULT.atLeast(0.001)).isEqualTo(ChangeRule.DEFAULT);
    }

    @Test
    void nightsThatResembleEachOtherCountForLess() {
        double[] noise = SimulatedSeries.noise(14, 0.6, NIGHTS);
        double[] values = new double[NIGHTS];
        for (int i = 0; i < NIGHTS; i++) {
            values[i] = (i < 50 ? 100 : 85) * Math.exp(0.02 * noise[i]);
        }

        List<Change> changes = changes(values);

        assertThat(changes).extracting(Change::index).containsExactly(50);
        assertThat(changes.get(0).autocorrelation()).isBetween(0.3, 0.9);
    }

    @Test
    void theSameSeriesGivesTheSameAnswer() {
        double[] values = series(NIGHTS, night -> night < 33 ? 100 : 95);

        assertThat(changes(values)).isEqualTo(changes(values));
    }

    @Test
    void aFewNightsHaveNoChange() {
        for (int nights = 0; nights <= 6; nights++) {
            assertThat(changes(series(nights, night -> 100))).isEmpty();
        }
    }

    @Test
    void whatHasNoLogarithmIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes(new double[] {1, 0, 2}))
                .withMessage("Expected positive values, got 0.0 at 1");
    }
}
