package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import dev.tare.parts.SshHosts;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.Campaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A campaign over real channels: three network namespaces, each with an OpenSSH server of its own, with keys and known hosts,
 * and a management host in a fourth.
 */
@RequiresRoot
@RequiresProgram(value = "ip", debianPackage = "iproute2")
@RequiresProgram(value = "sshd", debianPackage = "openssh-server")
@RequiresProgram(value = "ssh", debianPackage = "openssh-client")
final class CampaignOverSshIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int GUESTS = 3;

    private static final String PLAN = """
            name: wires
            rounds: 1
            workloads:
              cpu: LuSolveBench.ejml$ -p order=20 -wi 2 -w 200ms -i 4 -r 250ms
              net: RoundTripBench.tcp$ -p peer=${management} -p messageBytes=1 -wi 1 -w 300ms -i 4 -r 250ms
            scenarios:
              - {name: cpu-3, measured: {guests: cpu}}
              - {name: net-under-cpu, measured: {vm1: net}, load: {vm2: cpu}, idle: vm3}
            """;

    @TempDir
    Path folder;

    private SshHosts guests;
    private BenchmarksJar jar;

    @BeforeEach
    void startGuests() throws IOException, InterruptedException {
        jar = new BenchmarksJar(folder);
        List<String> names =
                IntStream.rangeClosed(1, GUESTS).mapToObj(i -> "vm" + i).toList();
        guests = SshHosts.start(folder, names);
        String management = SshHosts.managementAddress(0);
        StringBuilder hosts =
                new StringBuilder("management: {address: %s, load: %s}\nhosts:\n".formatted(management, management));
        for (int i = 0; i < GUESTS; i++) {
            String name = names.get(i);
            hosts.append("- {name: %s, channel: ssh -F %s %s, java: %s, jar: %s, load: %s}\n"
                    .formatted(name, guests.config(), name, java(), folder.resolve("remote.jar"), SshHosts.address(i)));
        }
        Files.writeString(folder.resolve("hosts.yml"), hosts);
        Files.writeString(folder.resolve("plan.yml"), PLAN);
    }

    private String java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return java + " -Djava.io.tmpdir=" + folder;
    }

    @AfterEach
    void removeGuests() throws IOException {
        guests.close();
    }

    private RunningProgram start(String... arguments) throws IOException {
        return RunningProgram.start(guests.management().command(jar.command(arguments)), Map.of(), folder.toFile());
    }

    @Test
    void guestsAreCheckedGetTheJarAndAreMeasuredAtTheSameTime() throws Exception {
        try (RunningProgram check = start("campaign", "check", "--hosts", "hosts.yml", "--deploy")) {
            assertThat(check.awaitExit(LIMIT)).as(check.output()).isZero();
            assertThat(check.output()).contains("vm1: copying", "jar      this one", "clock    bound 0.");
        }
        assertThat(folder.resolve("remote.jar")).exists();

        try (RunningProgram campaign = start("campaign", "plan.yml", "--hosts", "hosts.yml", "--out", "c")) {
            assertThat(campaign.awaitExit(LIMIT)).as(campaign.output()).isZero();
        }

        Campaign kept = Campaign.read(folder.resolve("c"));
        assertThat(kept.unfilled()).isEmpty();
        Attempt together = kept.counted().stream()
                .filter(attempt -> attempt.slot().scenario().equals("cpu-3"))
                .findFirst()
                .orElseThrow();
        assertThat(together.participations()).allMatch(host -> host.counted() >= 3);
        assertThat(together.controlBytes()).isZero();
        assertThat(kept.header().host("vm1").orElseThrow().channel()).startsWith("ssh -F");
        assertThat(Files.readString(folder.resolve("c/campaign.json"))).doesNotContain("token");
    }
}
