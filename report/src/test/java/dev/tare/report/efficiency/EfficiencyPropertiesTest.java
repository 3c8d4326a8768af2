package dev.tare.report.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.report.unit.Direction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** What must hold for any forks, tried on random ones over many orders of magnitude. */
final class EfficiencyPropertiesTest {
    private static final long SEED = 65537;
    private static final int TRIALS = 300;
    private static final Percentage EXACT = Percentage.withPercentage(1e-6);

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    private ForkMeans forks() {
        double level = Math.pow(10, random.nextInt(-9, 10));
        return new ForkMeans(Stream.generate(() -> level * Math.exp(0.3 * random.nextGaussian()))
                .limit(random.nextInt(2, 8))
                .toList());
    }

    private static ForkMeans times(ForkMeans forks, double factor) {
        return new ForkMeans(
                forks.values().stream().map(value -> value * factor).toList());
    }

    private static Interval interval(Efficiency efficiency) {
        return efficiency.interval().orElseThrow();
    }

    private void forRandomSides(Property property) {
        System.out.println("seed " + SEED);
        for (int trial = 0; trial < TRIALS; trial++) {
            property.check(forks(), forks());
        }
    }

    private interface Property {
        void check(ForkMeans baseline, ForkMeans guest);
    }

    @Test
    void theUnitDoesNotMatter() {
        forRandomSides((baseline, guest) -> {
            Efficiency original = Efficiency.of(baseline, guest, Direction.MORE_IS_BETTER);
            Efficiency scaled = Efficiency.of(times(baseline, 1e6), times(guest, 1e6), Direction.MORE_IS_BETTER);
            assertThat(scaled.ratio()).isCloseTo(original.ratio(), EXACT);
            assertThat(interval(scaled).low()).isCloseTo(interval(original).low(), EXACT);
            assertThat(interval(scaled).high()).isCloseTo(interval(original).high(), EXACT);
        });
    }

    @Test
    void aTimePerOperationAndItsRateHaveTheSameEfficiency() {
        forRandomSides((baseline, guest) -> {
            ForkMeans baselineTimes = new ForkMeans(
                    baseline.values().stream().map(value -> 1 / value).toList());
            ForkMeans guestTimes = new ForkMeans(
                    guest.values().stream().map(value -> 1 / value).toList());
            Efficiency rates = Efficiency.of(baseline, guest, Direction.MORE_IS_BETTER);
            Efficiency times = Efficiency.of(baselineTimes, guestTimes, Direction.LESS_IS_BETTER);
            assertThat(times.ratio()).isCloseTo(rates.ratio(), EXACT);
            assertThat(interval(times).high()).isCloseTo(interval(rates).high(), EXACT);
        });
    }

    @Test
    void exchangedSidesHaveTheInverse() {
        forRandomSides((baseline, guest) -> {
            Efficiency there = Efficiency.of(baseline, guest, Direction.MORE_IS_BETTER);
            Efficiency back = Efficiency.of(guest, baseline, Direction.MORE_IS_BETTER);
            assertThat(back.ratio()).isCloseTo(1 / there.ratio(), EXACT);
            assertThat(interval(back).low()).isCloseTo(1 / interval(there).high(), EXACT);
        });
    }

    @Test
    void theOrderOfForksDoesNotMatterAndTheIntervalHoldsTheRatio() {
        forRandomSides((baseline, guest) -> {
            Efficiency original = Efficiency.of(baseline, guest, Direction.MORE_IS_BETTER);
            List<Double> reversed = new ArrayList<>(guest.values());
            Collections.reverse(reversed);
            Efficiency other = Efficiency.of(baseline, new ForkMeans(reversed), Direction.MORE_IS_BETTER);
            assertThat(other.ratio()).isCloseTo(original.ratio(), EXACT);
            assertThat(interval(original).contains(original.ratio())).isTrue();
        });
    }

    @Test
    void aSideAgainstItselfIsAHundredPercent() {
        forRandomSides((baseline, guest) -> {
            Efficiency same = Efficiency.of(guest, guest, Direction.LESS_IS_BETTER);
            assertThat(same.ratio()).isEqualTo(1);
            assertThat(interval(same).contains(1)).isTrue();
        });
    }
}
