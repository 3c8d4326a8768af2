package dev.tare.campaign.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.campaign.proof.HostTimes.Iteration;
import dev.tare.campaign.proof.HostTimes.Standstill;
import dev.tare.campaign.proof.HostTimes.Traffic;
import dev.tare.runs.JsonCursor;
import dev.tare.runs.UnreadableRunException;
import dev.tare.runs.campaign.BoundedInstant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Times in milliseconds of a day long ago, as whole nanoseconds. */
final class OverlapProofTest {
    private static final long DAY_NS = 1_795_899_365_000_000_000L;
    private static final long MS = 1_000_000;

    private static BoundedInstant at(double ms, double boundMs) {
        return new BoundedInstant(DAY_NS + Math.round(ms * MS), Math.round(boundMs * MS));
    }

    /** Iterations of 1 s each from an instant on, 1 ms apart. */
    private static HostTimes from(double beginMs, int count, double boundMs, Standstill... standstills) {
        List<Iteration> iterations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double begin = beginMs + 1001.0 * i;
            iterations.add(new Iteration(at(begin, boundMs), at(begin + 1000, boundMs), 10.0 + i));
        }
        return new HostTimes(
                Optional.of(at(beginMs, boundMs)), iterations, 0, "ops/s", List.of(standstills), List.of());
    }

    private static Standstill stood(double fromMs, double toMs) {
        return new Standstill(at(fromMs, 0).ns(), at(toMs, 0).ns());
    }

    @Test
    void iterationsAtTheEdgesCountOnlyWhereTheOtherWasUnderLoadForCertain() {
        OverlapProof proof = OverlapProof.of(Map.of("a", from(0, 7, 0.1), "b", from(5, 7, 0.1)));

        // a's first begins before b's load; b's last ends after a's.
        assertThat(proof.counted("a")).containsExactly(false, true, true, true, true, true, true);
        assertThat(proof.counted("b")).containsExactly(true, true, true, true, true, true, false);
        assertThat(proof.objection(Set.of("a", "b"))).isEmpty();
    }

    @Test
    void boundsOfBothClocksAreTakenOff() {
        // a's second iteration begins 1001 - 3 at the earliest, b's load 995 + 3 at the latest: just so.
        assertThat(OverlapProof.of(Map.of("a", from(0, 5, 3), "b", from(995, 5, 3)))
                        .counted("a")
                        .get(1))
                .isTrue();
        assertThat(OverlapProof.of(Map.of("a", from(0, 5, 3), "b", from(995.1, 5, 3)))
                        .counted("a")
                        .get(1))
                .isFalse();
    }

    @Test
    void aHostAloneCountsAllOfItsIterations() {
        assertThat(OverlapProof.of(Map.of("a", from(0, 3, 1))).counted("a")).containsOnly(true);
    }

    @Test
    void aHostThatStoodStillSpoilsItsOwnIterationsAndThoseOfAllOthersMeanwhile() {
        OverlapProof proof = OverlapProof.of(Map.of("a", from(0, 9, 0.1), "b", from(0, 9, 0.1, stood(3200, 5300))));

        assertThat(proof.counted("b")).containsExactly(false, true, true, false, false, false, true, true, false);
        assertThat(proof.counted("a").subList(3, 6)).containsOnly(false);
        assertThat(proof.objection(Set.of("a", "b")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("b stood still for 2.1 s"));
    }

    @Test
    void aGapBetweenIterationsIsNoLoad() {
        HostTimes early = from(0, 3, 0.1);
        HostTimes late = from(4000, 3, 0.1);
        List<Iteration> both = new ArrayList<>(early.iterations());
        both.addAll(late.iterations());
        HostTimes torn = new HostTimes(early.start(), both, 0, "ops/s", List.of(), List.of());

        OverlapProof proof = OverlapProof.of(Map.of("a", from(0, 8, 0.1), "torn", torn));

        assertThat(proof.counted("a").get(1)).isTrue();
        assertThat(proof.counted("a").subList(3, 4)).containsOnly(false);
    }

    /** As in a guest that is emulated: a second of work, half a second in between. */
    private static HostTimes slow(double iterationMs) {
        List<Iteration> iterations = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            double begin = i * (iterationMs + 500);
            iterations.add(new Iteration(at(begin, 0.1), at(begin + iterationMs, 0.1), 10));
        }
        return new HostTimes(Optional.of(at(0, 0.1)), iterations, 0, "ops/s", List.of(), List.of());
    }

    @Test
    void longGapsMayTakeATenthOfAnIteration() {
        assertThat(OverlapProof.of(Map.of("a", slow(10_000), "b", slow(10_000))).counted("a"))
                .as("gaps beside gaps")
                .containsExactly(false, true, true, true, true, true, true, false);
        assertThat(OverlapProof.of(Map.of("a", from(0, 7, 0.1), "b", slow(1000)))
                        .objection(Set.of("a")))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("b did nothing for up to 0.5 s between iterations")
                        .contains("make them longer (-r)"));
    }

    @Test
    void fewerThanThreeCountedIterationsOfAMeasuredHostMakeAnAttemptVoid() {
        OverlapProof proof = OverlapProof.of(Map.of("a", from(0, 4, 0.1), "b", from(2005, 4, 0.1)));

        assertThat(proof.objection(Set.of("a")))
                .hasValueSatisfying(reason -> assertThat(reason)
                        .contains("a: expected at least 3 iterations beside the load of all others, got 1 of 4"));
        // A host that only disturbs need not count.
        assertThat(OverlapProof.of(Map.of("a", from(1500, 4, 0.1), "b", from(0, 8, 0.1)))
                        .objection(Set.of("a")))
                .isEmpty();
    }

    @Test
    void theWindowReachesFromTheFirstToTheLastIterationThatCounts() {
        OverlapProof proof = OverlapProof.of(Map.of("a", from(0, 7, 0.1), "b", from(5, 7, 0.1)));

        assertThat(proof.windowBeginNs(Set.of("a", "b"))).hasValue(at(5, 0).ns());
        assertThat(proof.windowEndNs(Set.of("a", "b")))
                .hasValue(at(6 * 1001 + 1000, 0).ns());
        assertThat(proof.windowBeginNs(Set.of("none"))).isEmpty();
    }

    @Test
    void recordsWithoutABoundAreNoTimes() throws Exception {
        HostTimes times = HostTimes.read(result("""
                {"iterations":[
                  {"beginNs":1795899365000000000,"beginBoundNs":50,"endNs":1795899366000000000,"endBoundNs":60,
                   "score":3.5,"unit":"ops/s"},
                  {"beginNs":1795899366000000000,"endNs":1795899367000000000,"score":3.5,"unit":"ops/s"}],
                 "gate":["start 1795899364999999999 40","clock 1795899365000000000 760",
                   "clock 1795899366000000000 1064","stood 1795899365100000000 1795899365900000000","end"]}
                """));

        assertThat(times.iterations()).hasSize(1);
        assertThat(times.unbounded()).isEqualTo(1);
        assertThat(times.start()).hasValue(new BoundedInstant(1795899364999999999L, 40));
        assertThat(times.standstills()).hasSize(1);
        assertThat(times.clockTraffic()).contains(new Traffic(1795899366000000000L, 1064));
        assertThat(times.clockBytes(1795899365000000000L, 1795899366000000000L)).isEqualTo(304);
    }

    @Test
    void whatAHostSaysOfItselfIsRefusedWhereItMakesNoSense() {
        for (String gate : List.of("start x 1", "stood 1", "clock 1 -5", "start 99999999999999999999 1")) {
            Assertions.assertThatExceptionOfType(UnreadableRunException.class)
                    .isThrownBy(() -> HostTimes.read(result("{\"iterations\":[],\"gate\":[\"" + gate + "\"]}")));
        }
    }

    private static JsonCursor result(String json) throws Exception {
        return new JsonCursor("result of a", new ObjectMapper().readTree(json));
    }
}
