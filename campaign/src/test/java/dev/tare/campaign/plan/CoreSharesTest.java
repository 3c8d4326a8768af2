package dev.tare.campaign.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tare.campaign.agent.HostWork.PlannedLine;
import dev.tare.campaign.plan.PlannedScenario.Part;
import dev.tare.runs.Configuration;
import dev.tare.runs.campaign.CampaignHost;
import dev.tare.runs.campaign.ExpectedShare;
import dev.tare.runs.campaign.HostRole;
import dev.tare.runs.campaign.LoadRole;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class CoreSharesTest {
    private static final String CPU = "dev.tare.cpu.LuSolveBench.blocked";
    private static final String DISK = "dev.tare.io.FileBench.randomRead";

    private final Map<String, CampaignHost> hosts = new LinkedHashMap<>();
    private final Map<String, PlannedLine> lines = new LinkedHashMap<>();

    /** A JVM of this kernel that may use some processors, each a core of its own. */
    private void local(String name, String allowed) {
        TreeMap<String, String> found = new TreeMap<>();
        found.put(CoreShares.KERNEL, "boot-1");
        found.put(CoreShares.ALLOWED, allowed);
        int usable = allowed.split(",").length;
        hosts.put(
                name,
                new CampaignHost(
                        name,
                        HostRole.GUEST,
                        "",
                        Optional.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(usable),
                        found));
    }

    private void guest(String name, int vcpus) {
        hosts.put(
                name,
                new CampaignHost(
                        name,
                        HostRole.GUEST,
                        "ssh " + name,
                        Optional.of("xen1"),
                        OptionalInt.of(2),
                        OptionalInt.of(vcpus),
                        new TreeMap<>()));
    }

    private void runs(String host, String benchmark, int threads) {
        lines.put(
                host, new PlannedLine(new Configuration(benchmark, "thrpt", threads, new TreeMap<>()), 1, 100, 5, 100));
    }

    private Optional<ExpectedShare> share(String host, LoadRole role) {
        return new CoreShares(hosts, lines).of(new Part(host, role, "w", "line", OptionalDouble.empty()));
    }

    @Test
    void guestsShareTheCoresOfTheirMachine() {
        for (String name : new String[] {"vm1", "vm2", "vm3"}) {
            guest(name, 1);
            runs(name, CPU, 1);
        }

        assertThat(share("vm1", LoadRole.MEASURED)).hasValueSatisfying(share -> {
            assertThat(share.factor()).isEqualTo(2.0 / 3, within(1e-12));
            assertThat(share.source()).isEqualTo("2 cores / 3 vCPUs of xen1");
        });
        assertThat(share("vm1", LoadRole.LOAD)).isEmpty();
    }

    @Test
    void aBenchmarkWantsNoMoreProcessorsThanItHasThreads() {
        guest("vm1", 2);
        guest("vm2", 2);
        runs("vm1", CPU, 1);
        runs("vm2", CPU, 1);

        assertThat(share("vm1", LoadRole.MEASURED))
                .hasValueSatisfying(share -> assertThat(share.factor()).isEqualTo(1));
    }

    @Test
    void nothingFollowsFromCoresForDisksAndNetworksAndTheyTakeNone() {
        guest("vm1", 2);
        guest("vm2", 2);
        runs("vm1", CPU, 2);
        runs("vm2", DISK, 2);

        assertThat(share("vm2", LoadRole.MEASURED)).isEmpty();
        assertThat(share("vm1", LoadRole.MEASURED))
                .hasValueSatisfying(share -> assertThat(share.factor()).isEqualTo(1));
    }

    @Test
    void whatAPlanDeclaresWins() {
        guest("vm1", 1);
        runs("vm1", DISK, 1);

        assertThat(new CoreShares(hosts, lines)
                        .of(new Part("vm1", LoadRole.MEASURED, "w", "line", OptionalDouble.of(0.5))))
                .hasValue(new ExpectedShare(0.5, "declared"));
    }

    @Test
    void jvmsThatAreKeptOnOneProcessorShareItAlone() {
        local("a", "0:0");
        local("b", "0:0");
        local("c", "1:1");
        runs("a", CPU, 1);
        runs("b", CPU, 1);
        runs("c", CPU, 1);

        assertThat(share("a", LoadRole.MEASURED))
                .hasValueSatisfying(share -> assertThat(share.factor()).isEqualTo(0.5));
        assertThat(share("c", LoadRole.MEASURED))
                .hasValueSatisfying(share -> assertThat(share.factor()).isEqualTo(1));
    }

    @Test
    void threadsOfOneCoreAreOneCore() {
        local("a", "0:0");
        local("b", "0:0,1:0");
        runs("a", CPU, 1);
        runs("b", CPU, 1);

        assertThat(share("a", LoadRole.MEASURED)).hasValueSatisfying(share -> {
            assertThat(share.factor()).isEqualTo(0.5);
            assertThat(share.source()).isEqualTo("1 cores that they may use together / 2 vCPUs");
        });
    }
}
