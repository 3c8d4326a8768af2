package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.cgroup.ControlGroup;
import dev.tare.machine.cpu.MachineTimes;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An iteration of ten seconds by readings that are driven by hand. */
final class IterationAccountTest {
    private static final long S = 1_000_000_000;
    private static final IterationAccount.Limits LIMITS = new IterationAccount.Limits(1, 5);
    private static final IterationAccount.Score SCORE =
            new IterationAccount.Score("org.example.B.b", 2, OptionalDouble.of(12.5), "ops/ms");

    @Test
    void quietIterationIsClean() {
        // 10 s of which this process used 9.9 s, others 0.5 s (the limit) and a tick
        IterationAccount iteration = iteration(used(8, 2.41, 0), 9_900_000_000L);

        assertThat(iteration.foreignNs()).hasValue(510_000_000);
        assertThat(iteration.exceeded()).isEmpty();
        assertThat(json(iteration))
                .contains("\"foreignPercent\":5.100")
                .contains("\"contaminated\":false,\"exceeded\":[]");
    }

    @Test
    void foreignProcessOnOneProcessorIsAHundredPercent() {
        IterationAccount iteration = iteration(used(18, 2, 0), 10 * S);

        assertThat(json(iteration))
                .contains("\"foreignCpuNs\":10000000000")
                .contains("\"foreignPercent\":100.000")
                .contains("\"contaminated\":true,\"exceeded\":[\"foreign\"]");
    }

    @Test
    void foreignTimeMustExceedItsLimitByMoreThanFourTicks() {
        // 5 % of 10 s and 40 ms are 0.54 s
        assertThat(iteration(used(10, 0.54, 0), 10 * S).exceeded()).isEmpty();
        assertThat(iteration(used(10, 0.55, 0), 10 * S).exceeded()).containsExactly("foreign");
    }

    @Test
    void stealMustExceedItsLimitByMoreThanATick() {
        // 1 % of 10 s and 10 ms are 0.11 s
        assertThat(iteration(used(10, 0, 0.11), 10 * S).exceeded()).isEmpty();
        assertThat(iteration(used(10, 0, 0.12), 10 * S).exceeded()).containsExactly("steal");
    }

    @Test
    void workOfInterruptsIsNobodysForeignWorkAndRecordedApart() {
        MachineTimes used = new MachineTimes(10, 0, 0, 1, 3, 0);
        IterationAccount iteration = iteration(used, 10 * S);

        assertThat(iteration.exceeded()).isEmpty();
        assertThat(json(iteration)).contains("\"interruptCpuNs\":4000000000").contains("\"foreignCpuNs\":0,");
    }

    @Test
    void processTimeAheadOfTheSystemsTicksLeavesNothingForOthers() {
        assertThat(iteration(used(10, 0, 0), 10 * S + 7_000_000).foreignNs()).hasValue(0);
    }

    @Test
    void throttlingOfTheGroupThatWasStoppedLongestCounts() {
        ControlGroup.Throttling own = new ControlGroup.Throttling(100, 1, 1000);
        ControlGroup.Throttling around = new ControlGroup.Throttling(200, 50, 5 * S);
        IterationAccount iteration = new IterationAccount(
                readings(0, Optional.of(used(0, 0, 0)), OptionalLong.of(0), List.of(own, around)),
                readings(
                        10 * S,
                        Optional.of(used(5, 0, 0)),
                        OptionalLong.of(5 * S),
                        List.of(
                                new ControlGroup.Throttling(200, 2, 2000),
                                new ControlGroup.Throttling(300, 140, 5 * S + 4_500_000_000L))),
                LIMITS);

        assertThat(iteration.exceeded()).containsExactly("throttled");
        assertThat(json(iteration))
                .contains("\"throttledNs\":4500000000,\"throttledPeriods\":90")
                .contains("\"throttledPercent\":45.000");
    }

    @Test
    void limitsAreTheUsersOwn() {
        IterationAccount.Limits wide = new IterationAccount.Limits(50, 400);
        IterationAccount iteration = new IterationAccount(
                readings(0, Optional.of(used(0, 0, 0)), OptionalLong.of(0), List.of()),
                readings(10 * S, Optional.of(used(30, 0, 4)), OptionalLong.of(0), List.of()),
                wide);

        assertThat(iteration.exceeded()).isEmpty();
        assertThat(json(iteration)).contains("\"maxStealPercent\":50.0,\"maxForeignPercent\":400.0");
    }

    @Test
    void theWholeRecordIsOneLineWithUnitsInItsNames() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            IterationAccount iteration = new IterationAccount(
                    new IterationReadings(
                            new Timescale.Reading(1_790_000_000_000_000_001L, OptionalLong.of(250)),
                            5,
                            Optional.of(new MachineTimes(100, 50, 7, 1, 2, 3)),
                            OptionalLong.of(70 * S),
                            OptionalLong.of(1000),
                            List.of(new ControlGroup.Throttling(10, 5, 100))),
                    new IterationReadings(
                            new Timescale.Reading(1_790_000_001_000_000_002L, OptionalLong.of(260)),
                            S + 5,
                            Optional.of(new MachineTimes(101, 50.25, 9, 1.5, 2, 3.5)),
                            OptionalLong.of(71 * S),
                            OptionalLong.of(4000),
                            List.of(new ControlGroup.Throttling(20, 6, 300))),
                    LIMITS);

            assertThat(iteration.json(SCORE, "remote clock", OptionalDouble.of(2700.25), List.of(3, 0)))
                    .isEqualTo("{\"benchmark\":\"org.example.B.b\",\"iteration\":2,\"timescale\":\"remote clock\","
                            + "\"beginNs\":1790000000000000001,\"beginBoundNs\":250,"
                            + "\"endNs\":1790000001000000002,\"endBoundNs\":260,\"lengthNs\":1000000000,"
                            + "\"score\":12.5,\"unit\":\"ops/ms\",\"stealNs\":500000000,\"processCpuNs\":1000000000,"
                            + "\"foreignCpuNs\":250000000,\"interruptCpuNs\":500000000,\"cpuPressureNs\":3000,"
                            + "\"throttledNs\":200,\"throttledPeriods\":1,\"frequencyMHz\":2700.250,\"processors\":[3,0],"
                            + "\"stealPercent\":50.000,\"throttledPercent\":0.000,\"foreignPercent\":25.000,"
                            + "\"maxStealPercent\":1.0,\"maxForeignPercent\":5.0,"
                            + "\"contaminated\":true,\"exceeded\":[\"steal\",\"foreign\"]}");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatIsUnknownIsAbsentAndNoVerdictIsGiven() {
        IterationAccount iteration = new IterationAccount(
                readings(0, Optional.empty(), OptionalLong.empty(), List.of()),
                readings(10 * S, Optional.empty(), OptionalLong.empty(), List.of()),
                LIMITS);

        assertThat(iteration.json(
                        new IterationAccount.Score("b", 1, OptionalDouble.empty(), ""),
                        "local clock",
                        OptionalDouble.empty(),
                        List.of()))
                .isEqualTo("{\"benchmark\":\"b\",\"iteration\":1,\"timescale\":\"local clock\",\"beginNs\":0,"
                        + "\"endNs\":10000000000,\"lengthNs\":10000000000,"
                        + "\"maxStealPercent\":1.0,\"maxForeignPercent\":5.0}");
    }

    @Test
    void scoreThatIsNoNumberIsAbsentWithItsUnit() {
        IterationAccount.Score score = new IterationAccount.Score("b", 1, OptionalDouble.of(Double.NaN), "ops/s");

        assertThat(iteration(used(1, 1, 0), S).json(score, "local clock", OptionalDouble.empty(), List.of()))
                .doesNotContain("score", "unit", "NaN");
    }

    @Test
    void textIsEscapedSoThatItStaysOneLineInAnyEncoding() {
        assertThat(new JsonObject().string("a\"b", "c\\d\n\u2028\u00e9").toString())
                .isEqualTo("{\"a\\\"b\":\"c\\\\d\\u000a\\u2028\\u00e9\"}");
        assertThat(new JsonObject().toString()).isEqualTo("{}");
    }

    private static String json(IterationAccount iteration) {
        return iteration.json(SCORE, "local clock", OptionalDouble.empty(), List.of());
    }

    private static IterationAccount iteration(MachineTimes used, long processNs) {
        return new IterationAccount(
                readings(0, Optional.of(used(0, 0, 0)), OptionalLong.of(0), List.of()),
                readings(10 * S, Optional.of(used), OptionalLong.of(processNs), List.of()),
                LIMITS);
    }

    private static MachineTimes used(double userS, double systemS, double stealS) {
        return new MachineTimes(userS, systemS, 0, 0, 0, stealS);
    }

    private static IterationReadings readings(
            long ns, Optional<MachineTimes> machine, OptionalLong processNs, List<ControlGroup.Throttling> throttling) {
        return new IterationReadings(
                new Timescale.Reading(ns, OptionalLong.empty()),
                ns,
                machine,
                processNs,
                OptionalLong.empty(),
                throttling);
    }
}
