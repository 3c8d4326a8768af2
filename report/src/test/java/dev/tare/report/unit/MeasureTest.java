package dev.tare.report.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MeasureTest {
    @ParameterizedTest
    @CsvSource({
        "bandwidthMBps, 72.0, ops/ms, 1, 72000, MB/s",
        "bandwidthMBps, 72.0, ops/s, 1, 72, MB/s",
        "rateGflops, 2.5e-9, ops/ns, 1, 2.5, GFLOP/s",
        "rateIOps, 6, ops/min, 1, 0.1, IO/s",
        "rateIOps, 2, ms/op, 1, 500, IO/s",
        "roundTripsPerS, 20, us/op, 1, 50000, 1/s",
        "systemCpuCores, 0.25, ops/s, 1, 0.25, cores",
        "dgefaPercent, 96.5, ops/s, 1, 96.5, %",
        "dgefaPercent, 0.0965, ops/ms, 2, 96.5, %",
        "MBps, 3, ops/s, 4, 3, MB/s",
    })
    void countersBecomeQuantitiesPerSecond(
            String label, double score, String scoreUnit, int threads, double expected, String unit) {
        Measure measure = Measure.physical(label, scoreUnit, threads).orElseThrow();
        assertThat(measure.convert(score)).isEqualTo(expected, within(1e-12 * expected));
        assertThat(measure.unit()).isEqualTo(unit);
    }

    @Test
    void averageTimeIsPerThreadSoThatItsInverseIsMultipliedByTheThreads() {
        Measure measure = Measure.physical("bandwidthMBps", "s/op", 4).orElseThrow();
        assertThat(measure.convert(0.5)).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({
        "responseMaxUs, us, LESS_IS_BETTER",
        "pauseNs, ns, LESS_IS_BETTER",
        "setUpMs, ms, LESS_IS_BETTER",
        "durationS, s, LESS_IS_BETTER",
        "stealPercent, %, NEITHER",
        "clockRatePpm, ppm, NEITHER",
        "peerCpuCores, cores, NEITHER",
        "bandwidthMBps, MB/s, MORE_IS_BETTER",
    })
    void resultsOfProfilersKeepTheirValue(String label, String unit, Direction better) {
        Measure measure = Measure.physical(label, unit, 3).orElseThrow();
        assertThat(measure.convert(42)).isEqualTo(42);
        assertThat(measure.unit()).isEqualTo(unit);
        assertThat(measure.better()).isEqualTo(better);
    }

    @ParameterizedTest
    @CsvSource({
        "status, ops/s",
        "lookupsInDNS, s",
        "usedRAMs, ms",
        "gc.alloc.rate, MB/sec",
        "gc.alloc.rate.norm, B/op",
        "responseMaxUs, ops/s",
        "bandwidthMBps, furlongs",
        "S, ops/fortnight",
    })
    void namesWithoutAnEndingAndUnitsThatContradictItAreNotPhysical(String label, String scoreUnit) {
        assertThat(Measure.physical(label, scoreUnit, 1)).isEmpty();
    }

    @Test
    void thePrimaryCounterIsTheFirstOfTheTableNotTheFirstByName() {
        Map<String, String> counters =
                Map.of("rateIOps", "ops/s", "bandwidthMBps", "ops/s", "cpuCores", "ops/s", "latencyMaxUs", "us");
        assertThat(Measure.primary("ops/s", counters, 1).name()).isEqualTo("rateIOps");
    }

    @Test
    void ofTwoCountersWithOneUnitTheFirstByNameIsPrimary() {
        Map<String, String> counters = Map.of("writeMBps", "ops/s", "readMBps", "ops/s");
        assertThat(Measure.primary("ops/s", counters, 1).name()).isEqualTo("readMBps");
    }

    @Test
    void contextNeverBecomesThePrimaryCounter() {
        Map<String, String> context =
                Map.of("systemCpuCores", "ops/s", "stealPercent", "%", "responseMaxUs", "us", "gc.count", "counts");
        Measure primary = Measure.primary("ns/op", context, 1);
        assertThat(primary.name()).isEqualTo(Measure.OWN_SCORE);
        assertThat(primary.unit()).isEqualTo("s/op");
        assertThat(primary.better()).isEqualTo(Direction.LESS_IS_BETTER);
    }

    @ParameterizedTest
    @CsvSource({"ops/ms, 3, 3000, ops/s", "us/op, 3, 3e-6, s/op", "ms, 3, 3e-3, s", "B/op, 3, 3, B/op"})
    void rawScoresAreGivenPerSecondAndInSeconds(String scoreUnit, double score, double expected, String unit) {
        Measure raw = Measure.raw("score", scoreUnit);
        assertThat(raw.convert(score)).isEqualTo(expected, within(1e-12));
        assertThat(raw.unit()).isEqualTo(unit);
    }
}
