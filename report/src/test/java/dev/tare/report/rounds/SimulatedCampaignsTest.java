package dev.tare.report.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.report.efficiency.Interval;
import dev.tare.report.rounds.Interference.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What intervals and tests promise, held against campaigns whose truth is known. */
final class SimulatedCampaignsTest {
    private static final int CAMPAIGNS = 2000;
    private static final int MATRICES = 200;
    /** What all hosts of a round share, and what each has for itself: the logarithms' standard deviations. */
    private static final double COMMON_NOISE = 0.03;

    private static final double OWN_NOISE = 0.03;

    private final Random random = seeded();

    private static Random seeded() {
        long seed = 20101110;
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10})
    void intervalsOfSumAndMeanCoverTheTruth(int rounds) {
        List<Double> truth = List.of(100.0, 80.0, 60.0);

        double sums = coverage(rounds, truth, 240, hosts -> Series.sum(hosts).interval());
        double means = coverage(
                rounds, truth, 80, hosts -> Series.sum(hosts).dividedBy(3).interval());

        assertThat(sums).as("sum, %d rounds", rounds).isBetween(0.93, 0.97);
        assertThat(means).as("mean, %d rounds", rounds).isBetween(0.93, 0.97);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 10})
    void theIntervalOfTheIndexCoversTheTruth(int rounds) {
        // (1 + 0.8 + 0.6)^2 / (3 (1 + 0.64 + 0.36)) = 5.76 / 6
        double unequal = coverage(
                rounds,
                List.of(1.0, 0.8, 0.6),
                0.96,
                hosts -> Fairness.of(hosts).flatMap(Fairness::interval));
        double oneToThree = coverage(
                rounds, List.of(0.75, 0.25), 0.8, hosts -> Fairness.of(hosts).flatMap(Fairness::interval));

        assertThat(unequal).as("100 : 80 : 60, %d rounds", rounds).isGreaterThanOrEqualTo(0.93);
        assertThat(oneToThree).as("3 : 1, %d rounds", rounds).isGreaterThanOrEqualTo(0.93);
    }

    @Test
    void theIntervalOfAnEfficiencyCoversTheTruth() {
        int covered = 0;
        for (int i = 0; i < CAMPAIGNS; i++) {
            List<Series> hosts = campaign(5, List.of(90.0, 100.0));
            Interval interval = hosts.get(0).against(hosts.get(1)).interval().orElseThrow();
            covered += interval.contains(0.9) ? 1 : 0;
        }

        assertThat((double) covered / CAMPAIGNS).isBetween(0.93, 0.97);
    }

    @Test
    void hostsTakenForIndependentWouldCoverTooLittle() {
        // What the rounds share is left out when variances of hosts are added: the reason why the round is the sample.
        int covered = 0;
        for (int i = 0; i < CAMPAIGNS; i++) {
            List<Series> hosts = campaign(10, List.of(100.0, 100.0, 100.0));
            double variance = hosts.stream()
                    .mapToDouble(host -> host.interval().orElseThrow().halfWidth())
                    .map(halfWidth -> halfWidth * halfWidth)
                    .sum();
            double sum = hosts.stream().mapToDouble(Series::mean).sum();
            covered += Math.abs(sum - 300) <= Math.sqrt(variance) ? 1 : 0;
        }

        assertThat((double) covered / CAMPAIGNS).isLessThan(0.9);
    }

    @Test
    void atMostFivePerCentOfMatricesWithoutInterferenceRaiseAnAlarm() {
        int alarms = 0;
        for (int i = 0; i < MATRICES; i++) {
            alarms += matrix(List.of(1.0, 1.0, 1.0, 1.0, 1.0)).cells().stream().anyMatch(Interference.Cell::evidence)
                    ? 1
                    : 0;
        }

        assertThat((double) alarms / MATRICES).isLessThanOrEqualTo(0.05);
    }

    @Test
    void anAggressorThatTakesHalfIsFoundInNearlyAllMatrices() {
        int found = 0;
        for (int i = 0; i < MATRICES; i++) {
            List<Interference.Cell> cells =
                    matrix(List.of(0.5, 1.0, 1.0, 1.0, 1.0)).cells();
            found += cells.stream().filter(cell -> cell.aggressor().equals("0")).allMatch(Interference.Cell::evidence)
                    ? 1
                    : 0;
        }

        assertThat((double) found / MATRICES).isGreaterThan(0.99);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10})
    void theNoiseFloorHoldsNearlyAllThatDiffersByChance(int rounds) {
        int within = 0;
        for (int i = 0; i < CAMPAIGNS; i++) {
            Interval floor = RoundNoise.of(List.of(List.of(alone(rounds, 100), alone(rounds, 100))))
                    .orElseThrow();
            within += floor.contains(alone(rounds, 100).over(alone(rounds, 100)).mean()) ? 1 : 0;
        }

        assertThat((double) within / CAMPAIGNS).as("%d rounds", rounds).isBetween(0.93, 0.97);
    }

    @Test
    void roundsShowWhatIsLessThanTheNoiseOfOne() {
        // 10 % lost, where two occurrences in a round differ by up to 12 % (two standard deviations).
        int found = 0;
        for (int i = 0; i < MATRICES; i++) {
            found += matrix(List.of(0.9, 1.0, 1.0, 1.0, 1.0)).cells().stream()
                                    .filter(cell -> cell.aggressor().equals("0") && cell.evidence())
                                    .count()
                            >= 3
                    ? 1
                    : 0;
        }

        assertThat((double) found / MATRICES).isGreaterThan(0.9);
    }

    /** Five victims beside five aggressors, ten rounds, each baseline twice. */
    private Interference matrix(List<Double> keptBesideAggressors) {
        int rounds = 10;
        List<Pair> pairs = new ArrayList<>();
        for (int victim = 0; victim < keptBesideAggressors.size(); victim++) {
            List<Series> baselines = List.of(alone(rounds, 100), alone(rounds, 100));
            for (int aggressor = 0; aggressor < keptBesideAggressors.size(); aggressor++) {
                Series beside = alone(rounds, 100 * keptBesideAggressors.get(aggressor));
                pairs.add(InterferenceTest.pair(String.valueOf(victim), String.valueOf(aggressor), beside, baselines));
            }
        }
        return Interference.of(pairs);
    }

    private Series alone(int rounds, double truth) {
        return campaign(rounds, List.of(truth)).get(0);
    }

    private double coverage(
            int rounds, List<Double> truth, double expected, Function<List<Series>, Optional<Interval>> interval) {
        int covered = 0;
        for (int i = 0; i < CAMPAIGNS; i++) {
            covered += interval.apply(campaign(rounds, truth)).orElseThrow().contains(expected) ? 1 : 0;
        }
        return (double) covered / CAMPAIGNS;
    }

    /** What each host has in each round. */
    private List<Series> campaign(int rounds, List<Double> truth) {
        List<SortedMap<Integer, Double>> hosts = new ArrayList<>();
        truth.forEach(any -> hosts.add(new TreeMap<>()));
        for (int round = 1; round <= rounds; round++) {
            double common = COMMON_NOISE * random.nextGaussian();
            for (int host = 0; host < truth.size(); host++) {
                double own = OWN_NOISE * random.nextGaussian();
                hosts.get(host).put(round, truth.get(host) * Math.exp(common + own));
            }
        }
        return hosts.stream().map(Series::new).toList();
    }
}
