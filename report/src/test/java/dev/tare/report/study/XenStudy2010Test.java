package dev.tare.report.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.report.comparison.Comparison;
import dev.tare.report.document.Row;
import dev.tare.report.document.Section;
import dev.tare.report.document.Value;
import dev.tare.report.efficiency.Efficiency;
import dev.tare.report.written.WrittenResult;
import dev.tare.report.written.WrittenRun;
import dev.tare.runs.Run;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds the single-guest figures of the 2010 study of Xen 3.3 as runs, and expects the study's conclusions. */
final class XenStudy2010Test {
    private static final List<String> LINUX_PV = List.of("32-pv", "32-pv-amdv", "64-pv", "64-pv-amdv");
    private static final List<String> LINUX_HVM = List.of("32-hvm", "64-hvm");

    @TempDir
    private Path folder;

    /** Metric to efficiency of one guest against bare metal of the same word size. */
    private Map<String, Double> efficiencies(String os, String guest) throws Exception {
        String bare = guest.substring(0, 2) + "-native";
        Comparison comparison = Comparison.of(Run.readAll(List.of(run(os, bare), run(os, guest))), 0);
        // The study ran array 4000 in one kind of guest only.
        assertThat(comparison.unmatched()).allMatch(what -> what.contains("linpack-4000-time"));
        Map<String, Double> efficiencies = new TreeMap<>();
        for (Row row : comparison.rows()) {
            assertThat(row.notes()).contains("no interval, one fork only (" + bare + " and " + guest + ")");
            String benchmark = row.configuration().benchmark();
            efficiencies.put(
                    benchmark.substring(benchmark.lastIndexOf('.') + 1),
                    row.efficiency(1).map(Efficiency::ratio).orElseThrow());
        }
        return efficiencies;
    }

    private Path run(String os, String configuration) throws IOException {
        List<WrittenResult> results = new ArrayList<>();
        for (String line : measurements()) {
            String[] field = line.split(",", -1);
            boolean single = field[1].equals(os) && field[2].equals(configuration) && field[3].equals("1");
            if (single && !field[6].equals("%")) {
                results.add(
                        result("xen2010." + field[0] + ".Study." + field[5], field[6], Double.parseDouble(field[7])));
            }
        }
        return WrittenRun.jmhFile(folder.resolve(configuration + ".json"), results.toArray(WrittenResult[]::new));
    }

    private static WrittenResult result(String benchmark, String unit, double value) {
        return unit.equals("s")
                ? WrittenResult.averageTime(benchmark, "s/op").forks(value)
                : WrittenResult.throughput(benchmark).forks(value).counter("bandwidthMBps", "ops/s", value);
    }

    private static List<String> measurements() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                XenStudy2010Test.class.getResourceAsStream("/dev/tare/report/study/xen-2010.csv"),
                "missing resource xen-2010.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        }
    }

    private static double of(Map<String, Double> efficiencies, String metric) {
        return Objects.requireNonNull(efficiencies.get(metric), metric);
    }

    @Test
    void everyGuestKeepsMoreThanNinetyPercentOfTheCpu() throws Exception {
        for (String guest : List.of("32-pv", "32-pv-amdv", "64-pv", "64-pv-amdv", "32-hvm", "64-hvm")) {
            assertThat(of(efficiencies("linux", guest), "linpack-2000-time"))
                    .as(guest)
                    .isBetween(0.9, 1.02);
        }
        for (String guest : List.of("32-hvm", "32-hvm-pvdrivers", "64-hvm", "64-hvm-pvdrivers")) {
            assertThat(of(efficiencies("windows", guest), "linpack-2000-time"))
                    .as(guest)
                    .isBetween(0.9, 1.02);
        }
    }

    @Test
    void memoryIsCloseToNativeEverywhere() throws Exception {
        for (String guest : List.of("32-pv", "64-pv", "32-hvm", "64-hvm")) {
            Map<String, Double> efficiencies = efficiencies("linux", guest);
            for (String metric : List.of("l1-write", "l1-read", "l2-write", "l2-read", "ram-write", "ram-read")) {
                assertThat(of(efficiencies, metric)).as(guest + " " + metric).isBetween(0.97, 1.06);
            }
        }
    }

    @Test
    void paravirtualNetworksLoseNothingAndEmulatedOnesKeepAQuarter() throws Exception {
        for (String guest : LINUX_PV) {
            Map<String, Double> efficiencies = efficiencies("linux", guest);
            assertThat(of(efficiencies, "net-write")).as(guest).isBetween(0.92, 1.06);
            assertThat(of(efficiencies, "net-read")).as(guest).isBetween(0.97, 1.01);
        }
        for (String guest : LINUX_HVM) {
            Map<String, Double> efficiencies = efficiencies("linux", guest);
            assertThat(of(efficiencies, "net-write")).as(guest).isBetween(0.24, 0.27);
            assertThat(of(efficiencies, "net-read")).as(guest).isBetween(0.25, 0.27);
        }
        assertThat(of(efficiencies("windows", "32-hvm"), "net-write")).isBetween(0.23, 0.26);
        assertThat(of(efficiencies("windows", "64-hvm"), "net-write")).isBetween(0.67, 0.71);
    }

    @Test
    void randomWritesKeepAboutSixtyPercentAndReadsNearlyAll() throws Exception {
        for (String guest : List.of("32-pv", "32-pv-amdv", "64-pv", "64-pv-amdv", "64-hvm")) {
            Map<String, Double> efficiencies = efficiencies("linux", guest);
            assertThat(of(efficiencies, "disk-rand-write")).as(guest).isBetween(0.58, 0.63);
            assertThat(of(efficiencies, "disk-rand-read")).as(guest).isBetween(0.93, 1.0);
            assertThat(of(efficiencies, "disk-seq-read")).as(guest).isBetween(0.84, 0.91);
            assertThat(of(efficiencies, "disk-seq-write")).as(guest).isBetween(1.0, 1.1);
        }
    }

    @Test
    void allGuestsBesideBareMetalFitATerminal() throws Exception {
        List<Path> paths = new ArrayList<>();
        for (String configuration : List.of("32-native", "32-pv", "32-pv-amdv", "32-hvm")) {
            paths.add(run("linux", configuration));
        }
        String text = Comparison.of(Run.readAll(paths), 0).document().text();
        System.out.println(text);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(120));
        assertThat(text).contains("32-hvm: geometric mean cpu 99.9 %, io 64.9 %, mem 100.4 %, net 25.3 %");
    }

    private static List<Section.Figure> figures() {
        return XenStudy.document().sections().stream()
                .filter(Section.Figure.class::isInstance)
                .map(Section.Figure.class::cast)
                .toList();
    }

    @Test
    void thirtySixFiguresDrawEveryValueAndSayWhatItMeans() throws Exception {
        assertThat(figures())
                .hasSize(36)
                .allSatisfy(figure ->
                        assertThat(figure.finding()).as(figure.heading()).isNotEmpty());
        Set<String> drawn = figures().stream()
                .flatMap(figure -> figure.grid().lines().stream())
                .flatMap(line -> line.values().stream())
                .map(Value::text)
                .collect(Collectors.toSet());
        for (String line : measurements()) {
            String[] field = line.split(",", -1);
            assertThat(drawn).as(line).contains(field[7] + (field[6].equals("%") ? " %" : ""));
        }
    }

    @Test
    void theFiguresSayWhatTheStudyConcludesOfSeveralGuests() {
        Map<String, String> findings =
                figures().stream().collect(Collectors.toMap(Section.Figure::heading, Section.Figure::finding));
        assertThat(findings)
                .containsEntry(
                        "CPU, LINPACK 4000: time of each guest (less is better)",
                        "Two guests take 133.8 % of the time of one, three 149.9 % of the time of two.")
                .containsEntry(
                        "Network while two other guests compute (more is better)",
                        "Of what it has alone a guest keeps: write 81.2 %, read 56.5 %.")
                .containsEntry(
                        "Network beside the disk: each of three guests (more is better)",
                        "Furthest apart: read, the least has 66.1 % of the most.");
    }
}
