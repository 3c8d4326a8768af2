package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.NetworkNamespace;
import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.Campaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
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

    private final List<NetworkNamespace> namespaces = new ArrayList<>();
    private NetworkNamespace management;
    private BenchmarksJar jar;

    @BeforeEach
    void connectGuests() throws IOException, InterruptedException {
        jar = new BenchmarksJar(folder);
        management = namespace();
        // Guests reach each other by way of it.
        management.run("sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward");
        key("client");
        StringBuilder config = new StringBuilder();
        StringBuilder known = new StringBuilder();
        StringBuilder hosts = new StringBuilder("management: {address: 10.77.1.1, load: 10.77.1.1}\nhosts:\n");
        for (int i = 1; i <= GUESTS; i++) {
            NetworkNamespace guest = namespace();
            String address = "10.77." + i + ".2";
            management.connect("10.77." + i + ".1/24", guest, address + "/24");
            guest.run("ip", "route", "add", "default", "via", "10.77." + i + ".1");
            startServer(guest, "vm" + i, address);
            known.append("vm").append(i).append(' ').append(Files.readString(folder.resolve("vm" + i + ".pub")));
            config.append("Host vm%d\n  HostName %s\n  HostKeyAlias vm%d\n".formatted(i, address, i));
            hosts.append("- {name: vm%d, channel: ssh -F %s vm%d, java: %s, jar: %s, load: %s}\n"
                    .formatted(i, folder.resolve("config"), i, java(), folder.resolve("remote.jar"), address));
        }
        config.append("Host *\n  User root\n  IdentityFile %s\n  IdentitiesOnly yes\n  BatchMode yes\n"
                .formatted(folder.resolve("client")));
        config.append("  StrictHostKeyChecking yes\n  UserKnownHostsFile %s\n".formatted(folder.resolve("known")));
        Files.writeString(folder.resolve("config"), config);
        Files.writeString(folder.resolve("known"), known);
        Files.writeString(folder.resolve("hosts.yml"), hosts);
        Files.writeString(folder.resolve("plan.yml"), PLAN);
    }

    private NetworkNamespace namespace() throws IOException, InterruptedException {
        NetworkNamespace namespace = NetworkNamespace.create();
        namespaces.add(namespace);
        return namespace;
    }

    private String java() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return java + " -Djava.io.tmpdir=" + folder;
    }

    private void key(String name) throws IOException, InterruptedException {
        management.run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                name,
                "-f",
                folder.resolve(name).toString());
    }

    private void startServer(NetworkNamespace guest, String name, String address)
            throws IOException, InterruptedException {
        key(name);
        // The server insists on it, and Debian makes it when the service starts.
        Files.createDirectories(Path.of("/run/sshd"));
        Path config = Files.writeString(folder.resolve(name + ".config"), """
                ListenAddress %s:22
                HostKey %s
                AuthorizedKeysFile %s
                PidFile none
                StrictModes no
                PermitRootLogin prohibit-password
                PasswordAuthentication no
                KbdInteractiveAuthentication no
                UsePAM no
                """.formatted(
                        address, folder.resolve(name), folder.resolve("client.pub")));
        RunningProgram server =
                guest.start(List.of(Programs.require("sshd").toString(), "-D", "-e", "-f", config.toString()));
        server.awaitLine(Pattern.compile("Server listening on " + Pattern.quote(address)));
    }

    @AfterEach
    void removeGuests() throws IOException {
        for (NetworkNamespace namespace : namespaces) {
            namespace.close();
        }
    }

    private RunningProgram start(String... arguments) throws IOException {
        return RunningProgram.start(management.command(jar.command(arguments)), Map.of(), folder.toFile());
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
