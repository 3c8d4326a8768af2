package dev.tare.report.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.unit.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EfficiencyTest {
    private static final long SEED = 20101122;

    private static ForkMeans forks(Double... values) {
        return new ForkMeans(List.of(values));
    }

    @Test
    void halfTheRateAndTwiceTheTimeAreBothFiftyPercent() {
        assertThat(Efficiency.of(forks(10.0), forks(5.0), Direction.MORE_IS_BETTER)
                        .ratio())
                .isEqualTo(0.5, within(1e-12));
        assertThat(Efficiency.of(forks(10.0), forks(20.0), Direction.LESS_IS_BETTER)
                        .ratio())
                .isEqualTo(0.5, within(1e-12));
    }

    @Test
    void theIntervalIsWelchsOnLogarithms() {
        // Logarithms 0, 1, 2 against 1, 1.5: means 1 and 1.25, squared errors 1/3 and 1/16, in all 19/48.
        // Degrees of freedom (19/48)^2 / ((1/3)^2 / 2 + (1/16)^2 / 1) = 361/2304 / (137/2304) = 361/137 = 2.635;
        // t(0.975; 2.635) = 3.446938, half-width 3.446938 * sqrt(19/48).
        Efficiency efficiency =
                Efficiency.of(forks(1.0, Math.E, Math.exp(2)), forks(Math.E, Math.exp(1.5)), Direction.MORE_IS_BETTER);
        Interval interval = efficiency.interval().orElseThrow();
        assertThat(Math.log(efficiency.ratio())).isEqualTo(0.25, within(1e-12));
        double halfWidth = Math.log(interval.high()) - 0.25;
        assertThat(halfWidth).isEqualTo(0.25 - Math.log(interval.low()), within(1e-12));
        assertThat(halfWidth / Math.sqrt(19.0 / 48)).isEqualTo(3.446938, within(1e-6));
    }

    @Test
    void oneForkOnEitherSideHasNoInterval() {
        assertThat(Efficiency.of(forks(1.0), forks(1.0, 2.0), Direction.MORE_IS_BETTER)
                        .interval())
                .isEmpty();
        assertThat(Efficiency.of(forks(1.0, 2.0), forks(1.0), Direction.MORE_IS_BETTER)
                        .interval())
                .isEmpty();
        assertThat(forks(1.0).interval()).isEmpty();
    }

    @Test
    void forksWithoutSpreadHaveAnIntervalAsWideAsTheirResolution() {
        // Half a unit of 3 % on one side and of 1 % on the other: 1.015 * 1.005 both ways.
        Efficiency equal = Efficiency.of(coarse(0.03, 4.0, 4.0), coarse(0.01, 2.0, 2.0), Direction.MORE_IS_BETTER);
        Interval interval = equal.interval().orElseThrow();
        assertThat(interval.low()).isEqualTo(0.5 / (1.015 * 1.005), within(1e-12));
        assertThat(interval.high()).isEqualTo(0.5 * 1.015 * 1.005, within(1e-12));
        assertThat(equal.limitedByResolution()).isTrue();

        ForkMeans alone = coarse(0.03, 4.0, 4.0);
        assertThat(alone.interval()).contains(new Interval(4.0 - 0.06, 4.0 + 0.06));
        assertThat(alone.isLimitedByResolution()).isTrue();
    }

    @Test
    void forksThatDifferByMoreThanTheResolutionHaveWelchsInterval() {
        Efficiency fine = Efficiency.of(forks(4.0, 5.0), forks(2.0, 3.0), Direction.MORE_IS_BETTER);
        Efficiency coarse = Efficiency.of(coarse(0.03, 4.0, 5.0), coarse(0.03, 2.0, 3.0), Direction.MORE_IS_BETTER);
        assertThat(coarse).isEqualTo(fine);
        assertThat(coarse.limitedByResolution()).isFalse();
    }

    @Test
    void equalForksOfWhichOnlyTheDigitsAreKnownAreKnownToFourOfThem() {
        // 0.9691 and 1.000 are each known to half a unit of the fourth digit, 0.00005 and 0.0005.
        Interval interval = Efficiency.of(forks(1.0, 1.0), forks(0.9691, 0.9691), Direction.MORE_IS_BETTER)
                .interval()
                .orElseThrow();
        assertThat(interval.low()).isEqualTo(0.9691 / (1 + 0.00005 / 0.9691) / 1.0005, within(1e-9));
        assertThat(interval.high()).isEqualTo((0.9691 + 0.00005) * 1.0005, within(1e-9));
    }

    private static ForkMeans coarse(double resolution, Double... values) {
        return new ForkMeans(List.of(values), resolution);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "NaN", "Infinity"})
    void whatIsNotPositiveIsRefusedInWords(double value) {
        ForkMeans broken = forks(1.0, value);
        assertThat(broken.obstacle()).contains("fork 2 of 2 is " + value + ", expected a positive number");
        assertThatThrownBy(() -> Efficiency.of(forks(1.0, 1.0), broken, Direction.MORE_IS_BETTER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The guest has no efficiency: fork 2 of 2");
    }

    @Test
    void aQuantityThatImprovesInNoDirectionHasNoEfficiency() {
        assertThatThrownBy(() -> Efficiency.of(forks(1.0), forks(1.0), Direction.NEITHER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 0.01, 0.01", "3, 3, 0.01, 0.01", "3, 3, 0.01, 0.10", "5, 5, 0.02, 0.02", "10, 10, 0.3, 0.3"})
    void ninetyFiveOfAHundredIntervalsHoldTheTruth(int nativeForks, int guestForks, double nativeCv, double guestCv) {
        assertThat(coverage(nativeForks, guestForks, nativeCv, guestCv)).isBetween(0.943, 0.985);
    }

    @ParameterizedTest
    @CsvSource({"3, 10, 0.05, 0.02", "3, 10, 0.02, 0.05", "2, 10, 0.02, 0.02"})
    void fewForksAgainstManyCostUpToFivePointsOfCoverage(
            int nativeForks, int guestForks, double nativeCv, double guestCv) {
        assertThat(coverage(nativeForks, guestForks, nativeCv, guestCv)).isBetween(0.89, 0.96);
    }

    /** The reason for means of forks: iterations of one fork share its level, so that pooling them promises too much. */
    @ParameterizedTest
    @CsvSource({"0.01, 0.01, 0.70, 0.80", "0.02, 0.01, 0.55, 0.70"})
    void iterationsPooledOverForksHoldTheTruthFarTooSeldom(
            double forkCv, double iterationCv, double lowest, double highest) {
        RandomGenerator random = random();
        int trials = 4000;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            List<Double> iterations = new ArrayList<>();
            for (int fork = 0; fork < 5; fork++) {
                double level = 100 * (1 + forkCv * random.nextGaussian());
                for (int iteration = 0; iteration < 5; iteration++) {
                    iterations.add(level * (1 + iterationCv * random.nextGaussian()));
                }
            }
            Interval pooled = new ForkMeans(iterations).interval().orElseThrow();
            covered += pooled.contains(100) ? 1 : 0;
        }
        double share = covered / (double) trials;
        System.out.printf(
                Locale.ROOT, "forks %.2f, iterations %.2f, pooled: coverage %.4f%n", forkCv, iterationCv, share);
        assertThat(share).isBetween(lowest, highest);
    }

    private static RandomGenerator random() {
        System.out.println("seed " + SEED);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    }

    /** The share of simulated comparisons whose interval holds the true efficiency; its standard error is 0.2 points. */
    private static double coverage(int nativeForks, int guestForks, double nativeCv, double guestCv) {
        RandomGenerator random = random();
        double truth = 0.8;
        int trials = 10_000;
        int covered = 0;
        for (int trial = 0; trial < trials; trial++) {
            ForkMeans baseline = simulated(random, nativeForks, 100, nativeCv);
            ForkMeans guest = simulated(random, guestForks, 100 * truth, guestCv);
            Interval interval = Efficiency.of(baseline, guest, Direction.MORE_IS_BETTER)
                    .interval()
                    .orElseThrow();
            covered += interval.contains(truth) ? 1 : 0;
        }
        double share = covered / (double) trials;
        System.out.printf(
                Locale.ROOT,
                "%d and %d forks that vary by %.2f and %.2f: coverage %.4f%n",
                nativeForks,
                guestForks,
                nativeCv,
                guestCv,
                share);
        return share;
    }

    /** Each fork has its own level, as JVMs do: code layout, memory placement. */
    private static ForkMeans simulated(RandomGenerator random, int forks, double level, double variation) {
        return new ForkMeans(Stream.generate(() -> level * Math.exp(variation * random.nextGaussian()))
                .limit(forks)
                .toList());
    }
}
