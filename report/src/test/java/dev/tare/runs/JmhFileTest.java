package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.written.Captured;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JmhFileTest {
    private Run run = new Run("", Environment.none(), List.of(), List.of(), true, List.of());

    @BeforeEach
    void readCapturedFile() throws Exception {
        run = Run.read(Captured.file("all-modes.json"));
    }

    private Measurement inMode(String mode) {
        return run.measurements().stream()
                .filter(measurement -> measurement.configuration().mode().equals(mode))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void allModesOfJmhAreRead() {
        assertThat(run.name()).isEqualTo("all-modes");
        assertThat(run.measurements())
                .extracting(measurement -> measurement.configuration().mode())
                .containsExactlyInAnyOrder("thrpt", "avgt", "sample", "ss");
        assertThat(run.measurements())
                .allSatisfy(measurement -> assertThat(measurement.forks()).isEqualTo(3));
        assertThat(run.ended()).isTrue();
    }

    @Test
    void configurationAndSettingsComeFromTheFile() {
        Measurement throughput = inMode("thrpt");
        assertThat(throughput.configuration()).hasToString("example.CopyBench.copy thrpt blockBytes=4096");
        assertThat(throughput.settings().iterations()).isEqualTo(2);
        assertThat(throughput.settings().values())
                .containsAllEntriesOf(
                        Map.of("JMH version", "1.37", "JDK version", "17.0.15", "iteration time", "50 ms"));
    }

    @Test
    void theMeanOfTheForksIsJmhsScoreInEveryMode() {
        for (String mode : new String[] {"thrpt", "avgt", "ss"}) {
            Metric primary = inMode(mode).primary();
            double mean = primary.forkScores().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
            assertThat(mean).as(mode).isCloseTo(primary.score(), Percentage.withPercentage(1e-9));
        }
    }

    @Test
    void samplesAreAveragedPerFork() {
        Metric primary = inMode("sample").primary();
        double mean = primary.forkScores().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
        // JMH weighs forks by their number of samples, so the two means agree only roughly.
        assertThat(mean).isCloseTo(primary.score(), Percentage.withPercentage(20));
        assertThat(primary.forkScores()).doesNotHaveDuplicates();
    }

    @Test
    void percentilesOfForksLieBetweenTheirExtremes() {
        Measurement sampled = inMode("sample");
        for (int fork = 0; fork < 3; fork++) {
            double minimum = forkScore(sampled, "p0.00", fork);
            double median = forkScore(sampled, "p0.50", fork);
            double maximum = forkScore(sampled, "p1.00", fork);
            assertThat(minimum).isPositive().isLessThanOrEqualTo(median);
            assertThat(median).isLessThan(maximum);
        }
        double worst = secondary(sampled, "p1.00").forkScores().stream()
                .mapToDouble(Double::doubleValue)
                .max()
                .orElseThrow();
        assertThat(worst).isEqualTo(secondary(sampled, "p1.00").score(), within(1e-12));
    }

    private static Metric secondary(Measurement measurement, String label) {
        return Objects.requireNonNull(measurement.secondary().get(label), "no metric " + label);
    }

    private static double forkScore(Measurement measurement, String label, int fork) {
        return secondary(measurement, label).forkScores().get(fork);
    }

    @Test
    void countsOfProfilersAreSummedAsJmhSumsThem() {
        Metric collections = secondary(inMode("ss"), "gc.count");
        assertThat(collections.scoreUnit()).isEqualTo("counts");
        assertThat(collections.forkScores()).containsExactly(0.0, 0.0, 0.0);
    }
}
