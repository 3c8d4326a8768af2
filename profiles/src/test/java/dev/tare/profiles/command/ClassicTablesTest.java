package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.runs.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClassicTablesTest {
    @TempDir
    Path folder;

    @Test
    void linpackIsPrintedAsTheProgramDoesWithBothKindsOfLoopsInOneRow() throws Exception {
        // Order 500: 2/3 500^3 + 2 500^2 = 83 833 333 operations a repetition. Rolled: 10 repetitions in 4 s, of which
        // dgefa takes 90 % and dgesl 5 %; unrolled: the same in 2 s. 20 x 83 833 333 / (1000 x 0.95 x 6 s) = 294 152.
        String tables = ClassicTables.of(run(linpack("rolled", 0.25, 2.5), linpack("unrolled", 0.5, 5.0)));

        assertThat(tables)
                .contains("Array size 1000 X 1000.")
                .containsPattern("10 +6\\.00 +90\\.00% +5\\.00% +5\\.00% +294152\\.");
    }

    @Test
    void threadsAddUpTheirRepetitionsAndShareTheirTime() throws Exception {
        // Each of two threads does 10 repetitions in 4 s, and again in 2 s; otherwise as above.
        String tables = ClassicTables.of(
                run(ofTwoThreads(linpack("rolled", 0.5, 5.0)), ofTwoThreads(linpack("unrolled", 1.0, 10.0))));

        assertThat(tables).containsPattern("20 +6\\.00 +90\\.00% +5\\.00% +5\\.00% +588304\\.");
    }

    @Test
    void aSeriesThatWasCutIsPrintedWithWhatWasDone() throws Exception {
        // Of 10 repetitions the threads did 7 and 8 in 6 s, and all in 2 s: 2 / 6 and 2 / 2 series a second.
        String tables = ClassicTables.of(
                run(ofTwoThreads(linpack("rolled", 2 / 6.0, 15 / 6.0)), ofTwoThreads(linpack("unrolled", 1.0, 10.0))));

        // 35 x 83 833 333 / (1000 x 0.95 x 8 s) = 386 074.
        assertThat(tables).containsPattern("15\\+20 +8\\.00 +90\\.00% +5\\.00% +5\\.00% +386074\\.");
    }

    @Test
    void ramspeedIsPrintedLineByLine() throws Exception {
        String tables = ClassicTables.of(run(result(
                "dev.tare.mem.BlockBench.intRead", Map.of("blockBytes", "4096"), Map.of("bandwidthMBps", 4869.96))));

        assertThat(tables).containsPattern("INTEGER & READING +4 Kb block: 4869\\.96 MB/s");
    }

    @Test
    void arraysThatAreTooSmallForStreamsRuleAreRemarkedOn() throws Exception {
        Path interrupted = Files.createDirectory(folder.resolve("run"));
        String triad = result(
                "dev.tare.mem.StreamBench.triad",
                Map.of("arrayBytes", "4096", "elementType", "LONG"),
                Map.of("bandwidthMBps", 5000.0));
        Files.writeString(
                interrupted.resolve("journal.jsonl"),
                "{\"kind\":\"fork\",\"configuration\":{\"benchmark\":\"dev.tare.mem.StreamBench.triad\",\"mode\":\"thrpt\","
                        + "\"threads\":1,\"params\":{\"arrayBytes\":\"4096\",\"elementType\":\"LONG\"}},\"round\":1,"
                        + "\"facts\":{\"stream-rule\":\"broken: arrays of 4 KiB\"},\"jmh\":" + triad + "}\n");

        assertThat(ClassicTables.of(Run.read(interrupted)))
                .contains("STREAM's rule for arrayBytes=4096: broken: arrays of 4 KiB\n");
    }

    @Test
    void aRunWithoutEitherHasNoTables() throws Exception {
        assertThat(ClassicTables.of(run(result("dev.tare.io.FileBench.mixed", Map.of(), Map.of("rateIOps", 1.0)))))
                .isEmpty();
    }

    private Run run(String... results) throws Exception {
        return Run.read(Files.writeString(folder.resolve("run.json"), "[" + String.join(",", results) + "]"));
    }

    private static String ofTwoThreads(String result) {
        return result.replace("\"threads\":1", "\"threads\":2");
    }

    /** The decomposition takes 90 % of the time, the solution 5 %. */
    private static String linpack(String method, double seriesPerS, double repetitionsPerS) {
        return result(
                "dev.tare.cpu.LinpackBench." + method,
                Map.of("arraySize", "1000", "repetitions", "10"),
                seriesPerS,
                Map.of("repetitionsPerS", repetitionsPerS, "dgefaPercent", 90.0, "dgeslPercent", 5.0));
    }

    private static String result(String benchmark, Map<String, String> params, Map<String, Double> counters) {
        return result(benchmark, params, 1, counters);
    }

    private static String result(
            String benchmark, Map<String, String> params, double score, Map<String, Double> counters) {
        String parameters = params.entrySet().stream()
                .map(param -> "\"" + param.getKey() + "\":\"" + param.getValue() + "\"")
                .collect(Collectors.joining(","));
        String secondary = counters.entrySet().stream()
                .map(counter -> "\"" + counter.getKey() + "\":" + metric(counter.getValue()))
                .collect(Collectors.joining(","));
        return "{\"jmhVersion\":\"1.37\",\"benchmark\":\"" + benchmark + "\",\"mode\":\"thrpt\",\"threads\":1,"
                + "\"forks\":1,\"jvm\":\"java\",\"jvmArgs\":[],\"jdkVersion\":\"17\",\"vmName\":\"vm\","
                + "\"vmVersion\":\"17\",\"warmupIterations\":0,\"warmupTime\":\"1 s\",\"warmupBatchSize\":1,"
                + "\"measurementIterations\":1,\"measurementTime\":\"1 s\",\"measurementBatchSize\":1,\"params\":{"
                + parameters + "},\"primaryMetric\":" + metric(score) + ",\"secondaryMetrics\":{" + secondary + "}}";
    }

    private static String metric(double score) {
        return "{\"score\":" + score + ",\"scoreError\":\"NaN\",\"scoreConfidence\":[\"NaN\",\"NaN\"],"
                + "\"scorePercentiles\":{\"50.0\":" + score + "},\"scoreUnit\":\"ops/s\",\"rawData\":[[" + score
                + "]]}";
    }
}
