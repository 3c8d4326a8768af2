package dev.tare.report.campaign;

import static dev.tare.report.written.WrittenCampaign.expecting;
import static dev.tare.report.written.WrittenCampaign.idle;
import static dev.tare.report.written.WrittenCampaign.load;
import static dev.tare.report.written.WrittenCampaign.measured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.report.document.Grid;
import dev.tare.report.document.Section;
import dev.tare.report.document.Section.Figure;
import dev.tare.report.document.Value;
import dev.tare.report.written.WrittenCampaign;
import dev.tare.report.written.WrittenResult;
import dev.tare.report.written.WrittenRun;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.Participant;
import dev.tare.runs.campaign.Slot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CampaignReportTest {
    @TempDir
    private Path temporary;

    /** Rounds differ by 1 % in what all have in common, and by 0.1 % from the first occurrence to the second. */
    private static double noise(Slot slot) {
        return (1 + 0.01 * Math.cos(slot.round())) * (1 + 0.001 * slot.occurrence());
    }

    private WrittenCampaign twoGuests(int rounds) {
        return new WrittenCampaign(temporary.resolve("c"), rounds)
                .guests("vm1", "vm2")
                .scenario("alone-1", 2, measured("vm1", "cpu"))
                .scenario("alone-2", 2, measured("vm2", "cpu"))
                .scenario("both", measured("vm1", "cpu"), measured("vm2", "cpu"));
    }

    private static double half(Slot slot, Participant one) {
        return (slot.scenario().equals("both") ? 50 : 100) * noise(slot);
    }

    private static CampaignReport report(Campaign campaign) {
        return CampaignReport.of(campaign);
    }

    private static Figure figure(CampaignReport report, String kind) {
        return report.document().sections().stream()
                .filter(section ->
                        section instanceof Figure figure && figure.kind().equals(kind))
                .map(Figure.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static Value value(CampaignReport report, String kind, String line, int column) {
        return figure(report, kind).grid().lines().stream()
                .filter(one -> String.join(" ", one.names()).equals(line))
                .map(one -> one.values().get(column))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> sentences(CampaignReport report, String kind) {
        return report.document().sections().stream()
                .filter(section ->
                        section instanceof Section.Sentences some && some.kind().equals(kind))
                .flatMap(section -> ((Section.Sentences) section).sentences().stream())
                .toList();
    }

    @Test
    void twoEqualGuestsOnOneCoreKeepHalfEachAndAreServedAlike() throws Exception {
        CampaignReport report = report(twoGuests(5).write(CampaignReportTest::half));

        assertThat(report.incomplete()).isEmpty();
        assertThat(value(report, "rates", "both sum", 1).number()).isCloseTo(100, within(0.2));
        assertThat(value(report, "kept", "cpu beside the same work both vm1", 0).number())
                .isCloseTo(50, within(0.1));
        assertThat(value(report, "kept", "cpu beside the same work both vm2", 1).number())
                .isCloseTo(50, within(1e-9));
        assertThat(value(report, "fairness", "both cpu", 0).number()).isCloseTo(1, within(1e-9));
        assertThat(report.document().text()).isEqualTo("""
                        Campaign c
                        Means over rounds with their 95 % intervals: the round is the sample. Only iterations count during which all others were
                          provably under load.

                        Verdict
                          both: vm1, vm2 with cpu beside the same work, mean of what each keeps: loss shown: 50.0 % [49.9, 50.0]; J = 1.000
                          [1.000, 1.000]

                        Each, sum and mean: cpu
                          A sum is that of the hosts in one round, then the mean over rounds; a mean is the sum divided by the hosts.
                          measured: 5 rounds of c, times of remote 127.0.0.1:12123/udp

                        scenario, host  alone, ops/s   95 % interval  together, ops/s   95 % interval
                        both, vm1              99.90  [99.11, 100.7]            49.93  [49.53, 50.33]
                        both, vm2              99.90  [99.11, 100.7]            49.93  [49.53, 50.33]
                        both, sum              199.8  [198.2, 201.4]            99.85  [99.06, 100.7]
                        both, mean             99.90  [99.11, 100.7]            49.93  [49.53, 50.33]

                        What a neighbour costs
                          Loss shown in 2 of 2 rows; largest: both vm1 keeps 50.0 % [49.9, 50.0].
                          100 % = what the host has alone. Share: of the sum of those that do the same.

                        work, scenario                      keeps of alone  95 % interval   share  95 % interval    in words
                        cpu beside the same work, both vm1          50.0 %   [49.9, 50.0]  50.0 %   [50.0, 50.0]  loss shown
                        cpu beside the same work, both vm2          50.0 %   [49.9, 50.0]  50.0 %   [50.0, 50.0]  loss shown

                        Fairness
                          Least fair: both cpu, J = 1.000 [1.000, 1.000].
                          Jain's index J of what each has: 1 when all are served alike, 1/n when one of n has all.

                        scenario      J   95 % interval  least / most  worst served                            of
                        both cpu  1.000  [1.000, 1.000]         1.000           vm1  parts of what each has alone

                        Under load at the same time
                          An iteration counts when all others were under load from before its begin until after its end, whatever the clocks'
                          bounds. Pauses: for so much of the counted time neighbours were between two iterations. Start spread: from the first
                          actual start to the last, of the worst round.

                        scenario, host  slots  void  counted  of total  pauses  worst bound, us  start spread, us  control, bytes  clock, bytes
                        alone-1, vm1       10     0       30        50       -            60.00                 -               0           960
                        alone-2, vm2       10     0       30        50       -            60.00                 -               0           960
                        both, vm1           5     0       15        25  0.00 %            60.00                 0               0           480
                        both, vm2           5     0       15        25  0.00 %            60.00                 0               0           480

                        Hosts
                          role: vm1 and vm2 guest
                          machine: vm1 and vm2 box
                          machineCores: vm1 and vm2 2
                          vcpus: vm1 and vm2 1
                        """);
    }

    @Test
    void weightsOfThreeToOneAreAJainIndexOfFourFifths() throws Exception {
        CampaignReport report = report(twoGuests(5)
                .write((slot, one) -> noise(slot)
                        * (!slot.scenario().equals("both") ? 100 : one.host().equals("vm1") ? 75 : 25)));

        Value jain = value(report, "fairness", "both cpu", 0);
        assertThat(jain.text()).isEqualTo("0.800");
        assertThat(jain.interval()).isPresent();
        assertThat(value(report, "fairness", "both cpu", 1).number()).isCloseTo(1.0 / 3, within(1e-9));
        assertThat(value(report, "fairness", "both cpu", 2).text()).isEqualTo("vm2");
        assertThat(sentences(report, "verdict"))
                .singleElement()
                .asString()
                .contains("J = 0.800 [")
                .contains("worst served vm2");
    }

    @Test
    void threeOnTwoCoresMeetTheExpectationThatTheirCoresGive() throws Exception {
        String source = "2 cores / 3 vCPUs of box";
        WrittenCampaign campaign = new WrittenCampaign(temporary.resolve("c"), 5)
                .bare("metal")
                .guests("vm1", "vm2", "vm3")
                .scenario("native", 2, measured("metal", "cpu"))
                .scenario("alone", measured("vm1", "cpu"))
                .scenario(
                        "three",
                        expecting(measured("vm1", "cpu"), 2.0 / 3, source),
                        expecting(measured("vm2", "cpu"), 2.0 / 3, source),
                        expecting(measured("vm3", "cpu"), 2.0 / 3, source));

        CampaignReport report = report(campaign.write((slot, one) -> switch (slot.scenario()) {
            case "native" -> 100 * noise(slot);
            case "alone" -> 97 * noise(slot);
            default -> 66 * noise(slot);
        }));

        assertThat(value(report, "efficiency", "three cpu mean", 0).number()).isCloseTo(66, within(0.1));
        assertThat(value(report, "efficiency", "three cpu sum", 0).number()).isCloseTo(198, within(0.3));
        assertThat(value(report, "efficiency", "three cpu vm1", 1).number()).isCloseTo(97, within(0.1));
        assertThat(value(report, "expectation", "three cpu vm2", 0).number()).isCloseTo(99, within(0.1));
        assertThat(value(report, "expectation", "three cpu vm2", 2).text()).isEqualTo("66.7 %");
        assertThat(value(report, "expectation", "three cpu vm2", 3).text()).isEqualTo("native");
        assertThat(value(report, "expectation", "three cpu vm2", 4).text()).isEqualTo(source);
        assertThat(sentences(report, "warning"))
                .contains("not measured alone, so what it keeps is unknown: vm2 with cpu, vm3 with cpu");
        assertThat(value(report, "fairness", "three cpu", 3).text()).isEqualTo("rates");
    }

    /** The victim is measured beside four aggressors, of which one takes a fifth. */
    @Test
    void aMatrixShowsTheOneCellThatIsDisturbed() throws Exception {
        WrittenCampaign campaign = new WrittenCampaign(temporary.resolve("c"), 10)
                .guests("vm1", "vm2")
                .scenario("beside-idle", 2, measured("vm1", "net"), idle("vm2"))
                .scenario("net-cpu", measured("vm1", "net"), load("vm2", "cpu"))
                .scenario("net-disk", measured("vm1", "net"), load("vm2", "disk"))
                .scenario("net-net", expecting(measured("vm1", "net"), 0.5, "declared"), load("vm2", "net"));

        CampaignReport report = report(campaign.write((slot, one) -> {
            double own = 1 + 0.002 * Math.sin(7 * slot.round() + slot.scenario().length());
            return (slot.scenario().equals("net-net") ? 40 : 100) * noise(slot) * own;
        }));

        Grid matrix = figure(report, "interference").grid();
        assertThat(matrix.columns()).extracting(Grid.Column::name).containsExactly("cpu", "disk", "net");
        assertThat(matrix.lines()).singleElement().satisfies(line -> {
            assertThat(line.names()).containsExactly("net");
            assertThat(line.values()).extracting(Value::evidence).containsExactly(false, false, true);
            assertThat(line.values().get(2).number()).isCloseTo(40, within(0.5));
            assertThat(line.values().get(0).text()).startsWith("(");
        });
        assertThat(value(report, "interference-test", "net beside net", 0).number())
                .isLessThan(0.05);
        assertThat(value(report, "interference-test", "net beside net", 1).number())
                .isLessThan(1);
        assertThat(value(report, "interference-test", "net beside net", 2).text())
                .isEqualTo("loss shown");
        assertThat(value(report, "interference-test", "net beside cpu", 2).text())
                .startsWith("no evidence");
        assertThat(value(report, "interference-of-share", "net", 0).number()).isCloseTo(80, within(1.0));
        assertThat(figure(report, "interference").finding()).contains("1 of 3 cells show a difference");
        // What a cell is held against is shown as well; what nobody measured alone is the matrix's to tell.
        assertThat(value(report, "rates", "vm1 beside-idle", 0).number()).isCloseTo(100, within(0.5));
        assertThat(report.document().sections())
                .noneMatch(section -> section instanceof Section.Figure figure
                        && figure.kind().equals("kept"));
    }

    @Test
    void withoutTwoThatAreAlikeNoCellIsEvidence() throws Exception {
        WrittenCampaign campaign = new WrittenCampaign(temporary.resolve("c"), 5)
                .guests("vm1", "vm2")
                .scenario("beside-idle", measured("vm1", "net"), idle("vm2"))
                .scenario("net-net", measured("vm1", "net"), load("vm2", "net"));

        CampaignReport report =
                report(campaign.write((slot, one) -> (slot.scenario().equals("net-net") ? 50 : 100) * noise(slot)));

        assertThat(sentences(report, "warning"))
                .anyMatch(warning -> warning.endsWith("is unknown: net; no cell of theirs in the matrix is evidence"));
        assertThat(value(report, "interference", "net", 0).evidence()).isFalse();
    }

    @Test
    void whatIsMissingOrVoidIsSaidAndMakesTheReportIncomplete() throws Exception {
        CampaignReport report = report(twoGuests(5)
                .without(new Slot(2, "both", 1))
                .voidFirst(new Slot(3, "both", 1), "vm2 was late")
                .write(CampaignReportTest::half));

        assertThat(report.incomplete())
                .containsExactly("1 of 25 planned slots missing: round 2 of both; go on by campaign --resume");
        assertThat(sentences(report, "warning")).containsAll(report.incomplete());
        assertThat(sentences(report, "void")).containsExactly("round 3 of both, attempt 1: vm2 was late");
        assertThat(value(report, "overlap", "both vm1", 0).text()).isEqualTo("4");
        assertThat(value(report, "overlap", "both vm1", 1).text()).isEqualTo("1");
    }

    @Test
    void aJournalThatIsCutMakesTheReportIncomplete() throws Exception {
        twoGuests(5).write(CampaignReportTest::half);
        Path journal = temporary.resolve("c").resolve("journal.jsonl");
        String whole = Files.readString(journal);
        Files.writeString(journal, whole.substring(0, whole.length() - 20));

        CampaignReport report = report(Campaign.read(temporary.resolve("c")));

        assertThat(report.incomplete()).hasSize(2).first().asString().contains("cut off");
    }

    @Test
    void aScoreThatIsNoNumberIsLeftOutAndSaid() throws Exception {
        CampaignReport report = report(twoGuests(5)
                .write((slot, one) ->
                        slot.equals(new Slot(4, "both", 1)) && one.host().equals("vm1")
                                ? Double.NaN
                                : half(slot, one)));

        assertThat(sentences(report, "warning"))
                .contains("round 4 of both: vm1 has no score above 0 in its counted iterations; left out");
        assertThat(value(report, "rates", "both sum", 1).number()).isCloseTo(100, within(1.0));
        assertThat(report.document().csv()).doesNotContain("NaN");
    }

    @Test
    void oneRoundHasNoVerdict() throws Exception {
        CampaignReport report = report(twoGuests(1).write(CampaignReportTest::half));

        assertThat(sentences(report, "warning")).first().asString().startsWith("one round: no intervals");
        assertThat(sentences(report, "verdict"))
                .singleElement()
                .asString()
                .contains("one value, no verdict: 50.0 %; J = 1.000");
        assertThat(value(report, "kept", "cpu beside the same work both vm1", 0).interval())
                .isEmpty();
    }

    @Test
    void ratesAreInThePhysicalUnitThatAllForksHave() throws Exception {
        WrittenCampaign campaign = twoGuests(2);
        campaign.write(CampaignReportTest::half);
        for (String host : List.of("vm1", "vm2")) {
            // All forks scored 200 operations and 3000 MB per second: 15 MB an operation.
            WrittenResult result = WrittenResult.throughput("bench.Bench.cpu")
                    .forks(200.0, 200.0)
                    .counter("bandwidthMBps", "ops/s", 3000.0, 3000.0);
            new WrittenRun(temporary.resolve("c").resolve("hosts").resolve(host))
                    .results(result)
                    .journalHead()
                    .forks(result, Map.of());
        }

        CampaignReport report = report(Campaign.read(temporary.resolve("c")));

        assertThat(figure(report, "rates").grid().columns())
                .extracting(Grid.Column::unit)
                .containsOnly("MB/s");
        assertThat(value(report, "rates", "both sum", 1).number()).isCloseTo(1500, within(15.0));
    }

    @Test
    void timesBecomeRatesSoThatHostsAddUp() throws Exception {
        CampaignReport report = report(
                twoGuests(5).unit("us/op").write((slot, one) -> slot.scenario().equals("both") ? 20.0 : 10.0));

        assertThat(value(report, "rates", "both sum", 1).number()).isCloseTo(100_000, within(1.0));
        assertThat(value(report, "kept", "cpu beside the same work both vm1", 0).number())
                .isCloseTo(50, within(1e-6));
    }

    @Test
    void whoWasUnderLoadWhenIsToldInSecondsSinceTheAgreedStart() throws Exception {
        CampaignReport report = report(twoGuests(5).write(CampaignReportTest::half));

        Figure timeline = figure(report, "timeline");
        assertThat(timeline.finding()).isEqualTo("6 of 10 iterations count.");
        assertThat(timeline.grid().lines()).hasSize(2 * 6);
        Grid.Line third = timeline.grid().lines().get(2);
        assertThat(third.names()).containsExactly("vm1", "iteration 2");
        assertThat(third.values()).extracting(Value::text).containsExactly("1.000", "2.000", "counted", "60.00");
        assertThat(report.document().text()).doesNotContain("iteration 2");
        assertThat(report.document().text(true, false)).contains("iteration 2");
    }
}
