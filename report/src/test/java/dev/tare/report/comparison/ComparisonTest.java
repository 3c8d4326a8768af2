package dev.tare.report.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.document.Row;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.efficiency.Interval;
import dev.tare.report.written.WrittenResult;
import dev.tare.report.written.WrittenRun;
import dev.tare.runs.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTest {
    @TempDir
    private Path folder;

    private static WrittenResult stream(String kernel, String arrayBytes, Double... bandwidths) {
        return WrittenResult.throughput("dev.tare.mem.StreamBench." + kernel)
                .param("arrayBytes", arrayBytes)
                .forks(bandwidths)
                .counter("bandwidthMBps", "ops/s", bandwidths);
    }

    private Path file(String name, WrittenResult... results) throws IOException {
        return WrittenRun.jmhFile(folder.resolve(name + ".json"), results);
    }

    private WrittenRun run(String name, Map<String, String> facts, WrittenResult... results) throws IOException {
        WrittenRun run = new WrittenRun(folder.resolve(name)).results(results);
        for (WrittenResult result : results) {
            run.planned(result, result.numberOfForks());
        }
        run.journalHead();
        for (WrittenResult result : results) {
            run.forks(result, facts);
        }
        return run;
    }

    private static Comparison compare(Path... paths) throws Exception {
        return Comparison.of(Run.readAll(List.of(paths)), 0);
    }

    private static double efficiency(Row row, int run) {
        return row.efficiency(run).map(Efficiency::ratio).orElse(Double.NaN);
    }

    @Test
    void theSameConfigurationsAreComparedByTheirPrimaryCounter() throws Exception {
        Comparison comparison = compare(
                file("native", stream("triad", "1024", 100.0, 102.0, 101.0)),
                file("vm", stream("triad", "1024", 90.0, 91.8, 90.9)));
        assertThat(comparison.rows()).hasSize(1);
        Row row = comparison.rows().get(0);
        assertThat(row.metric()).isEqualTo("bandwidthMBps");
        assertThat(row.unit()).isEqualTo("MB/s");
        assertThat(efficiency(row, 1)).isEqualTo(0.9, within(1e-12));
        assertThat(row.notes()).isEmpty();
        assertThat(comparison.unmatched()).isEmpty();
        assertThat(comparison.warnings()).isEmpty();
    }

    @Test
    void timesAreInvertedSoThatMoreIsBetter() throws Exception {
        Comparison comparison = compare(
                file(
                        "native",
                        WrittenResult.averageTime("a.LatencyBench.load", "ns/op")
                                .forks(80.0, 80.0)),
                file(
                        "vm",
                        WrittenResult.averageTime("a.LatencyBench.load", "us/op")
                                .forks(0.1, 0.1)));
        Row row = comparison.rows().get(0);
        assertThat(row.unit()).isEqualTo("s/op");
        assertThat(efficiency(row, 1)).isEqualTo(0.8, within(1e-12));
    }

    @Test
    void otherParametersModesAndThreadsAreListedNotCompared() throws Exception {
        Comparison comparison = compare(
                file("native", stream("triad", "1024", 1.0), stream("copy", "1024", 1.0), stream("add", "1024", 1.0)),
                file(
                        "vm",
                        stream("triad", "1024", 1.0),
                        stream("copy", "2048", 1.0),
                        stream("add", "1024", 1.0).threads(2)));
        assertThat(comparison.rows()).hasSize(1);
        assertThat(comparison.unmatched())
                .containsExactly(
                        "dev.tare.mem.StreamBench.copy thrpt arrayBytes=1024: only in native, not compared",
                        "dev.tare.mem.StreamBench.add thrpt arrayBytes=1024: only in native, not compared",
                        "dev.tare.mem.StreamBench.copy thrpt arrayBytes=2048: only in vm, not compared",
                        "dev.tare.mem.StreamBench.add thrpt threads=2 arrayBytes=1024: only in vm, not compared");
    }

    @Test
    void runsWithNothingInCommonAreRefusedWithWhatTheyHave() throws Exception {
        Path bare = file("native", stream("triad", "1024", 1.0));
        Path guest = file("vm", stream("triad", "2048", 1.0));
        assertThatThrownBy(() -> compare(bare, guest))
                .isInstanceOf(IncomparableRunsException.class)
                .hasMessageContaining("vm and native have no configuration in common")
                .hasMessageContaining("native has dev.tare.mem.StreamBench.triad thrpt arrayBytes=1024")
                .hasMessageContaining("vm has dev.tare.mem.StreamBench.triad thrpt arrayBytes=2048");
    }

    @Test
    void anyRunCanBeTheBaseline() throws Exception {
        List<Run> runs = Run.readAll(
                List.of(file("vm", stream("triad", "1024", 50.0)), file("native", stream("triad", "1024", 100.0))));
        Row row = Comparison.of(runs, 1).rows().get(0);
        assertThat(efficiency(row, 0)).isEqualTo(0.5, within(1e-12));
        assertThat(efficiency(row, 1)).isNaN();
        assertThatThrownBy(() -> Comparison.of(runs, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void threeRunsStandSideBySideAlsoWhereOneLacksARow() throws Exception {
        Comparison comparison = compare(
                file("native", stream("triad", "1024", 100.0), stream("copy", "1024", 100.0)),
                file("pv", stream("triad", "1024", 99.0), stream("copy", "1024", 98.0)),
                file("hvm", stream("triad", "1024", 25.0)));
        assertThat(comparison.rows()).hasSize(2);
        assertThat(efficiency(comparison.rows().get(0), 2)).isEqualTo(0.25, within(1e-12));
        assertThat(comparison.rows().get(1).cells().get(2)).isEmpty();
        assertThat(comparison.unmatched())
                .containsExactly("dev.tare.mem.StreamBench.copy thrpt arrayBytes=1024: only in native and pv");
    }

    @Test
    void otherJvmsFlagsAndIterationsAreRemarkedUpon() throws Exception {
        Comparison comparison = compare(
                file("native", stream("triad", "1024", 1.0, 1.1).setting("jdkVersion", "17.0.15")),
                file(
                        "vm",
                        stream("triad", "1024", 1.0, 1.1)
                                .setting("jdkVersion", "25.0.1")
                                .setting("warmupTime", "1 s")));
        assertThat(comparison.rows().get(0).notes())
                .containsExactly(
                        "JDK version: 17.0.15 in native, 25.0.1 in vm",
                        "warm-up time: not recorded in native, 1 s in vm");
    }

    @Test
    void ofUnlikeFlagsThoseAreToldThatNotAllHave() throws Exception {
        WrittenResult plain = stream("triad", "1024", 1.0, 1.1).setting("jvmArgs", "-Xms1g -XX:+UseSerialGC");
        WrittenResult larger = stream("triad", "1024", 1.0, 1.1).setting("jvmArgs", "-Xmx2g -Xms1g -XX:+UseSerialGC");
        WrittenResult reordered = stream("triad", "1024", 1.0, 1.1).setting("jvmArgs", "-XX:+UseSerialGC -Xms1g");
        assertThat(compare(file("native", plain), file("vm", larger))
                        .rows()
                        .get(0)
                        .notes())
                .containsExactly("JVM flags: none in native, -Xmx2g in vm");
        assertThat(compare(file("native", plain), file("vm", reordered))
                        .rows()
                        .get(0)
                        .notes())
                .containsExactly("JVM flags: -Xms1g -XX:+UseSerialGC in native, -XX:+UseSerialGC -Xms1g in vm");
    }

    @Test
    void machinesThatShouldAgreeAndDoNotAreFlagged() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.0);
        Path bare = run("native", Map.of(), triad)
                .environment(Map.of(
                        "jdk", Map.of("version", "17", "flags", "", "home", "/opt/jdk"),
                        "tare", Map.of("commit", "abc"),
                        "cpu", Map.of("model", "EPYC", "logicalProcessors", "64"),
                        "os", Map.of("kernel", "6.1")))
                .folder();
        Path guest = run("vm", Map.of(), triad)
                .environment(Map.of(
                        "jdk", Map.of("version", "17", "flags", "-Xmx1g", "home", "/usr/lib/jdk"),
                        "tare", Map.of("commit", "unknown"),
                        "cpu", Map.of("model", "EPYC", "logicalProcessors", "2"),
                        "os", Map.of("kernel", "6.12")))
                .folder();
        Comparison comparison = compare(bare, guest);
        assertThat(comparison.warnings())
                .containsExactly(
                        "jdk.flags: none in native, -Xmx1g in vm",
                        "tare.commit: abc in native, unknown in vm",
                        "tare.commit is unknown in vm: agreement cannot be checked");
        assertThat(comparison.document().markdown())
                .contains("| os.kernel | 6.1 | 6.12 |")
                .contains("| cpu.logicalProcessors | 64 | 2 |")
                .doesNotContain("cpu.model");
    }

    @Test
    void factsThatDifferStandBesideTheRow() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.1);
        Comparison comparison = compare(
                run("native", Map.of("direct", "yes", "kernel", "vector"), triad)
                        .folder(),
                run("vm", Map.of("direct", "no", "kernel", "vector"), triad).folder());
        assertThat(comparison.rows().get(0).notes()).containsExactly("direct: yes in native, no in vm");
    }

    @Test
    void figuresThatEachForkMeasuresAnewAreNoConditions() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.1);
        Comparison comparison = compare(
                new WrittenRun(folder.resolve("native"))
                        .fork(triad, 0, 1, Map.of("thread-shares", "50.1 49.9 %"))
                        .fork(triad, 1, 2, Map.of("thread-shares", "50.3 49.7 %"))
                        .folder(),
                run("vm", Map.of("thread-shares", "51.0 49.0 %"), triad).folder());
        assertThat(comparison.rows().get(0).notes()).isEmpty();
    }

    @Test
    void aGuestsOwnClockIsNamed() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.1);
        Path bare = run("native", Map.of(), triad)
                .environment(Map.of("virtualization", Map.of("hypervisor", "none")))
                .folder();
        Path silent = run("vm", Map.of(), triad)
                .environment(Map.of("virtualization", Map.of("hypervisor", "KVM")))
                .folder();
        Path open = run("pv", Map.of("clock", "local clock of a guest, not verified"), triad)
                .environment(Map.of("virtualization", Map.of("hypervisor", "Xen")))
                .folder();
        Comparison comparison = compare(bare, silent, open);
        assertThat(comparison.warnings()).containsExactly("local clock of a guest, not verified (vm)");
        assertThat(comparison.rows().get(0).notes())
                .containsExactly("clock: local clock of a guest, not verified (pv)");
    }

    @Test
    void aForkWithoutAPositiveScoreHasNoEfficiencyAndSaysSo() throws Exception {
        Comparison comparison = compare(
                file("native", stream("triad", "1024", 1.0, 1.0)),
                file("vm", stream("triad", "1024", 1.0, Double.NaN)));
        Row row = comparison.rows().get(0);
        assertThat(efficiency(row, 1)).isNaN();
        assertThat(row.notes()).containsExactly("no efficiency, fork 2 of 2 is NaN, expected a positive number (vm)");
    }

    @Test
    void oneForkHasAnEfficiencyButNoInterval() throws Exception {
        Comparison comparison =
                compare(file("native", stream("triad", "1024", 2.0, 2.0)), file("vm", stream("triad", "1024", 1.0)));
        Row row = comparison.rows().get(0);
        assertThat(efficiency(row, 1)).isEqualTo(0.5, within(1e-12));
        assertThat(row.efficiency(1).flatMap(Efficiency::interval)).isEmpty();
        assertThat(row.notes()).containsExactly("no interval, one fork only (vm)");
    }

    @Test
    void fewForksAgainstManyAreRemarkedUpon() throws Exception {
        Comparison comparison = compare(
                file("native", stream("triad", "1024", 1.0, 1.1, 1.0, 1.1, 1.0)),
                file("vm", stream("triad", "1024", 1.0, 1.1)));
        assertThat(comparison.rows().get(0).notes())
                .containsExactly("interval too narrow: 2 forks against 5, make as many on both sides");
    }

    @Test
    void aCounterThatOneSideLacksIsNotPrimary() throws Exception {
        WrittenResult old = WrittenResult.throughput("a.B.c").forks(4.0);
        WrittenResult recent = WrittenResult.throughput("a.B.c").forks(3.0).counter("bandwidthMBps", "ops/s", 3000.0);
        Row row = compare(file("native", old), file("vm", recent)).rows().get(0);
        assertThat(row.metric()).isEqualTo("score");
        assertThat(efficiency(row, 1)).isEqualTo(0.75, within(1e-12));
    }

    @Test
    void secondaryMetricsAreDetailsAndContextHasNoEfficiency() throws Exception {
        WrittenResult triad = stream("triad", "1024", 2.0)
                .counter("systemCpuCores", "ops/s", 0.5)
                .counter("responseMaxUs", "us", 30.0)
                .counter("gc.count", "counts", 0.0);
        Comparison comparison = compare(file("native", triad), file("vm", triad));
        assertThat(comparison.details())
                .extracting(Row::metric)
                .containsExactly("gc.count", "responseMaxUs", "systemCpuCores");
        assertThat(comparison.details())
                .extracting(row -> efficiency(row, 1))
                .containsExactly(Double.NaN, 1.0, Double.NaN);
    }

    @Test
    void theAverageOfTheFourKernelsIsMadeForkByFork() throws Exception {
        Comparison comparison = compare(file(
                "native",
                stream("add", "1024", 40.0, 44.0),
                stream("copy", "1024", 10.0, 11.0),
                stream("scale", "1024", 20.0, 22.0),
                stream("triad", "1024", 30.0, 33.0),
                stream("triad", "2048", 30.0, 33.0)));
        Row average = comparison.rows().get(4);
        assertThat(average.configuration()).hasToString("dev.tare.mem.StreamBench.average thrpt arrayBytes=1024");
        assertThat(average.cells().get(0).map(cell -> cell.forks().values())).contains(List.of(25.0, 27.5));
        assertThat(comparison.rows()).hasSize(6);
    }

    @Test
    void forksOfTheFourKernelsAreTakenTogetherByRoundWhereOneFailed() throws Exception {
        WrittenResult copy = stream("copy", "1024", 10.0, 12.0);
        WrittenRun run = new WrittenRun(folder.resolve("native")).journalHead();
        for (String kernel : List.of("add", "scale", "triad")) {
            run.forks(stream(kernel, "1024", 10.0, 11.0, 12.0), Map.of());
        }
        Path second = run.fork(copy, 0, 1, Map.of())
                .failure(copy, 2, "no space left on device")
                .fork(copy, 1, 3, Map.of())
                .folder();
        Row average = compare(second).rows().get(4);
        // Rounds 1 and 3 have all four: (10 + 10 + 10 + 10) / 4 and (12 + 12 + 12 + 12) / 4.
        assertThat(average.configuration()).hasToString("dev.tare.mem.StreamBench.average thrpt arrayBytes=1024");
        assertThat(forks(average)).containsExactly(10.0, 12.0);
        assertThat(average.notes()).contains("round 2: not in the average, since not all kernels have it (native)");
    }

    @Test
    void sharesOfThePeakAreThoseOfTheSameRoundWhereOneFailed() throws Exception {
        WrittenResult peak = WrittenResult.throughput("dev.tare.cpu.FmaPeakBench.multiplyAdd")
                .forks(1.0, 1.0, 1.0)
                .counter("rateGflops", "ops/s", 40.0, 20.0, 80.0);
        WrittenResult solver = gflops("LuSolveBench.blocked", 36.0, 76.0);
        Path second = new WrittenRun(folder.resolve("native"))
                .journalHead()
                .forks(peak, Map.of())
                .fork(solver, 0, 1, Map.of())
                .failure(solver, 2, "killed")
                .fork(solver, 1, 3, Map.of())
                .folder();
        // 36 of 40 and 76 of 80; the second fork stands beside the third of the peak, not beside the second.
        assertThat(compare(second).sharesOfPeak())
                .extracting(ComparisonTest::forks)
                .containsExactly(List.of(90.0, 95.0));
    }

    @Test
    void calculationsAreSharesOfThePeakThatTheSameRunMeasured() throws Exception {
        // Two workers, or two threads: against twice one core, or against two threads where these were measured.
        WrittenResult order = gflops("LuSolveBench.blocked", 36.0, 38.0).param("order", "500");
        WrittenResult parallel =
                gflops("LuSolveBench.blockedParallel", 60.0, 60.0).param("workers", "2");
        WrittenResult threads = gflops("LinpackBench.rolled", 4.0, 4.0).threads(2);
        Comparison alone = compare(file("alone", gflops("FmaPeakBench.multiplyAdd", 40.0, 40.0), order, parallel));
        Comparison both = compare(file(
                "both",
                gflops("FmaPeakBench.multiplyAdd", 40.0, 40.0),
                gflops("FmaPeakBench.multiplyAdd", 64.0, 64.0).threads(2),
                parallel,
                threads));

        assertThat(alone.sharesOfPeak())
                .extracting(ComparisonTest::forks)
                .containsExactly(List.of(90.0, 95.0), List.of(75.0, 75.0));
        assertThat(both.sharesOfPeak())
                .extracting(ComparisonTest::forks)
                .containsExactly(List.of(93.75, 93.75), List.of(6.25, 6.25));
        assertThat(compare(file("without", order)).sharesOfPeak()).isEmpty();
    }

    @Test
    void aShareAboveAHundredPercentByMoreThanChanceIsRefused() throws Exception {
        // 45 and 45.2 of 40: 112.5 and 113 %, and 12.7 times half of their difference is 3.2. 39 and 43: 97.5 and 107.5
        // %, +- 64.
        WrittenResult peak = gflops("FmaPeakBench.multiplyAdd", 40.0, 40.0);
        Comparison beyond = compare(file("beyond", peak, gflops("LuSolveBench.blocked", 45.0, 45.2)));
        Comparison within = compare(file("within", peak, gflops("LuSolveBench.blocked", 39.0, 43.0)));

        assertThat(beyond.sharesOfPeak()).isEmpty();
        assertThat(beyond.document().text())
                .contains(
                        "no share of the peak: expected at most 100 %, got 112.8 %, at least 109.6 %; what FmaPeakBench");
        assertThat(within.sharesOfPeak()).extracting(ComparisonTest::forks).containsExactly(List.of(97.5, 107.5));
    }

    private static WrittenResult gflops(String benchmark, Double... rates) {
        return WrittenResult.throughput("dev.tare.cpu." + benchmark)
                .forks(1.0, 1.0)
                .counter("rateGflops", "ops/s", rates);
    }

    private static List<Double> forks(Row row) {
        return row.cells().get(0).map(cell -> cell.forks().values()).orElse(List.of());
    }

    @Test
    void whatWentWrongInARunIsToldInTheComparison() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.0);
        WrittenResult copy = stream("copy", "1024", 1.0);
        Path crashed = new WrittenRun(folder.resolve("vm"))
                .forks(triad, Map.of())
                .forks(copy, Map.of())
                .failure(copy, 2, "no space left on device")
                .folder();
        Comparison comparison = compare(file("native", triad, copy), crashed);
        assertThat(String.join("\n", comparison.warnings()))
                .contains("results.json is absent: the run did not end")
                .contains("StreamBench.copy thrpt arrayBytes=1024: 1 of 2 forks")
                .contains("failed in round 2: no space left on device");
    }

    @Test
    void aRunThatLacksNothingIsComplete() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.1);
        assertThat(compare(file("native", triad), run("vm", Map.of(), triad).folder())
                        .incomplete())
                .isEmpty();
    }

    @Test
    void whatARunLacksMakesTheComparisonIncomplete() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.1);
        WrittenResult copy = stream("copy", "1024", 1.0, 1.1);
        Path failed = new WrittenRun(folder.resolve("failed"))
                .results(triad)
                .planned(triad, 2)
                .planned(copy, 3)
                .journalHead()
                .forks(triad, Map.of())
                .fork(copy, 0, 1, Map.of())
                .failure(copy, 2, "no space left on device")
                .folder();
        Path crashed = new WrittenRun(folder.resolve("crashed"))
                .planned(triad, 2)
                .planned(copy, 2)
                .journalHead()
                .forks(triad, Map.of())
                .folder();
        assertThat(compare(file("native", triad), failed, crashed).incomplete())
                .containsExactly(
                        "crashed: the run did not end",
                        "failed: dev.tare.mem.StreamBench.copy thrpt arrayBytes=1024: 1 of 3 planned forks;"
                                + " failed in round 2: no space left on device",
                        "crashed: dev.tare.mem.StreamBench.copy thrpt arrayBytes=1024: 0 of 2 planned forks",
                        "dev.tare.mem.StreamBench.copy thrpt arrayBytes=1024: only in failed, not compared");
    }

    @Test
    void aLineCutOffMakesARunIncompleteThatEnded() throws Exception {
        WrittenResult one = stream("triad", "1024", 1.0);
        Path cut = new WrittenRun(folder.resolve("cut"))
                .results(one)
                .planned(one, 2)
                .journalHead()
                .forks(one, Map.of())
                .raw("{\"kind\":\"fork\",\"conf")
                .folder();
        assertThat(compare(cut).incomplete())
                .containsExactly("cut: dev.tare.mem.StreamBench.triad thrpt arrayBytes=1024: 1 of 2 planned forks");
    }

    @Test
    void ofManyConfigurationsThatLackForksAFewAreNamed() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0);
        WrittenRun run = new WrittenRun(folder.resolve("stopped")).planned(triad, 1);
        for (int i = 1; i <= 7; i++) {
            run.planned(stream("copy", Integer.toString(4096 * i), 1.0), 1);
        }
        Path stopped = run.results(triad).journalHead().forks(triad, Map.of()).folder();
        assertThat(compare(stopped).incomplete())
                .hasSize(6)
                .contains("stopped: dev.tare.mem.StreamBench.copy thrpt arrayBytes=20480: 0 of 1 planned fork")
                .endsWith("stopped: and 2 more configurations lack forks");
    }

    @Test
    void contaminatedIterationsAreCountedByRowAndByRun() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.1);
        WrittenResult copy = stream("copy", "1024", 1.0, 1.1);
        Map<String, Object> quiet = Map.of("stealPercent", 0.1, "foreignPercent", 0.3, "contaminated", false);
        Map<String, Object> stolen = Map.of("stealPercent", 7.5, "foreignPercent", 0.3, "contaminated", true);
        Map<String, Object> foreign = Map.of("stealPercent", 0.1, "foreignPercent", 40.0, "contaminated", true);
        Path guest = new WrittenRun(folder.resolve("vm"))
                .results(triad, copy)
                .journalHead()
                .fork(triad, 0, 1, Map.of(), List.of(quiet, stolen))
                .fork(triad, 1, 2, Map.of(), List.of(foreign, quiet))
                .fork(copy, 0, 1, Map.of(), List.of(quiet, quiet))
                .fork(copy, 1, 2, Map.of(), List.of(quiet, quiet))
                .environment(Map.of("virtualization", Map.of("hypervisor", "none")))
                .folder();
        Comparison comparison = compare(file("native", triad, copy), guest);
        String limits = "; in the others steal or throttling exceeds 1 %, or foreign CPU time 5 %";
        assertThat(comparison.rows())
                .extracting(Row::notes)
                .containsExactly(List.of("clean iterations of a configuration: 2 of 4 in vm" + limits), List.of());
        assertThat(comparison.warnings())
                .containsExactly("clean iterations of all configurations: 6 of 8 in vm" + limits);
    }

    @Test
    void otherFlagsArchitecturesAndLabelsAreTold() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.1);
        Path bare = new WrittenRun(folder.resolve("native"))
                .results(triad)
                .journalHead("{\"site\":\"lab\"}", "[]")
                .forks(triad, Map.of())
                .environment(Map.of("os", Map.of("architecture", "amd64")))
                .folder();
        Path guest = new WrittenRun(folder.resolve("vm"))
                .results(triad)
                .journalHead("{\"site\":\"lab\",\"vcpus\":\"two\"}", "[\"-Xmx2g\"]")
                .forks(triad, Map.of())
                .environment(Map.of("os", Map.of("architecture", "aarch64")))
                .folder();
        Comparison comparison = compare(bare, guest);
        assertThat(comparison.warnings())
                .containsExactly(
                        "jdk.flags: none in native, -Xmx2g in vm", "os.architecture: amd64 in native, aarch64 in vm");
        assertThat(comparison.document().text())
                .contains("Machines\n  labels.site: native and vm lab\n  labels.vcpus: native -, vm two\n");
        assertThat(compare(bare).document().text()).contains("Machines\n  labels.site: native lab\n");
    }

    @Test
    void aMachineOfWhichNothingIsKnownIsNeitherGuestNorNative() throws Exception {
        WrittenResult triad = stream("triad", "1024", 1.0, 1.1);
        Path unknown = run("x", Map.of(), triad)
                .environment(Map.of("virtualization", Map.of("hypervisor", "unknown")))
                .folder();
        assertThat(compare(file("native", triad), unknown).warnings())
                .containsExactly("local clock of a machine that may be a guest, not verified (x)");
    }

    @Test
    void percentilesThatFellIntoOneBucketHaveAnIntervalAsWideAsTheBucket() throws Exception {
        WrittenResult bare = stream("triad", "1024", 1.0, 1.1).counter("responseP99Us", "us", 62.463, 62.463);
        WrittenResult guest = stream("triad", "1024", 1.0, 1.1).counter("responseP99Us", "us", 64.511, 64.511);
        Row row = compare(file("native", bare), file("vm", guest)).details().get(0);
        // 62.463 and 64.511 us end buckets of 1.024 us: half a bucket is 0.82 % of the one and 0.79 % of the other.
        Interval interval = row.efficiency(1).flatMap(Efficiency::interval).orElseThrow();
        assertThat(efficiency(row, 1)).isEqualTo(0.968, within(1e-3));
        assertThat(interval.low()).isEqualTo(0.968 / 1.0082 / 1.0079, within(1e-3));
        assertThat(interval.high()).isEqualTo(0.968 * 1.0082 * 1.0079, within(1e-3));
        assertThat(row.notes())
                .containsExactly("interval not narrower than the resolution of the values, 1.64 %:"
                        + " the forks differ by less (vm)");
    }

    @Test
    void aSummaryCountsTheIntervalsThatHoldAHundredPercent() throws Exception {
        Comparison comparison = compare(
                file("native", stream("triad", "1", 100.0, 101.0, 99.0), stream("copy", "1", 100.0, 101.0, 99.0)),
                file("vm", stream("triad", "1", 100.5, 99.5, 100.0), stream("copy", "1", 50.0, 50.5, 49.5)));
        assertThat(comparison.document().text())
                .contains("vm: geometric mean mem 70.7 %; 100 % lies in 1 of 2 intervals");
    }
}
