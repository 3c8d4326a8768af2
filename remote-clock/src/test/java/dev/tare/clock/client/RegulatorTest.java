package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.clock.ClockStatus;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.estimate.ClockEstimator;
import dev.tare.clock.estimate.NtpExchange;
import dev.tare.clock.estimate.SimulatedClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disciplined clock in virtual time. */
final class RegulatorTest {
    private static final Discipline DISCIPLINE = Discipline.standard();
    private static final ExchangeCounts NONE = new ExchangeCounts(0, 0, 0, 0, 0, 0);
    private static final long SECOND_NS = 1_000_000_000;

    private long nowNs;

    @ParameterizedTest
    @ValueSource(doubles = {0.01, -0.01})
    void intervalOfTwentyMinutesIsConfirmedAndBoundWhileTheLocalRateDrifts(double driftPpmPerSecond) {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            SimulatedClock clock = SimulatedClock.drifting(1, driftPpmPerSecond * 1e-6, 0.1e-6, 1_300, random);
            nowNs = 0;
            ClockEstimator estimator = new ClockEstimator(
                    DISCIPLINE.wanderPpm(), DISCIPLINE.window().toNanos());
            while (!estimator.settled()) {
                estimator.add(burst(clock, DISCIPLINE.requestsPerPoll(), random));
                nowNs += SECOND_NS / 50;
            }
            Regulator regulator =
                    new Regulator(estimator, Objects.requireNonNull(estimator.estimate()), nowNs, DISCIPLINE);
            pollUntil(30 * SECOND_NS, regulator, clock, random);
            IntervalEnd begin = end(regulator, clock, random);
            pollUntil(1_230 * SECOND_NS, regulator, clock, random);
            IntervalEnd end = end(regulator, clock, random);
            MeasuredInterval interval = regulator.measure(begin, end, 0);

            long beginNs = begin.instant().localNs();
            long endNs = end.instant().localNs();
            long truthNs = clock.serverAt(endNs) - clock.serverAt(beginNs);
            String context = "seed " + seed + ": " + interval;
            assertThat(interval.witness()).as(context).isEqualTo(MeasuredInterval.Witness.CONFIRMED);
            assertThat(interval.status()).as(context).isEqualTo(ClockStatus.SYNCHRONIZED);
            assertThat(truthNs).as(context).isBetween(interval.shortestNs(), interval.longestNs());
            assertThat(interval.boundNs()).as(context).isLessThan(100_000);
            assertThat(interval.localRatePpm())
                    .as(context)
                    .isCloseTo(((double) (endNs - beginNs) / truthNs - 1) * 1e6, within(interval.localRateBoundPpm()));
        }
    }

    private void pollUntil(long untilNs, Regulator regulator, SimulatedClock clock, Random random) {
        while (nowNs < untilNs) {
            nowNs += DISCIPLINE.poll().toNanos();
            regulator.take(burst(clock, DISCIPLINE.requestsPerPoll(), random), nowNs, DISCIPLINE.poll());
        }
    }

    private IntervalEnd end(Regulator regulator, SimulatedClock clock, Random random) {
        return regulator.end(burst(clock, DISCIPLINE.requestsPerReading(), random), () -> nowNs, NONE);
    }

    private List<NtpExchange> burst(SimulatedClock clock, int requests, Random random) {
        List<NtpExchange> burst = new ArrayList<>();
        for (int i = 0; i < requests; i++) {
            NtpExchange exchange = clock.exchange(nowNs, wayNs(random), 1_000, wayNs(random));
            burst.add(exchange);
            nowNs = exchange.arrivedNs() + 500;
        }
        return burst;
    }

    private static long wayNs(Random random) {
        return 5_000 + (long) (10_000 * random.nextExponential());
    }
}
