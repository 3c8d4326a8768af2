package dev.tare.report.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.report.comparison.Comparison;
import dev.tare.report.written.WrittenResult;
import dev.tare.report.written.WrittenRun;
import dev.tare.runs.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DocumentTest {
    private final Locale locale = Locale.getDefault();

    @TempDir
    private Path folder;

    /** A locale with decimal commas, which must not be seen anywhere. */
    @BeforeEach
    void speakGerman() {
        Locale.setDefault(Locale.GERMANY);
    }

    @AfterEach
    void speakAsBefore() {
        Locale.setDefault(locale);
    }

    private static WrittenResult triad(Double... bandwidths) {
        return WrittenResult.throughput("dev.tare.mem.StreamBench.triad")
                .param("arrayBytes", "134217728")
                .forks(1.0, 1.0)
                .counter("bandwidthMBps", "ops/s", bandwidths);
    }

    private static WrittenResult load(Double... nanoseconds) {
        return WrittenResult.averageTime("dev.tare.mem.LatencyBench.load", "ns/op")
                .forks(nanoseconds);
    }

    private Comparison comparison() throws Exception {
        Path bare = new WrittenRun(folder.resolve("native"))
                .results(triad(10000.0, 10100.0), load(80.0, 80.4))
                .forks(triad(10000.0, 10100.0), Map.of("kernel", "vector"))
                .environment(Map.of("virtualization", Map.of("summary", "bare metal", "hypervisor", "none")))
                .folder();
        Path guest = new WrittenRun(folder.resolve("vm"))
                .results(triad(9000.0, 9090.0), load(1000.0, 1005.0))
                .forks(triad(9000.0, 9090.0), Map.of("kernel", "plain"))
                .environment(Map.of("virtualization", Map.of("summary", "KVM guest", "hypervisor", "KVM")))
                .folder();
        return Comparison.of(Run.readAll(List.of(bare, guest)), 0);
    }

    @Test
    void aTerminalGetsAnAlignedTable() throws Exception {
        assertThat(comparison().document().text()).isEqualTo("""
                        Efficiency against native
                        Means over 2 forks, ± half of the 95 % confidence interval. 100 % = as good as the baseline, more is better.

                        benchmark                            native     ±    vm    ±  efficiency  95 % interval   unit
                        StreamBench.triad arrayBytes=128MiB   10050   635  9045  572      90.0 %   [87.3, 92.8]   MB/s  1
                        LatencyBench.load avgt                80.20  2.54  1003   32      8.00 %   [7.88, 8.12]  ns/op

                          1  kernel: vector in native, plain in vm

                        Summary
                          vm: geometric mean mem 26.8 %; 100 % lies in 0 of 2 intervals

                        Warnings
                          local clock of a guest, not verified (vm)

                        Machines
                          virtualization.summary: native bare metal, vm KVM guest
                        """);
    }

    @Test
    void aPageGetsMarkdown() throws Exception {
        assertThat(comparison().document().markdown()).isEqualTo("""
                        # Efficiency against native

                        Means over 2 forks, ± half of the 95 % confidence interval. 100 % = as good as the baseline, more is better.

                        | benchmark | native | vm | efficiency | 95 % interval | unit | notes |
                        | :--- | ---: | ---: | ---: | ---: | :--- | :--- |
                        | StreamBench.triad arrayBytes=128MiB | 10050 ± 635 | 9045 ± 572 | **90.0 %** | [87.3, 92.8] | MB/s | (1) |
                        | LatencyBench.load avgt | 80.20 ± 2.54 | 1003 ± 32 | **8.00 %** | [7.88, 8.12] | ns/op |  |

                        - (1) kernel: vector in native, plain in vm

                        ## Summary

                        - vm: geometric mean mem 26.8 %; 100 % lies in 0 of 2 intervals

                        ## Warnings

                        - local clock of a guest, not verified (vm)

                        ## Facts of native

                        - StreamBench: kernel vector

                        ## Before you act on a difference

                        - how far two native runs differ is not known: measure native once more and give it by --again
                        - few forks: 2 of some configurations; five on each side make intervals a third narrower than three

                        ## Machines

                        | property | native | vm |
                        | :--- | :--- | :--- |
                        | virtualization.hypervisor | none | KVM |
                        | virtualization.summary | bare metal | KVM guest |
                        """);
    }

    @Test
    void aProgramGetsCsvWithAllDigits() throws Exception {
        List<String> lines = comparison().document().csv().lines().toList();
        assertThat(comparison().document().csv()).endsWith("\r\n").doesNotContain("NaN");
        assertThat(lines).filteredOn(line -> line.contains(",primary,")).hasSize(4);
        assertThat(lines)
                .hasSize(14)
                .contains(",,,,,warning,,,,,,,,,,,,,,,,,\"local clock of a guest, not verified (vm)\"")
                .contains(",,,,virtualization.hypervisor,machine,,,vm,,,,,,,,,,,,,,KVM")
                .contains(
                        "dev.tare.mem.StreamBench.triad,thrpt,1,arrayBytes=134217728,bandwidthMBps,primary,MB/s,more,native,"
                                + "yes,,,,,,2,10050.0,9414.689763191263,10685.310236808737,,,,"
                                + "\"kernel: vector in native, plain in vm\"");
    }

    @Test
    void aRunAloneIsShownWithoutEfficiencies() throws Exception {
        Path file = WrittenRun.jmhFile(folder.resolve("one.json"), triad(10000.0, 10100.0));
        String text = Comparison.of(Run.read(file)).document().text();
        assertThat(text).isEqualTo("""
                        Run one
                        Means over 2 forks, ± half of the 95 % confidence interval.

                        benchmark                              one    ±  unit
                        StreamBench.triad arrayBytes=128MiB  10050  635  MB/s
                        """);
        assertThat(Comparison.of(Run.read(file)).document().csv()).contains(",one,yes,,,,,,2,10050.0,");
    }

    @Test
    void sharesOfPeakAreToldBelowTheTableAndInTheCsv() throws Exception {
        WrittenResult peak = WrittenResult.throughput("dev.tare.cpu.FmaPeakBench.multiplyAdd")
                .forks(1.0, 1.0)
                .counter("rateGflops", "ops/s", 40.0, 40.0);
        WrittenResult solver = WrittenResult.throughput("dev.tare.cpu.LuSolveBench.blocked")
                .param("order", "500")
                .forks(1.0, 1.0)
                .counter("rateGflops", "ops/s", 36.0, 38.0);
        Path one = WrittenRun.jmhFile(folder.resolve("one.json"), peak, solver);
        Path two = WrittenRun.jmhFile(folder.resolve("two.json"), peak, solver);
        Comparison alone = Comparison.of(Run.read(one));
        Comparison both = Comparison.of(Run.readAll(List.of(one, two)), 0);

        assertThat(alone.document().text())
                .contains("\n\nShare of FmaPeakBench\n  LuSolveBench.blocked order=500: 92.5 %\n");
        assertThat(both.document().text()).contains("  LuSolveBench.blocked order=500: one 92.5 %, two 92.5 %\n");
        assertThat(alone.document().markdown())
                .contains("## Share of FmaPeakBench\n\n- LuSolveBench.blocked order=500: 92.5 %\n");
        assertThat(alone.document().csv())
                .contains(",thrpt,1,order=500,ofPeakPercent,secondary,%,,one,yes,,,,,,2,92.5,");
    }

    @Test
    void detailsAreLinesOfTheirOwn() throws Exception {
        WrittenResult withMaximum = triad(10000.0, 10100.0).counter("responseMaxUs", "us", 1500.0, 2500.0);
        Path file = WrittenRun.jmhFile(folder.resolve("one.json"), withMaximum);
        assertThat(Comparison.of(Run.read(file)).document().text(true, true))
                .containsPattern("StreamBench.triad arrayBytes=128MiB bandwidthMBps +10050 +635 +MB/s")
                .containsPattern("StreamBench.triad arrayBytes=128MiB responseMaxUs +2.000 +6.353 +ms");
    }

    @Test
    void namesThatNeedEscapingBreakNeitherTableNorCsv() throws Exception {
        WrittenResult nasty = WrittenResult.throughput("a.B.c")
                .param("path", "C:\\x|y, \"z\"\n<b>")
                .forks(1.0, 1.0);
        Comparison comparison = Comparison.of(Run.read(WrittenRun.jmhFile(folder.resolve("one.json"), nasty)));
        assertThat(comparison.document().csv()).contains(",\"path=C:\\x|y, \"\"z\"\"\n<b>\",score,");
        assertThat(comparison.document().markdown()).contains("| B.c path=C:\\\\x\\|y, \"z\" &lt;b> |");
        assertThat(comparison
                        .document()
                        .text()
                        .lines()
                        .filter(line -> line.contains("B.c"))
                        .toList())
                .hasSize(1);
    }

    private String textOf(WrittenResult... results) throws Exception {
        return Comparison.of(Run.read(WrittenRun.jmhFile(folder.resolve("one.json"), results)))
                .document()
                .text();
    }

    @Test
    void namesDoNotSteerTheTerminal() throws Exception {
        WrittenResult red =
                WrittenResult.throughput("a.B.c").param("name", "\u001b[31mred").forks(1.0, 1.0);
        assertThat(textOf(red)).contains("name=?[31mred").doesNotContain("\u001b");
    }

    @Test
    void classesOfOneNameKeepTheirPackages() throws Exception {
        assertThat(textOf(
                        WrittenResult.throughput("a.Bench.run").forks(1.0, 1.0),
                        WrittenResult.throughput("b.Bench.run").forks(1.0, 1.0),
                        WrittenResult.throughput("b.Other.run").forks(1.0, 1.0).threads(4)))
                .contains("a.Bench.run ")
                .contains("b.Bench.run ")
                .contains("\nOther.run threads=4 ");
    }

    @Test
    void ofManyParametersOnlyThoseThatVaryStandInTheTable() throws Exception {
        WrittenResult[] results = new WrittenResult[2];
        for (int i = 0; i < results.length; i++) {
            results[i] = WrittenResult.throughput("dev.tare.io.FileBench.randomRead")
                    .param("blockBytes", String.valueOf(4096 << (8 * i)))
                    .param("direct", "true")
                    .param("target", ".")
                    .forks(1.0, 1.0);
        }
        assertThat(textOf(results))
                .contains("FileBench.randomRead blockBytes=4KiB  1.000")
                .contains("FileBench.randomRead blockBytes=1MiB  1.000")
                .contains("Parameters that names leave out\n  FileBench: direct=true target=.\n");
    }

    @Test
    void aValueThatMostConfigurationsHaveIsNamedByTheOthersAlone() throws Exception {
        WrittenResult[] results = new WrittenResult[5];
        for (int i = 0; i < results.length; i++) {
            results[i] = WrittenResult.throughput("dev.tare.io.FileBench.method" + i / 2)
                    .param("blockBytes", String.valueOf(4096 << (8 * (i % 2))))
                    .param("queueDepth", i == 4 ? "32" : "1")
                    .param("target", ".")
                    .forks(1.0, 1.0);
        }
        assertThat(textOf(results))
                .contains("FileBench.method0 blockBytes=4KiB  ")
                .contains("FileBench.method0 blockBytes=1MiB  ")
                .contains("FileBench.method2 blockBytes=4KiB queueDepth=32  ")
                .contains("Parameters that names leave out\n  FileBench: target=. and unless named queueDepth=1\n");
    }

    @Test
    void factsAreToldOnceForAClassWithTheirExceptions() throws Exception {
        WrittenRun run = new WrittenRun(folder.resolve("run"));
        for (String method : List.of("randomRead", "sequentialRead", "randomWrite")) {
            WrittenResult result =
                    WrittenResult.throughput("dev.tare.io.FileBench." + method).forks(1.0, 1.0);
            for (int fork = 0; fork < 2; fork++) {
                Map<String, String> facts = Map.of(
                        "direct", method.equals("randomWrite") ? "no" : "yes", "target", "./file-" + fork + ".bench");
                run.fork(result, fork, fork + 1, facts);
            }
        }
        assertThat(withFacts(run))
                .contains(
                        "  FileBench: direct yes (no in randomWrite), target varies by fork: ./file-0.bench; ./file-1.bench\n");
    }

    private static String withFacts(WrittenRun run) throws Exception {
        return Comparison.of(Run.read(run.folder())).document().text(false, true);
    }

    @Test
    void ofALongFactThatVariesOneExampleIsEnough() throws Exception {
        WrittenRun run = new WrittenRun(folder.resolve("run"));
        for (int fork = 0; fork < 2; fork++) {
            String lengths = "0." + fork + "12 ms for 1 %, 1.2 ms for 0.1 %, 12.3 ms for 0.01 %";
            run.fork(triad(1.0, 1.0), fork, fork + 1, Map.of("shortest", lengths));
        }

        assertThat(withFacts(run))
                .contains(
                        "  StreamBench: shortest varies by fork: 0.012 ms for 1 %, 1.2 ms for 0.1 %, 12.3 ms for 0.01 %;"
                                + " and 1 more\n");
        assertThat(Comparison.of(Run.read(run.folder())).document().text()).doesNotContain("shortest");
    }

    /** A native machine and ten guests, of which the last is slow and has another JDK. */
    private Comparison elevenRuns() throws Exception {
        List<Path> paths = new ArrayList<>();
        for (int run = 0; run <= 10; run++) {
            double rate = run == 0 ? 10000 : run == 10 ? 5000 : 9700;
            paths.add(new WrittenRun(folder.resolve(run == 0 ? "native" : "vm" + run))
                    .results(triad(rate, 1.01 * rate), load(run == 0 ? 80.0 : 82.0, 80.4))
                    .planned(triad(), 2)
                    .planned(load(), 2)
                    .journalHead("{\"rack\":\"" + run + "\"}", "[]")
                    .forks(triad(rate, 1.01 * rate), Map.of("clock", "remote"))
                    .fork(load(82.0), 0, 1, Map.of())
                    .environment(Map.of(
                            "host",
                            Map.of("name", "host" + run),
                            "jdk",
                            Map.of("version", run == 10 ? "25" : "17"),
                            "virtualization",
                            Map.of("hypervisor", run == 0 ? "none" : "KVM")))
                    .folder());
        }
        return Comparison.of(Run.readAll(paths), 0);
    }

    @Test
    void manyRunsAreAMatrixForEachQuantityWithTheBaselineOnceAndEveryWarningOnce() throws Exception {
        String text = elevenRuns().document().text();

        assertThat(text.lines().filter(line -> line.contains(" native "))).hasSizeLessThan(8);
        assertThat(text)
                .containsOnlyOnce("10050")
                .contains("97.0 ±")
                .contains("50.0 ±")
                .contains("jdk.version: 25 in vm10, 17 in the other 10 runs")
                .containsOnlyOnce("results.json has 1 fork that the journal lacks")
                .containsOnlyOnce("LatencyBench.load avgt: 1 of 2 planned");
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void aPageHasTheSameMatrix() throws Exception {
        assertThat(elevenRuns().document().markdown())
                .contains("| benchmark | native | unit | vm1 | vm2 | vm3 |")
                .contains("| StreamBench.triad arrayBytes=128MiB | 10050 ± 635 | MB/s | 97.0 ±");
    }

    @Test
    void aLineOfTheCsvSaysWhereWhenAndHowItWasMeasuredAndWhatIsWrongWithItself() throws Exception {
        List<String> lines = elevenRuns().document().csv().lines().toList();

        assertThat(lines)
                .anyMatch(line -> line.startsWith("dev.tare.mem.StreamBench.triad")
                        && line.contains(",vm3,no,host3,2026-01-02T03:04:05Z,rack=3,complete,remote,2,"))
                .anyMatch(line -> line.startsWith("dev.tare.mem.LatencyBench.load")
                        && line.contains(",vm3,no,host3,2026-01-02T03:04:05Z,rack=3,1 of 2 planned forks,,1,"));
        Comparison oneFails = Comparison.of(
                Run.readAll(List.of(
                        WrittenRun.jmhFile(folder.resolve("a.json"), triad(1.0, 1.0)),
                        WrittenRun.jmhFile(folder.resolve("b.json"), triad(1.0, Double.NaN)))),
                0);
        assertThat(oneFails.document().csv().lines().filter(line -> line.contains("triad")))
                .satisfiesExactly(
                        a -> assertThat(a).doesNotContain("NaN"),
                        b -> assertThat(b).contains("is NaN"));
    }

    @Test
    void aFactThatDependsOnAParameterIsToldAgainstIt() throws Exception {
        WrittenRun run = new WrittenRun(folder.resolve("run"));
        Map<String, String> levels = Map.of("16384", "L1", "32768", "L1", "16777216", "L3");
        for (String method : List.of("read", "write")) {
            for (String bytes : List.of("16384", "32768", "16777216")) {
                WrittenResult result = WrittenResult.throughput("dev.tare.mem.BlockBench." + method)
                        .param("blockBytes", bytes)
                        .param("elementType", "LONG")
                        .forks(1.0, 1.0);
                run.forks(result, Map.of("cache-level", levels.getOrDefault(bytes, ""), "kernel", "vector"));
            }
        }
        assertThat(withFacts(run))
                .contains("  BlockBench: cache-level varies by blockBytes: L1 at 16KiB, 32KiB; L3 at 16MiB,"
                        + " kernel vector\n");
    }

    @Test
    void forksThatDisagreeOnAWordAreNotTakenForFigures() throws Exception {
        WrittenResult result =
                WrittenResult.throughput("dev.tare.mem.BlockBench.read").forks(1.0, 1.1);
        WrittenRun run = new WrittenRun(folder.resolve("run"))
                .fork(result, 0, 1, Map.of("cache-level", "L1"))
                .fork(result, 1, 2, Map.of("cache-level", "L3"));
        assertThat(withFacts(run))
                .contains("cache-level: forks disagree, L1 and L3 (run)")
                .contains("  BlockBench: cache-level L1 or L3\n");
    }

    @Test
    void everyFormHasEverySection() throws Exception {
        Document document = new Document(
                "Title",
                "How to read it.",
                List.of(
                        new Section.Sentences("Fairness", "fairness", List.of("Jain's index 0.98 over 3 guests")),
                        new Section.PropertyTable(
                                "Hosts",
                                "host",
                                List.of("one", "two"),
                                List.of(new Section.Property("cores", List.of("4", "8"), true)))));
        assertThat(document.text()).isEqualTo("""
                        Title
                        How to read it.

                        Fairness
                          Jain's index 0.98 over 3 guests

                        Hosts
                          cores: one 4, two 8
                        """);
        assertThat(document.markdown()).isEqualTo("""
                        # Title

                        How to read it.

                        ## Fairness

                        - Jain's index 0.98 over 3 guests

                        ## Hosts

                        | property | one | two |
                        | :--- | :--- | :--- |
                        | cores | 4 | 8 |
                        """);
        assertThat(document.csv().lines())
                .contains(",,,,,fairness,,,,,,,,,,,,,,,,,Jain's index 0.98 over 3 guests")
                .contains(",,,,cores,host,,,one,,,,,,,,,,,,,,4")
                .contains(",,,,cores,host,,,two,,,,,,,,,,,,,,8");
    }

    @Test
    void aPageBeginsWithTheVerdictAndDrawsNothingWhereThereIsNothingToDraw() {
        Section.Figure kept = new Section.Figure(
                "Together",
                "What a neighbour costs",
                "kept",
                "",
                "",
                new Grid(
                        List.of("host"),
                        List.of(new Grid.Column("keeps", "%"), new Grid.Column("share", "%")),
                        List.of(new Grid.Line(List.of("vm1"), List.of(Value.words(""), Value.number(33.3, "33.3 %"))))),
                new Chart.Dots(Map.of()),
                false);
        String page = new Document(
                        "Title",
                        "How to read it.",
                        List.of(kept, new Section.Sentences("Verdict", "verdict", List.of("vm1: no verdict"))))
                .html(true);
        assertThat(page)
                .doesNotContain("<svg")
                .containsSubsequence("<h2>Verdict</h2>", "vm1: no verdict", "<h2>Together</h2>", "33.3");
    }

    @Test
    void aLongNameIsWrappedNotCut() {
        assertThat(TextTable.wrapped("FileBench.randomWrite mode=direct blockBytes=4KiB", 30))
                .containsExactly("FileBench.randomWrite", "  mode=direct blockBytes=4KiB");
        assertThat(TextTable.wrapped("x".repeat(25), 10))
                .containsExactly("x".repeat(10), "  " + "x".repeat(8), "  " + "x".repeat(7));
    }
}
