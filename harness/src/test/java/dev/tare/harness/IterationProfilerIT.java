package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.JavaCommand;
import dev.tare.parts.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JMH itself, with a fork and without, beside processes that use CPU time. */
final class IterationProfilerIT {
    private static final String RECORD = "# iteration ";
    /** What the neighbour used at least, less the resolution of the system's times. */
    private static final long WORK_NS = 1_000_000_000L - 50_000_000;

    @TempDir
    Path folder;

    @Test
    void neighbourContaminatesItsIterationAndAChildDoesNot() throws Exception {
        List<String> records = records("-f", "1");

        assertThat(records).hasSize(4);
        // A neighbour that gets a twentieth of one processor is above the limit.
        assertThat(whole(records.get(1), "foreignCpuNs")).isGreaterThan(WORK_NS);
        assertThat(records.get(1)).contains("\"contaminated\":true").containsPattern("exceeded\":\\[.*\"foreign\"");
        // Others may be at work on the machine of this test, but the child's second is the benchmark's own.
        assertThat(whole(records.get(2), "processCpuNs")).isGreaterThan(WORK_NS);
    }

    @Test
    void everyVerdictFollowsFromItsOwnNumbers() throws Exception {
        for (String record : records("-f", "1")) {
            double aboveTicksPercent = 100.0 * (whole(record, "foreignCpuNs") - 40_000_000) / whole(record, "lengthNs");
            assertThat(record.matches(".*exceeded\":\\[[^]]*\"foreign\".*")).isEqualTo(aboveTicksPercent > 5);
            assertThat(whole(record, "endNs") - whole(record, "beginNs")).isNotNegative();
            assertThat(record)
                    .contains("\"benchmark\":\"dev.tare.harness.BusyNeighbourBench.neighbour\"", "\"score\":")
                    // One thread, on one of the processors of this machine.
                    .containsPattern("\"processors\":\\[\\d+\\],");
        }
    }

    @Test
    void withoutAForkTheRecordsAreLinesOfTheirOwnAndWarmUpsLeaveNone() throws Exception {
        List<String> records = records("-f", "0", "-wi", "2", "-i", "1");

        assertThat(records).singleElement().asString().contains("\"iteration\":1,", "\"timescale\":\"local clock\"");
    }

    private List<String> records(String... options) throws Exception {
        List<String> command = JavaCommand.of(
                List.of("-Djava.io.tmpdir=" + folder),
                "org.openjdk.jmh.Main",
                "BusyNeighbourBench",
                "-foe",
                "true",
                "-prof",
                "iterations:maxSteal=1;maxForeign=5");
        command.addAll(List.of(options));
        try (RunningProgram jmh = RunningProgram.start(command)) {
            assertThat(jmh.awaitExit(Duration.ofMinutes(5))).as(jmh.output()).isZero();
            return jmh.output()
                    .lines()
                    .filter(line -> line.startsWith(RECORD))
                    .map(line -> line.substring(RECORD.length()))
                    .toList();
        }
    }

    private static long whole(String record, String field) {
        Matcher value = Pattern.compile("\"" + field + "\":(\\d+)[,}]").matcher(record);
        assertThat(value.find()).as(record).isTrue();
        return Long.parseLong(value.group(1));
    }
}
