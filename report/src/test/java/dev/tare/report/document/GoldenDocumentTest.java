package dev.tare.report.document;

import static dev.tare.report.written.WrittenCampaign.expecting;
import static dev.tare.report.written.WrittenCampaign.idle;
import static dev.tare.report.written.WrittenCampaign.load;
import static dev.tare.report.written.WrittenCampaign.measured;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.report.campaign.CampaignReport;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.DocumentOptions;
import dev.tare.report.written.WrittenCampaign;
import dev.tare.report.written.WrittenResult;
import dev.tare.report.written.WrittenRun;
import dev.tare.runs.Run;
import dev.tare.runs.campaign.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All words and numbers of whole documents, as JSON has them, against files that people have read. When one is meant to
 * change, read what the test leaves in {@code target/golden} and put it in the file's place.
 */
final class GoldenDocumentTest {
    private static final Path EXPECTED = Path.of("src/test/resources/dev/tare/report/document");
    private static final Map<String, Double> RATES = Map.of("native", 110.0, "both", 60.0, "cell", 70.0);
    private static final Pattern LONG_NUMBER = Pattern.compile("-?\\d+\\.\\d{6,}(?:E-?\\d+)?");
    private static final Path MADE = Path.of("target", "golden");

    @TempDir
    private Path folder;

    private void assertIsGolden(String name, Document document) throws IOException {
        // Logarithms and powers may differ in their last digit from processor to processor.
        String made = LONG_NUMBER
                .matcher(document.json().replace(folder.toString(), "FOLDER"))
                .replaceAll(number -> String.format(Locale.ROOT, "%.9g", Double.parseDouble(number.group())));
        Files.writeString(Files.createDirectories(MADE).resolve(name), made);
        assertThat(made).isEqualTo(Files.readString(EXPECTED.resolve(name)));
    }

    private Path run(String name, double factor) throws Exception {
        List<WrittenResult> results = new ArrayList<>();
        for (int bytes = 4096; bytes <= 1 << 20; bytes *= 4) {
            double rate = bytes / (20e-6 + bytes / 2e9) / 1e6 * factor;
            results.add(WrittenResult.throughput("dev.tare.net.SocketBench.send")
                    .param("messageBytes", String.valueOf(bytes))
                    .forks(1.0, 1.0, 1.0)
                    .counter("bandwidthMBps", "ops/s", rate, rate * 1.02, rate * 0.97)
                    .counter("systemCpuCores", "ops/s", 1.5, 1.6, 1.4));
        }
        results.add(WrittenResult.averageTime("dev.tare.mem.LatencyBench.load", "ns/op")
                .forks(80 / factor, 81 / factor, 80.5 / factor));
        results.add(WrittenResult.throughput("dev.tare.io.FileBench.randomRead")
                .forks(1.0, 1.0, 1.0)
                .counter("rateIOps", "ops/s", 9000 * factor, 9100 * factor, 8000 * factor)
                .counter("responseP50Us", "us", 100 / factor, 101 / factor, 99 / factor)
                .counter("responseP99Us", "us", 300 / factor, 310 / factor, 290 / factor));
        results.add(WrittenResult.throughput("dev.tare.cpu.LuSolveBench.ejml").forks(1.0, Double.NaN, 2.0));
        results.add(WrittenResult.throughput("dev.tare.cpu.FftBench.one").forks(5 * factor));
        WrittenRun run = new WrittenRun(folder.resolve(name))
                .results(results.toArray(WrittenResult[]::new))
                .journalHead("{\"kind\":\"" + name + "\",\"os\":\"linux\"}", "[]")
                .environment(
                        new TreeMap<>(Map.of("virtualization", Map.of("summary", name), "host", Map.of("name", name))));
        for (WrittenResult result : results) {
            run.forks(result, Map.of("clock", "local clock"));
        }
        return run.folder();
    }

    @Test
    void nativeBesideGuestWithItsNoise() throws Exception {
        Run again = Run.read(run("again", 1.01));
        Comparison comparison = Comparison.of(Run.readAll(List.of(run("native", 1), run("vm", 0.8))), 0);

        assertIsGolden(
                "comparison.json", comparison.document(new DocumentOptions(Optional.of(again), List.of("os", "kind"))));
    }

    @Test
    void campaignWithEverySection() throws Exception {
        WrittenCampaign campaign = new WrittenCampaign(folder.resolve("c"), 5)
                .bare("metal")
                .guests("vm1", "vm2")
                .scenario("native", 2, measured("metal", "cpu"))
                .scenario("alone-1", 2, measured("vm1", "cpu"))
                .scenario("alone-2", measured("vm2", "cpu"))
                .scenario("both", expecting(measured("vm1", "cpu"), 0.5, "declared"), measured("vm2", "cpu"))
                .scenario("idle", 2, measured("vm1", "cpu"), idle("vm2"))
                .scenario("cell", expecting(measured("vm1", "cpu"), 0.5, "declared"), load("vm2", "net"))
                .voidFirst(new Slot(1, "both", 1), "vm2 was late");

        assertIsGolden(
                "campaign.json",
                CampaignReport.of(campaign.write((slot, one) -> RATES.getOrDefault(slot.scenario(), 100.0)
                                + Math.cos(slot.round() + 7 * one.host().hashCode() + slot.occurrence())))
                        .document());
    }
}
