package dev.tare.campaign.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.campaign.hosts.HostEntry;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.campaign.yaml.PlaceException;
import dev.tare.runs.campaign.HostRole;
import dev.tare.runs.campaign.LoadRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanFileTest {
    private static final List<HostEntry> HOSTS = List.of(
            host("bare", HostRole.NATIVE),
            host("vm1", HostRole.GUEST),
            host("vm2", HostRole.GUEST),
            host("vm3", HostRole.GUEST));

    private static HostEntry host(String name, HostRole role) {
        return new HostEntry(
                name,
                role,
                List.of("ssh", name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void aPlanNamesHostsAndItsScenariosAreMadeOnceOrForEach() throws Exception {
        CampaignPlan plan = PlanFile.parse("mine.yml", """
                name: mine
                rounds: 7
                seed: 3
                workloads:
                  cpu: LuSolveBench.blocked$ -p order=100
                  net: SocketBench.send$ -p peer=${peer.guest.2}
                scenarios:
                  - {name: alone, each: hosts, measured: {each: cpu}}
                  - name: both
                    occurrences: 2
                    measured: {vm1: cpu}
                    load: {guest.2: cpu}
                    idle: guests
                    share: {vm1: 0.5}
                    before: virsh resume vm3
                  - {name: wire, measured: {vm1: net}}
                """, HOSTS);

        assertThat(plan.rounds()).isEqualTo(7);
        assertThat(plan.scenarios())
                .extracting(PlannedScenario::name)
                .containsExactly("alone-bare", "alone-vm1", "alone-vm2", "alone-vm3", "both", "wire");
        PlannedScenario both = plan.scenario("both").orElseThrow();
        assertThat(both.occurrences()).isEqualTo(2);
        assertThat(both.before()).hasValue("virsh resume vm3");
        assertThat(both.parts())
                .extracting(Part::host, Part::role)
                .containsExactly(
                        tuple("vm1", LoadRole.MEASURED), tuple("vm2", LoadRole.LOAD), tuple("vm3", LoadRole.IDLE));
        assertThat(both.parts().get(0).share()).hasValue(0.5);
        String line = plan.scenario("wire").orElseThrow().parts().get(0).line();
        assertThat(line).isEqualTo("SocketBench.send$ -p peer=${peer.vm2}");
        assertThat(Partners.of(line)).containsExactly("vm2");
        assertThat(Partners.addressed(line, Map.of("vm2", "10.0.0.2:5210"))).endsWith("peer=10.0.0.2:5210");
    }

    @Test
    void builtInPlansLeaveOutWhatNeedsMoreHosts() throws Exception {
        for (String name : PlanFile.builtIn()) {
            CampaignPlan plan = PlanFile.parse(name, PlanFile.text(name), HOSTS);
            assertThat(plan.leftOut()).isEmpty();
            assertThat(plan.name()).isEqualTo(name);
        }
        CampaignPlan study = PlanFile.parse("study", PlanFile.text("study"), HOSTS.subList(1, 3));
        assertThat(study.scenario("cpu-2")).isPresent();
        assertThat(study.scenario("cpu-3")).isEmpty();
        assertThat(study.leftOut()).contains("cpu-3 needs guest.3, which the list of hosts has not");
    }

    @Test
    void aPartOfAPlanHasTheNamedScenariosAndThoseOfTheNamedWorkloads() throws Exception {
        CampaignPlan study = PlanFile.parse("study", PlanFile.text("study"), HOSTS);

        assertThat(study.only(List.of("cpu")).scenarios())
                .extracting(PlannedScenario::name)
                .contains("cpu-alone-bare", "cpu-2", "cpu-3", "cpu-beside-idle")
                .doesNotContain("memory-2", "net-send-under-cpu");
        assertThat(study.only(List.of("guest-to-guest")).scenarios()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: s, measured: {vm9: cpu}}|line 4: expected a host that is listed|got \"vm9\"",
                "{name: s, measured: {vm1: gpu}}|line 4: expected one of the workloads bad, cpu|got \"gpu\"",
                "{name: s, load: {vm1: cpu}}|line 4: expected at least one host in measured|s",
                "{name: s, measured: {vm1: cpu}, load: {guest.1: cpu}}|expected each host once in a scenario|vm1",
                "{name: s, measured: {each: cpu}}|line 4: expected each and others only|",
                "{name: s, measurd: {vm1: cpu}}|line 4: expected one of name, each|got \"measurd\"",
                "{name: s, measured: {vm1: cpu}, share: {vm1: 2}}|line 4: expected a share above 0|got \"2\"",
                "{name: s, measured: {vm1: cpu}, occurrences: 0}|line 4: expected a whole number from 1|got \"0\"",
                "{name: s s, measured: {vm1: cpu}}|line 4: expected a name of letters|got \"s s\"",
                "{name: s, measured: {vm1: bad}}|line 2: expected ${management} or ${peer.HOST}|${host.vm1}",
            })
    void aScenarioThatIsWrongNamesFileAndLineAndWhatWasExpected(String scenario, String expected, String got) {
        String text =
                "workloads:\n  bad: Bench -p peer=${host.vm1}\n  cpu: LuSolveBench\nscenarios: [" + scenario + "]\n";

        assertThatExceptionOfType(PlaceException.class)
                .isThrownBy(() -> PlanFile.parse("p", text, HOSTS))
                .withMessageContaining(expected)
                .withMessageContaining(got == null ? "" : got);
    }
}
