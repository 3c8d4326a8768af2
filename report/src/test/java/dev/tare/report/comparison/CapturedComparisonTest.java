package dev.tare.report.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.report.document.Row;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.written.Captured;
import dev.tare.runs.Run;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What JMH 1.37 really wrote, in the units that people read. */
final class CapturedComparisonTest {
    private static Row row(Comparison comparison, String mode) {
        return comparison.rows().stream()
                .filter(row -> row.configuration().mode().equals(mode))
                .findFirst()
                .orElseThrow();
    }

    private static double value(Row row) {
        return row.cells().get(0).map(Row.Cell::value).orElseThrow();
    }

    /** The benchmark copies 4096 bytes per operation: its bandwidth must be that of its own score, in both modes. */
    @Test
    void theBandwidthIsThatOfTheBenchmarksOwnScore() throws Exception {
        assertBandwidth(Run.read(Captured.file("all-modes.json")), 1, 0.99, 1.05);
    }

    /**
     * With several threads JMH's counters hold a little more than its score: what a thread does while it waits for the
     * others to start and to stop is counted, but not timed.
     */
    @Test
    void theBandwidthOfTwoThreadsIsThatOfBothTogether() throws Exception {
        assertBandwidth(Run.read(Captured.file("two-threads.json")), 2, 0.99, 1.3);
    }

    private static void assertBandwidth(Run run, int threads, double least, double most) {
        Comparison comparison = Comparison.of(run);
        double operationsPerS = score(run, "thrpt") * 1e3;
        double secondsPerOperation = score(run, "avgt") / 1e3;
        Row throughput = row(comparison, "thrpt");
        Row averageTime = row(comparison, "avgt");
        assertThat(List.of(throughput.unit(), averageTime.unit())).containsOnly("MB/s");
        double megabytes = 4096 / 1e6;
        assertThat(value(throughput) / (operationsPerS * megabytes)).isBetween(least, most);
        assertThat(value(averageTime) / (threads / secondsPerOperation * megabytes))
                .isBetween(least, most);
    }

    private static double score(Run run, String mode) {
        return run.measurements().stream()
                .filter(measurement -> measurement.configuration().mode().equals(mode))
                .findFirst()
                .orElseThrow()
                .primary()
                .score();
    }

    @Test
    void sampledAndSingleShotTimesAreSecondsPerOperation() throws Exception {
        Comparison comparison = Comparison.of(Run.read(Captured.file("all-modes.json")));
        assertThat(row(comparison, "sample").unit()).isEqualTo("s/op");
        assertThat(value(row(comparison, "sample"))).isBetween(1e-8, 1e-5);
        assertThat(row(comparison, "ss").unit()).isEqualTo("s/op");
        assertThat(value(row(comparison, "ss"))).isBetween(1e-7, 1e-3);
    }

    @Test
    void percentilesOfSampledTimesAreComparedToo() throws Exception {
        List<Run> runs = Run.readAll(List.of(Captured.file("all-modes.json"), Captured.file("all-modes.json")));
        List<Row> percentiles = Comparison.of(runs, 0).details().stream()
                .filter(row -> row.metric().startsWith("p0.9"))
                .toList();
        assertThat(percentiles).extracting(Row::metric).containsExactly("p0.90", "p0.95", "p0.99", "p0.999", "p0.9999");
        assertThat(percentiles)
                .allSatisfy(row ->
                        assertThat(row.efficiency(1).map(Efficiency::ratio)).contains(1.0));
    }
}
