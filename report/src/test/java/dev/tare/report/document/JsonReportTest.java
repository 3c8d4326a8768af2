package dev.tare.report.document;

import static dev.tare.report.written.WrittenCampaign.expecting;
import static dev.tare.report.written.WrittenCampaign.idle;
import static dev.tare.report.written.WrittenCampaign.load;
import static dev.tare.report.written.WrittenCampaign.measured;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import dev.tare.report.campaign.CampaignReport;
import dev.tare.report.comparison.Comparison;
import dev.tare.report.written.WrittenCampaign;
import dev.tare.report.written.WrittenResult;
import dev.tare.report.written.WrittenRun;
import dev.tare.runs.Run;
import dev.tare.runs.campaign.Slot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of report is what the schema in docs says. */
final class JsonReportTest {
    private static final Path SCHEMA = Path.of("..", "docs", "report.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static JsonNode valid(Document document) throws Exception {
        String json = document.json();
        // What JSON lacks may stand in sentences, not as a number, which Jackson refuses.
        Validator.Result result = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .validate(Files.readString(SCHEMA), json);
        assertThat(result.getErrors().stream()
                        .map(error -> error.getInstanceLocation() + ": " + error.getError())
                        .toList())
                .isEmpty();
        return JSON.readTree(json);
    }

    private static WrittenResult triad(Double... bandwidths) {
        return WrittenResult.throughput("dev.tare.mem.StreamBench.triad")
                .param("arrayBytes", "134217728")
                .forks(1.0, 1.0)
                .counter("bandwidthMBps", "ops/s", bandwidths)
                .counter("stealPercent", "%", 0.1, 0.2);
    }

    private Path run(String name, WrittenResult... results) throws Exception {
        WrittenRun run = new WrittenRun(folder.resolve(name))
                .results(results)
                .planned(results[0], 3)
                .journalHead("{\"rack\":\"7\"}", "[]")
                .environment(Map.of("virtualization", Map.of("summary", name), "host", Map.of("name", name)));
        for (WrittenResult result : results) {
            run.forks(result, Map.of("kernel", "vector"));
        }
        return run.folder();
    }

    @Test
    void aRunAloneIsValid() throws Exception {
        JsonNode report = valid(
                Comparison.of(Run.read(run("one", triad(10000.0, 10100.0)))).document());

        JsonNode cell = report.at("/sections/0/rows/0/cells/0");
        assertThat(cell.at("/value").isDouble()).isTrue();
        assertThat(cell.at("/value").doubleValue()).isEqualTo(10050);
        assertThat(cell.at("/efficiencyPercent").isNull()).isTrue();
        assertThat(cell.at("/forks/1/round").intValue()).isEqualTo(2);
        assertThat(cell.at("/status").textValue()).isEqualTo("2 of 3 planned forks");
    }

    @Test
    void aFileOfJmhAloneIsValid() throws Exception {
        Path file = WrittenRun.jmhFile(folder.resolve("one.json"), triad(10000.0, 10100.0));
        assertThat(valid(Comparison.of(Run.read(file)).document())
                        .at("/sections/0/runs/0/started")
                        .isNull())
                .isTrue();
    }

    @Test
    void runsSideBySideAreValidWhereOneYieldedNoNumber() throws Exception {
        List<Path> paths = new ArrayList<>(List.of(run("native", triad(10000.0, 10100.0), only("a"))));
        for (int i = 1; i < 4; i++) {
            paths.add(run("vm" + i, triad(9000.0, Double.NaN), only("b")));
        }

        JsonNode report = valid(Comparison.of(Run.readAll(paths), 0).document());

        JsonNode cells = report.at("/sections/0/rows/0/cells");
        assertThat(cells.size()).isEqualTo(4);
        assertThat(cells.at("/1/forks/1/value").isNull()).isTrue();
        assertThat(cells.at("/1/efficiencyPercent").isNull()).isTrue();
    }

    private static WrittenResult only(String method) {
        return WrittenResult.averageTime("a.B." + method, "ns/op").forks(Double.POSITIVE_INFINITY, 2.0);
    }

    @Test
    void aCampaignWithEverySectionIsValid() throws Exception {
        WrittenCampaign campaign = new WrittenCampaign(folder.resolve("c"), 5)
                .bare("metal")
                .guests("vm1", "vm2")
                .scenario("native", 2, measured("metal", "cpu"))
                .scenario("alone-1", 2, measured("vm1", "cpu"))
                .scenario("alone-2", measured("vm2", "cpu"))
                .scenario("both", expecting(measured("vm1", "cpu"), 0.5, "declared"), measured("vm2", "cpu"))
                .scenario("idle", 2, measured("vm1", "cpu"), idle("vm2"))
                .scenario("cell", expecting(measured("vm1", "cpu"), 0.5, "declared"), load("vm2", "net"))
                .voidFirst(new Slot(1, "both", 1), "vm2 was late")
                .without(new Slot(5, "cell", 1));

        JsonNode report = valid(CampaignReport.of(campaign.write(
                        (slot, one) -> slot.round() == 3 && slot.scenario().equals("both")
                                ? Double.NaN
                                : 100 + Math.cos(slot.round() * slot.scenario().length())))
                .document());

        assertThat(report.findValuesAsText("kind"))
                .contains(
                        "warning",
                        "verdict",
                        "verdict-kept",
                        "rates",
                        "kept",
                        "efficiency",
                        "expectation",
                        "fairness",
                        "interference",
                        "interference-test",
                        "interference-of-share",
                        "overlap",
                        "timeline",
                        "void",
                        "workload",
                        "plan",
                        "host",
                        "heat");
        assertThat(report.at("/sections/0/kind").textValue()).isEqualTo("warning");
    }

    @Test
    void aCampaignOfOneRoundOrNoneIsValid() throws Exception {
        valid(CampaignReport.of(one("one-round", 1).write((slot, any) -> 1)).document());
        valid(CampaignReport.of(one("nothing", 1)
                        .without(new Slot(1, "alone", 1))
                        .without(new Slot(1, "both", 1))
                        .write((slot, any) -> 1))
                .document());
    }

    private WrittenCampaign one(String name, int rounds) {
        return new WrittenCampaign(folder.resolve(name), rounds)
                .guests("vm1", "vm2")
                .scenario("alone", measured("vm1", "cpu"))
                .scenario("both", measured("vm1", "cpu"), measured("vm2", "cpu"));
    }
}
