package dev.tare.clock.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.clock.ClockStatus;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.MeasuredInterval.Witness;
import org.junit.jupiter.api.Test;

class IterationVerdictTest {
    @Test
    void boundOfTheWholeIterationCountsAgainstTheTimedPart() {
        // 1 ms of bound; the score comes from 0.1 s of the second: 1 / (100 - 1) ms.
        IterationVerdict verdict = new IterationVerdict(second(1_000_000, ClockStatus.SYNCHRONIZED), 1e8, 1);

        assertThat(verdict.errorPercent()).isCloseTo(100.0 / 99, within(1e-9));
    }

    @Test
    void timedPartWithinTheBoundIsWorthNothing() {
        IterationVerdict verdict = new IterationVerdict(second(1_000_000, ClockStatus.SYNCHRONIZED), 1e6, 1);

        assertThat(verdict.errorPercent()).isInfinite();
        assertThat(verdict.objection(100)).isPresent();
    }

    @Test
    void shorterIterationIsBoundAtLeastAsWell() {
        IterationVerdict verdict = new IterationVerdict(second(53_000, ClockStatus.SYNCHRONIZED), 1e9, 3);

        assertThat(verdict.shortestIterationNs(0.1)).isCloseTo(53_000 / 0.001, within(1e-3));
    }

    @Test
    void longerIterationIsBoundByItsRateAsWell() {
        // 0.001 % of T = 53 us + 3 ppm of (T - 1 s), so T = 50 us / 7 ppm.
        IterationVerdict verdict = new IterationVerdict(second(53_000, ClockStatus.SYNCHRONIZED), 1e9, 3);

        assertThat(verdict.shortestIterationNs(0.001)).isCloseTo(50_000 / 7e-6, within(1.0));
        assertThat(verdict.shortestIterationNs(0.0003)).isInfinite();
    }

    @Test
    void boundAboveTheLimitObjectsAndSaysHowLongTheIterationMustBe() {
        IterationVerdict verdict = new IterationVerdict(second(53_000, ClockStatus.FREE_RUNNING), 1e9, 1);

        assertThat(verdict.objection(0.01)).isEmpty();
        assertThat(verdict.objection(0.001))
                .hasValueSatisfying(message -> assertThat(message)
                        .contains("at most 0.001 %", "53.0 us", "free_running", "at least", "max-error"));
    }

    @Test
    void disruptedClockObjectsHoweverSmallTheBound() {
        assertThat(new IterationVerdict(second(1, ClockStatus.DISRUPTED), 1e9, 1).objection(100))
                .hasValueSatisfying(message -> assertThat(message).contains("a step or a change of rate"));
    }

    @Test
    void localClockIsAsWrongAsTheTrueTimeAllows() {
        // It counted 500 us more than the second, which may have been 53 us shorter.
        assertThat(new IterationVerdict(second(53_000, ClockStatus.SYNCHRONIZED), 1e9, 3).localErrorPercent())
                .isCloseTo(0.0553 / 0.999947, within(1e-9));
    }

    private static MeasuredInterval second(long boundNs, ClockStatus status) {
        long second = 1_000_000_000;
        return new MeasuredInterval(
                second,
                second + 500_000,
                second - boundNs,
                second + boundNs,
                Witness.CONFIRMED,
                status,
                20_000,
                0,
                500,
                2);
    }
}
