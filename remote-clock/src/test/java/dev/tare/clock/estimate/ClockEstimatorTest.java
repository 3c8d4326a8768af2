package dev.tare.clock.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClockEstimatorTest {
    private static final long POLL_NS = 250_000_000;
    private static final long WINDOW_NS = 60_000_000_000L;
    private static final long MICRO = 1_000;

    @Test
    void twoExchangesOneSecondApartBoundTheRateByTheirRoundTrips() {
        ClockEstimator estimator = new ClockEstimator(0, WINDOW_NS);
        estimator.add(List.of(new NtpExchange(0, 10_000, 10_000, 20_000, 0)));
        estimator.add(List.of(new NtpExchange(1_000_000_000, 1_000_010_000, 1_000_010_000, 1_000_020_000, 0)));
        Estimate known = Objects.requireNonNull(estimator.estimate());
        assertThat(known.rate()).isEqualTo(1, within(1e-12));
        // The steepest line goes from the first arrival (20 us, 10 us) to the second request (1 s, 1 s + 10 us).
        assertThat(known.fastest()).isEqualTo(1e9 / (1e9 - 20_000), within(1e-12));
        // The flattest one goes from the first request (0, 10 us) to the second arrival (1 s + 20 us, 1 s + 10 us).
        assertThat(known.slowest()).isEqualTo(1e9 / (1e9 + 20_000), within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "1, 1", "1, 20", "1.00003, 1", "1.5, 1", "0.9, 0", "0.6666666, 5", "3.5, 1"})
    void everyBoundHoldsWhileTheClockWandersNoMoreThanDeclared(double rate, double wanderPpm) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            SimulatedClock clock = new SimulatedClock(rate, wanderPpm * 1e-6, random);
            ClockEstimator estimator = new ClockEstimator(wanderPpm, WINDOW_NS);
            List<ClockEstimator.Instant> past = new ArrayList<>();
            for (long pollNs = POLL_NS; pollNs < 90_000_000_000L; pollNs += POLL_NS) {
                estimator.add(burst(clock, pollNs, random));
                assertBoundsHold(clock, estimator, pollNs, past, random, "seed " + seed);
                long pastNs = pollNs - (long) (random.nextDouble() * POLL_NS);
                if (estimator.estimate() != null) {
                    past.add(estimator.instant(pastNs));
                }
            }
            assertThat(estimator.disruptions()).as("seed %d", seed).isZero();
        }
    }

    private static void assertBoundsHold(
            SimulatedClock clock,
            ClockEstimator estimator,
            long nowNs,
            List<ClockEstimator.Instant> past,
            Random random,
            String seed) {
        Estimate known = estimator.estimate();
        if (known == null) {
            return;
        }
        long aheadNs = known.localNs() + (long) (random.nextDouble() * 5e9);
        assertThat(clock.serverAt(aheadNs))
                .as("%s at %d ns", seed, aheadNs)
                .isBetween(known.earliestNs(aheadNs), known.latestNs(aheadNs));
        if (!past.isEmpty()) {
            ClockEstimator.Instant begin = past.get(random.nextInt(past.size()));
            long beginNs = begin.localNs();
            long truth = clock.serverAt(nowNs) - clock.serverAt(beginNs);
            DurationBound bound = estimator.duration(begin, nowNs);
            assertThat(truth)
                    .as("%s from %d to %d ns", seed, beginNs, nowNs)
                    .isBetween(bound.shortestNs() - 1, bound.longestNs() + 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.01", "-0.01"})
    void durationsOfTwentyMinutesAreBoundWhileTheRateDriftsAsMuchAsTheWanderAllows(double driftPpmPerSecond) {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            SimulatedClock clock = SimulatedClock.drifting(1, driftPpmPerSecond * 1e-6, 0.1e-6, 1_300, random);
            ClockEstimator estimator = new ClockEstimator(1, WINDOW_NS);
            List<ClockEstimator.Instant> past = new ArrayList<>();
            long widestNs = 0;
            for (long pollNs = POLL_NS; pollNs < 1_200_000_000_000L; pollNs += POLL_NS) {
                estimator.add(burst(clock, pollNs, random));
                assertBoundsHold(clock, estimator, pollNs, past, random, "seed " + seed);
                if (estimator.settled()) {
                    past.add(estimator.instant(pollNs));
                    DurationBound whole = estimator.duration(past.get(0), pollNs);
                    widestNs = Math.max(widestNs, whole.longestNs() - whole.shortestNs());
                }
            }
            assertThat(estimator.disruptions()).as("seed %d", seed).isZero();
            // Not the length decides, but the round trips at both ends.
            assertThat(widestNs).as("seed %d", seed).isLessThan(200 * MICRO);
        }
    }

    @ParameterizedTest
    @CsvSource({"0.01", "-0.01"})
    void readingsOfAClockThatRunsFreeForTwentyMinutesAreBoundWhileItsRateDrifts(double driftPpmPerSecond) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            SimulatedClock clock = SimulatedClock.drifting(1, driftPpmPerSecond * 1e-6, 0.1e-6, 1_300, random);
            ClockEstimator estimator = new ClockEstimator(1, WINDOW_NS);
            for (long pollNs = POLL_NS; pollNs < 60_000_000_000L; pollNs += POLL_NS) {
                estimator.add(burst(clock, pollNs, random));
            }
            Estimate known = Objects.requireNonNull(estimator.estimate());
            for (long atNs = known.localNs(); atNs < 1_200_000_000_000L; atNs += 1_000_000_000) {
                assertThat(clock.serverAt(atNs))
                        .as("seed %d at %d ns", seed, atNs)
                        .isBetween(known.earliestNs(atNs), known.latestNs(atNs));
                DurationBound second = estimator.duration(estimator.instant(atNs), atNs + 1_000_000_000);
                assertThat(clock.serverAt(atNs + 1_000_000_000) - clock.serverAt(atNs))
                        .as("seed %d from %d ns", seed, atNs)
                        .isBetween(second.shortestNs() - 1, second.longestNs() + 1);
            }
        }
    }

    /** Up to four exchanges with exponential ways, a tail of milliseconds, and losses; sometimes none is answered. */
    private static List<NtpExchange> burst(SimulatedClock clock, long beginNs, Random random) {
        List<NtpExchange> burst = new ArrayList<>();
        long sentNs = beginNs;
        for (int i = 0; i < 4; i++) {
            NtpExchange exchange = clock.exchange(sentNs, wayNs(random), random.nextInt(3_000), wayNs(random));
            if (random.nextInt(5) != 0) {
                burst.add(exchange);
            }
            sentNs = exchange.arrivedNs() + random.nextInt(1_000);
        }
        return burst;
    }

    private static long wayNs(Random random) {
        long usual = 5 * MICRO + (long) (10 * MICRO * random.nextExponential());
        return random.nextInt(20) == 0 ? usual + random.nextInt(5_000_000) : usual;
    }

    @Test
    void afterHalfAMinuteTheRateIsKnownToATenthOfAPpm() {
        Random random = new Random(1);
        SimulatedClock clock = new SimulatedClock(1.00005, 0, random);
        ClockEstimator estimator = new ClockEstimator(0, WINDOW_NS);
        for (long pollNs = POLL_NS; pollNs < 30_000_000_000L; pollNs += POLL_NS) {
            estimator.add(burst(clock, pollNs, random));
        }
        Estimate known = Objects.requireNonNull(estimator.estimate());
        assertThat(known.rate()).isEqualTo(1.00005, within(1e-7));
        assertThat(known.localRatePpm()).isEqualTo((1 / 1.00005 - 1) * 1e6, within(0.1));
        assertThat(known.localRateBoundPpm()).isLessThan(2);
    }

    @ParameterizedTest
    @CsvSource({"10000000", "-10000000", "500000000", "-60000000000"})
    void stepBetweenTwoPollsIsADisruptionAtTheSecondAndAllThatIsSaidAfterIsTrue(long stepNs) {
        for (int seed = 0; seed < 20; seed++) {
            long steppedNs = 20_100_000_000L;
            ClockEstimator estimator = new ClockEstimator(1, WINDOW_NS);
            assertTruthAfterStep(estimator, steppedNs, stepNs, seed);
            assertThat(estimator.disruptions()).as("seed %d", seed).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"100000", "10000000", "500000000"})
    void stepInTheMiddleOfAPollIsFoundBeforeTheEstimateCountsAsSettledAgain(long stepNs) {
        for (int seed = 0; seed < 100; seed++) {
            long steppedNs = 20_000_000_000L + 1_500L * seed;
            assertTruthAfterStep(new ClockEstimator(1, WINDOW_NS), steppedNs, stepNs, seed);
        }
    }

    private static void assertTruthAfterStep(ClockEstimator estimator, long steppedNs, long stepNs, int seed) {
        Random random = new Random(seed);
        SimulatedClock clock = new SimulatedClock(1, 1e-6, random);
        clock.step(steppedNs, stepNs);
        for (long pollNs = POLL_NS; pollNs < 30_000_000_000L; pollNs += POLL_NS) {
            List<NtpExchange> burst = burst(clock, pollNs, random);
            estimator.add(burst);
            if (pollNs > steppedNs && !burst.isEmpty()) {
                assertThat(estimator.disruptions())
                        .as("seed %d at %d", seed, pollNs)
                        .isPositive();
            }
            if (pollNs > steppedNs && !burst.isEmpty() && estimator.settled()) {
                assertBoundsHold(clock, estimator, pollNs, List.of(), random, "seed " + seed);
            }
        }
        assertThat(estimator.settled()).as("seed %d", seed).isTrue();
    }

    @Test
    void changeOfRateIsADisruptionBeforeItMakesAnErrorOfMoreThanARoundTrip() {
        Random random = new Random(7);
        ClockEstimator estimator = new ClockEstimator(1, WINDOW_NS);
        SimulatedClock steady = new SimulatedClock(1, 0, random);
        SimulatedClock faster = new SimulatedClock(1.0001, 0, random);
        for (long pollNs = POLL_NS; pollNs < 20_000_000_000L; pollNs += POLL_NS) {
            estimator.add(List.of(steady.exchange(pollNs, 10 * MICRO, 0, 10 * MICRO)));
        }
        assertThat(estimator.disruptions()).isZero();
        // From 20 s on 100 ppm: 25 us more with each poll, where one round trip is 20 us.
        for (long pollNs = 20_000_000_000L; pollNs < 21_000_000_000L; pollNs += POLL_NS) {
            long gainedNs = steady.serverAt(20_000_000_000L) - faster.serverAt(20_000_000_000L);
            NtpExchange e = faster.exchange(pollNs, 10 * MICRO, 0, 10 * MICRO);
            estimator.add(List.of(new NtpExchange(
                    e.sentNs(), e.serverReceivedNs() + gainedNs, e.serverSentNs() + gainedNs, e.arrivedNs(), 0)));
        }
        assertThat(estimator.disruptions()).isPositive();
    }

    @Test
    void serverThatBeginsANewTimescaleIsADisruptionHoweverSmallTheDifference() {
        ClockEstimator estimator = new ClockEstimator(1, WINDOW_NS);
        estimator.add(List.of(new NtpExchange(0, 10_000, 10_000, 20_000, 77)));
        estimator.add(List.of(new NtpExchange(1_000_000, 1_010_000, 1_010_000, 1_020_000, 77)));
        assertThat(estimator.disruptions()).isZero();
        estimator.add(List.of(new NtpExchange(2_000_000, 2_010_000, 2_010_000, 2_020_000, 78)));
        assertThat(estimator.disruptions()).isEqualTo(1);
    }

    @Test
    void exchangeThatContradictsItselfIsForgotten() {
        ClockEstimator estimator = new ClockEstimator(1, WINDOW_NS);
        // The server held the request for 100 us of a round trip of 1 us.
        estimator.add(List.of(new NtpExchange(0, 0, 100_000, 1_000, 0)));
        assertThat(estimator.estimate()).isNull();
        estimator.add(List.of(new NtpExchange(2_000, 2_500, 2_500, 3_000, 0)));
        assertThat(estimator.estimate()).isNotNull();
    }

    @Test
    void wanderThatIsNoShareIsRefused() {
        assertThatThrownBy(() -> new ClockEstimator(Double.NaN, WINDOW_NS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN");
    }
}
