package dev.tare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** What must hold of scales and ticks for any range, tried on random ones over 21 orders of magnitude. */
final class ScalePropertiesTest {
    private static final long SEED = 20100331;
    private static final int TRIALS = 3000;
    private static final double PIXELS = 300;
    private static final double GAP = 30;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    private double value() {
        return Math.pow(10, random.nextDouble(-9, 12));
    }

    private interface Property {
        void check(Scale scale);
    }

    private void forRandomScales(Property property) {
        System.out.println("seed " + SEED);
        for (int trial = 0; trial < TRIALS; trial++) {
            double low = value();
            double high = random.nextInt(10) == 0 ? low : value();
            property.check(Scale.linear(low, high, 0, PIXELS));
            property.check(Scale.linear(-high, low, PIXELS, 0));
            property.check(Scale.logarithmic(low, high, 0, PIXELS));
            property.check(Scale.logarithmic(low, low * (1 + random.nextDouble()), 0, PIXELS));
            property.check(Scale.fromZero(high, PIXELS, 0, 4));
        }
    }

    @Test
    void ticksLieOnTheAxisFarEnoughApartAndReadDifferently() {
        forRandomScales(scale -> {
            List<Scale.Tick> ticks = scale.ticks(GAP);
            assertThat(ticks).isNotEmpty().hasSizeLessThanOrEqualTo((int) (PIXELS / GAP) + 1);
            assertThat(new HashSet<>(ticks.stream().map(Scale.Tick::label).toList()))
                    .hasSameSizeAs(ticks);
            for (int i = 0; i < ticks.size(); i++) {
                assertThat(scale.at(ticks.get(i).value())).isBetween(-0.01, PIXELS + 0.01);
                if (i > 0) {
                    double apart = scale.at(ticks.get(i).value())
                            - scale.at(ticks.get(i - 1).value());
                    assertThat(Math.abs(apart)).isGreaterThanOrEqualTo(GAP - 1e-6);
                }
            }
        });
    }

    /** Bar charts ask for a fifth of the axis: a rounding error must not leave one tick of six. */
    @Test
    void ticksThatFitExactlyAreAllNamed() {
        for (int bottom = 100; bottom < 400; bottom++) {
            assertThat(Scale.fromZero(9.63, bottom, bottom - 104, 4).ticks(104.0 / 5))
                    .as("bottom %s", bottom)
                    .extracting(Scale.Tick::label)
                    .containsExactly("0", "2", "4", "6", "8", "10");
        }
    }

    @Test
    void theEndsHaveTheEndsOfTheAxis() {
        forRandomScales(scale -> {
            double low = scale.at(scale.low());
            double high = scale.at(scale.high());
            assertThat(Math.min(low, high)).isEqualTo(0, within(1e-6));
            assertThat(Math.max(low, high)).isEqualTo(PIXELS, within(1e-6));
        });
    }

    @Test
    void whatLeavesTheAxisIsHeldAtItsEnd() {
        forRandomScales(scale -> {
            double beyond = scale.high() + (scale.high() - scale.low()) + 1;
            assertThat(scale.holds(beyond)).isFalse();
            assertThat(scale.clamped(beyond)).isEqualTo(scale.at(scale.high()), within(1e-6));
            assertThat(scale.holds(scale.high())).isTrue();
            assertThat(scale.holds(scale.low())).isTrue();
        });
    }

    @Test
    void aScaleFromZeroEndsAtARoundNumberNotBelowTheLargestValue() {
        for (int trial = 0; trial < TRIALS; trial++) {
            double largest = value();
            Scale scale = Scale.fromZero(largest, 0, PIXELS, 4);
            assertThat(scale.low()).isZero();
            assertThat(scale.high()).isBetween(largest * (1 - 1e-9), largest * 2.5);
        }
    }

    @Test
    void whatIsNotPositiveHasNoPlaceOnALogarithmicScale() {
        Scale scale = Scale.logarithmic(1, 100, 0, PIXELS);
        assertThat(Double.isFinite(scale.at(0))).isFalse();
        assertThat(scale.at(-1)).isNaN();
        assertThat(scale.at(10)).isEqualTo(PIXELS / 2, within(1e-9));
    }
}
