package dev.tare.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tare.parts.RequiresProgram;
import dev.tare.report.campaign.CampaignReport;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.comparison.DocumentOptions;
import dev.tare.report.document.Document;
import dev.tare.report.study.XenStudy;
import dev.tare.report.written.WrittenCampaign;
import dev.tare.report.written.WrittenResult;
import dev.tare.report.written.WrittenRun;
import dev.tare.runs.Run;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opens pages in a browser and looks at them: on screens, in the dark, on a telephone, on paper. */
@RequiresProgram(value = "chromium", debianPackage = "chromium")
final class PageTest {
    private static final int A4_WITHOUT_MARGINS = 680;
    private static final int MOST_BYTES = 1_000_000;
    /** What Jenkins sends with archived files. */
    private static final String JENKINS =
            "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self'";

    @TempDir
    private static Path folder;

    private static Chromium browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Chromium.start(folder.resolve("profile"));
    }

    @AfterAll
    static void stop() {
        browser.close();
    }

    private static String resource(String name) throws Exception {
        try (InputStream in = Objects.requireNonNull(PageTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path written(String name, Document document) throws Exception {
        Path page = Files.createDirectories(folder.resolve(name)).resolve("page.html");
        Files.writeString(page, document.html(true));
        Files.writeString(page.resolveSibling(Document.STYLE_SHEET_NAME), Document.styleSheet());
        assertThat(Files.size(page)).as("bytes of " + name).isLessThan(MOST_BYTES);
        return page;
    }

    /** Everything that must hold of every page. */
    private static void looksRight(String name, Document document) throws Exception {
        browser.view(1200, false, false);
        browser.open(written(name, document).toUri());
        browser.value(resource("checks.js"));
        assertThat(browser.words("numberProblems()"))
                .as(name + ": numbers that are drawn and not in the table")
                .isEmpty();
        assertThat(browser.words("sameNames()"))
                .as(name + ": names of two drawings of a figure")
                .isEmpty();
        for (int width : List.of(1200, 700, 400)) {
            browser.view(width, false, false);
            fits(name + ", " + width + " pixels");
        }
        browser.view(A4_WITHOUT_MARGINS, false, true);
        fits(name + ", on paper");
        assertThat(browser.words("paperProblems()")).as(name + ": on paper").isEmpty();
        // Before axe, which says things of its own.
        assertThat(browser.messages()).as(name + ": messages on the console").isEmpty();
    }

    /** What axe finds, in the light by all of its rules, in the dark by that of contrast. */
    private static void isAccessible(String name) throws Exception {
        browser.value(resource("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js") + ";0");
        for (boolean dark : List.of(false, true)) {
            browser.view(1200, dark, false);
            assertThat(browser.value("getComputedStyle(document.body).backgroundColor")
                            .asText())
                    .isEqualTo(dark ? "rgb(20, 23, 28)" : "rgb(255, 255, 255)");
            String rules = dark ? ", runOnly: ['color-contrast']" : "";
            assertThat(browser.words("axe.run(document, {preload: false" + rules + "}).then(result =>"
                            + " result.violations.map(violation => violation.id + ': '"
                            + " + violation.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(' | ')))"))
                    .as(name + ": violations that axe finds" + (dark ? " in the dark" : ""))
                    .isEmpty();
        }
    }

    private static void fits(String what) throws Exception {
        assertThat(browser.words("wideContent()"))
                .as(what + ": beyond the edge")
                .isEmpty();
        assertThat(browser.words("textProblems()"))
                .as(what + ": text in drawings")
                .isEmpty();
    }

    private static WrittenResult socket(int messageBytes, double factor) {
        double seconds = 20e-6 + messageBytes / 2e9;
        double rate = messageBytes / seconds / 1e6 * factor;
        return WrittenResult.throughput("dev.tare.net.SocketBench.send")
                .param("messageBytes", String.valueOf(messageBytes))
                .forks(1.0, 1.0, 1.0)
                .counter("bandwidthMBps", "ops/s", rate, rate * 1.02, rate * 0.97)
                .counter("systemCpuCores", "ops/s", 1.5, 1.6, 1.4);
    }

    private static Path run(String name, double factor, boolean extra) throws Exception {
        List<WrittenResult> results = new ArrayList<>();
        for (int bytes = 4096; bytes <= 1 << 20; bytes *= 4) {
            results.add(socket(bytes, factor));
        }
        results.add(WrittenResult.averageTime("dev.tare.mem.LatencyBench.load", "ns/op")
                .forks(80 / factor, 81 / factor, 80.5 / factor));
        results.add(WrittenResult.throughput("dev.tare.io.FileBench.randomRead")
                .param(
                        "target",
                        "/mnt/\u6e2c\u5b9a/\u0438\u0437\u043c\u0435\u0440\u0435\u043d\u0438\u0435/a-very-long-name-of-a-file-that-fits-nowhere")
                .forks(1.0, 1.0, 1.0)
                .counter("rateIOps", "ops/s", 9000 * factor, 9100 * factor, 8000 * factor)
                .counter("responseP50Us", "us", 100 / factor, 101 / factor, 99 / factor)
                .counter("responseP99Us", "us", 300 / factor, 310 / factor, 290 / factor)
                .counter("responseP999Us", "us", 900 / factor, 950 / factor, 870 / factor));
        results.add(WrittenResult.throughput("dev.tare.cpu.LuSolveBench.ejml").forks(1.0, Double.NaN, 2.0));
        results.add(WrittenResult.throughput("dev.tare.cpu.FftBench.one").forks(5 * factor));
        if (extra) {
            results.add(WrittenResult.throughput("dev.tare.cpu.OnlyHere.once").forks(1.0, 2.0));
        }
        WrittenRun run = new WrittenRun(folder.resolve("runs").resolve(name))
                .results(results.toArray(WrittenResult[]::new))
                .journalHead("{\"kind\":\"" + name + "\",\"os\":\"linux\"}", "[]")
                .environment(Map.of("virtualization", Map.of("summary", name), "host", Map.of("name", name)));
        for (WrittenResult result : results) {
            run.forks(result, Map.of("direct", "no, refused", "clock", "local clock"));
        }
        return run.folder();
    }

    private static Document compared(DocumentOptions options, Path... runs) throws Exception {
        return Comparison.of(Run.readAll(List.of(runs)), 0).document(options);
    }

    @Test
    void theStudyOf2010() throws Exception {
        looksRight("study", XenStudy.document());
        isAccessible("study");
    }

    @Test
    void twoRunsWithNoiseAndNamesThatFitNowhere() throws Exception {
        Path bare = run("native", 1, true);
        DocumentOptions options =
                new DocumentOptions(Optional.of(Run.read(run("again", 1.01, false))), List.of("os", "kind"));
        looksRight(
                "two-runs", compared(options, bare, run("\u4eee\u60f3\u6a5f\u68b0 with <a> name & more", 0.8, false)));
        isAccessible("two-runs");
    }

    /** A name of capitals, and numbers of five digits. */
    private static Path night(String name, double factor) throws Exception {
        List<WrittenResult> results = new ArrayList<>();
        for (String component : List.of("cpu", "mem", "io", "net")) {
            for (int i = 0; i < 18; i++) {
                double value = 90_000 * factor + 100 * i;
                results.add(WrittenResult.throughput("dev.tare." + component + ".LatencyUnderLoadBench.requestResponse")
                        .param("messageBytes", String.valueOf(1024 << i))
                        .forks(value, value * 1.04, value * 0.97)
                        .counter("rateIOps", "ops/s", value, value * 1.04, value * 0.97)
                        .counter("responseP50Us", "us", value, value * 1.02, value * 0.97)
                        .counter("responseP99Us", "us", value * 2, value * 2.1, value * 1.9));
            }
        }
        WrittenRun run = new WrittenRun(folder.resolve("nights").resolve(name))
                .results(results.toArray(WrittenResult[]::new))
                .journalHead("{}", "[]");
        for (WrittenResult result : results) {
            run.forks(result, Map.of("clock", "local clock of a guest, not verified"));
        }
        return run.folder();
    }

    @Test
    void twoNightsOfMoreConfigurationsThanAPageOfPaperHolds() throws Exception {
        looksRight("nights", compared(DocumentOptions.NONE, night("native", 1), night("guest", 0.9)));
        assertThat(browser.words("[...document.querySelectorAll('figure > .wide')]"
                        + ".filter(e => e.querySelectorAll('svg').length > 1)"
                        + ".map(e => e.parentElement.querySelector('h3').textContent.replace(/^[0-9]+[.] /, ''))"))
                .as("figures of several drawings")
                .contains("guest against native", "Response times by percentile", "Forks of native");
    }

    @Test
    void oneRunAlone() throws Exception {
        looksRight("one-run", compared(DocumentOptions.NONE, run("alone", 1, true)));
    }

    @Test
    void fiftyRuns() throws Exception {
        List<Path> runs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            runs.add(run("run-" + i, 1 - i / 100.0, false));
        }
        Document document = compared(DocumentOptions.NONE, runs.toArray(Path[]::new));
        looksRight("fifty-runs", document);
        assertThat(document.text(false, false)).contains("labels.os: run-0, run-1, run-2 and 47 more linux");
        assertThat(document.markdown().lines())
                .filteredOn(line -> line.startsWith("| benchmark"))
                .allSatisfy(line -> assertThat(line.split("run-", -1)).hasSizeLessThanOrEqualTo(11));
    }

    @Test
    void aCampaign() throws Exception {
        WrittenCampaign campaign = new WrittenCampaign(folder.resolve("campaign"), 5)
                .bare("metal")
                .guests("vm1", "vm2")
                .scenario("native", 2, WrittenCampaign.measured("metal", "cpu"))
                .scenario("alone-1", 2, WrittenCampaign.measured("vm1", "cpu"))
                .scenario("alone-2", WrittenCampaign.measured("vm2", "cpu"))
                .scenario("both", WrittenCampaign.measured("vm1", "cpu"), WrittenCampaign.measured("vm2", "cpu"))
                .scenario("cell", WrittenCampaign.measured("vm1", "cpu"), WrittenCampaign.load("vm2", "net"));
        looksRight(
                "campaign",
                CampaignReport.of(campaign.write((slot, one) ->
                                100 + Math.cos(slot.round() * slot.scenario().length())))
                        .document());
        isAccessible("campaign");
    }

    /** Neither script nor style inside is admitted there: drawings keep their colours, the sibling styles the rest. */
    @Test
    void drawingsAreIntactWhereJenkinsArchivesThem() throws Exception {
        Path page = written("archived", XenStudy.document());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Path file = page.resolveSibling(exchange.getRequestURI().getPath().substring(1));
            boolean there = Files.exists(file);
            byte[] body = there ? Files.readAllBytes(file) : new byte[0];
            exchange.getResponseHeaders().add("Content-Security-Policy", JENKINS);
            exchange.getResponseHeaders()
                    .add("Content-Type", file.toString().endsWith(".css") ? "text/css" : "text/html; charset=utf-8");
            exchange.sendResponseHeaders(there ? 200 : 404, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            browser.view(1200, false, false);
            browser.open(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/page.html"));
            assertThat(browser.value("getComputedStyle(document.querySelector('h1')).fontSize")
                            .asText())
                    .isEqualTo("34px");
            assertThat(browser.value("getComputedStyle(document.querySelector('svg .f-native > rect')).fill")
                            .asText())
                    .isEqualTo("rgb(63, 70, 81)");
            Files.delete(page.resolveSibling(Document.STYLE_SHEET_NAME));
            browser.open(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/page.html?bare"));
            assertThat(browser.value("getComputedStyle(document.querySelector('svg .f-native > rect')).fill")
                            .asText())
                    .isEqualTo("rgb(63, 70, 81)");
            assertThat(browser.value("document.querySelector('.narrow').getBoundingClientRect().height")
                            .asInt(-1))
                    .isZero();
        } finally {
            server.stop(0);
        }
    }
}
