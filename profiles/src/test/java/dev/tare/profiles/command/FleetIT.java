package dev.tare.profiles.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import dev.tare.parts.SshHosts;
import dev.tare.profiles.command.BenchmarksJar.Ended;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docs/fleet, with Debian's Ansible and three hosts by SSH, one of which cannot measure, and one that is down. */
@RequiresRoot
@RequiresProgram(value = "ip", debianPackage = "iproute2")
@RequiresProgram(value = "sshd", debianPackage = "openssh-server")
@RequiresProgram(value = "ssh", debianPackage = "openssh-client")
@RequiresProgram(value = "ansible-playbook", debianPackage = "ansible-core")
@RequiresProgram(value = "systemd-analyze", debianPackage = "systemd")
final class FleetIT {
    private static final Path DOCS = Path.of("..", "docs", "fleet");
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> HOSTS = List.of("web1", "web2", "web3");
    /** Ansible's exit code. */
    private static final int UNREACHABLE = 4;

    private static final Pattern RECAP = Pattern.compile("(\\w+) +: ok=\\d+ +changed=(\\d+) +unreachable=0 +failed=0 ");
    private static final Pattern JENKINS_STEP = Pattern.compile("sh '([^']+)'");

    @TempDir
    Path folder;

    private SshHosts hosts;
    private Path fleet;

    @BeforeEach
    void startHosts() throws IOException, InterruptedException {
        hosts = SshHosts.start(folder, HOSTS);
        fleet = folder.resolve("fleet");
        copy(DOCS, fleet);
        Files.copy(BenchmarksJar.JAR, fleet.resolve("benchmarks.jar"));
        Path profile = Files.writeString(
                folder.resolve("short.profile"), "LuSolveBench.ejml$ -p order=10 -f 1 -wi 0 -i 1 -r 50ms\n");
        for (String host : HOSTS) {
            Files.createDirectories(folder.resolve(host + ".units"));
        }
        // The hosts share the file system: each has places of its own there, and the JDK that one has is there for all.
        // Nobody serves web3's clock.
        Files.writeString(fleet.resolve("inventory.ini"), """
                [tare]
                web1
                web2 tare_java_package=
                web3 tare_java_package= tare_clock=%s:12123
                [tare:vars]
                ansible_user=root
                ansible_ssh_common_args=-F %s
                ansible_python_interpreter=/usr/bin/python3
                tare_home=%s/{{ inventory_hostname }}.home
                tare_unit_folder=%s/{{ inventory_hostname }}.units
                tare_user=root
                tare_java=%s -Djava.io.tmpdir={{ tare_home }}
                tare_profile=%s
                """.formatted(
                        SshHosts.managementAddress(2), hosts.config(), folder, folder, java(), profile));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    @AfterEach
    void stopHosts() throws IOException {
        hosts.close();
    }

    /** Starts a command in the playbooks' folder on the management host. */
    private RunningProgram start(String... command) throws IOException {
        return RunningProgram.start(
                hosts.management().command(List.of(command)),
                Map.of(
                        "PATH",
                        java().getParent() + File.pathSeparator + System.getenv("PATH"),
                        "ANSIBLE_PIPELINING",
                        "true",
                        "ANSIBLE_LOCAL_TEMP",
                        folder.resolve("local").toString(),
                        // Connections of an earlier test lead to hosts that are gone.
                        "ANSIBLE_SSH_CONTROL_PATH_DIR",
                        folder.resolve("cp").toString()),
                fleet.toFile());
    }

    private Ended run(String... command) throws IOException, InterruptedException {
        try (RunningProgram program = start(command)) {
            return new Ended(program.awaitExit(LIMIT), program.output());
        }
    }

    /** A playbook must not touch the service manager of the machine whose file system the hosts share. */
    private Map<String, Integer> install(String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("ansible-playbook", "-i", "inventory.ini", "install.yml", "-e", "ansible_service_mgr=none"));
        command.addAll(List.of(options));
        return changed(run(command.toArray(String[]::new)).exits(0));
    }

    /** How much changed on each host that did not fail, by Ansible's recap. */
    private static Map<String, Integer> changed(Ended playbook) {
        Map<String, Integer> changed = new TreeMap<>();
        for (MatchResult host : RECAP.matcher(playbook.output()).results().toList()) {
            changed.put(host.group(1), Integer.valueOf(host.group(2)));
        }
        return changed;
    }

    private Path nights(String host) {
        return folder.resolve(host + ".home/nights");
    }

    private Path night(String host) {
        return folder.resolve(host + ".home/night.sh");
    }

    private RunningProgram startNight(String host) throws IOException {
        return start("ssh", "-F", hosts.config().toString(), host, night(host).toString());
    }

    private static void leaveNight(Path nights, String date, String logBegins) throws IOException {
        Files.createDirectories(nights.resolve(date));
        Files.writeString(nights.resolve(date).resolve("journal.jsonl"), "");
        Files.writeString(nights.resolve(date + ".log"), logBegins + "\n");
    }

    @Test
    void nightsAreInstalledMeasuredCollectedAndTold() throws Exception {
        assertThat(install("--check", "--diff", "--limit", "web1").get("web1")).isPositive();
        assertThat(folder.resolve("web1.home")).as("check mode changes nothing").doesNotExist();
        assertThat(install().values()).hasSameSizeAs(HOSTS).allMatch(count -> count > 0);
        assertThat(install().values()).as("the second run").hasSameSizeAs(HOSTS).containsOnly(0);
        Path units = folder.resolve("web1.units");
        assertThat(run(
                                "systemd-analyze",
                                "verify",
                                units.resolve("tare-night.service").toString(),
                                units.resolve("tare-night.timer").toString())
                        .exits(0)
                        .output())
                .isEmpty();

        leaveNight(nights("web1"), "2001-02-03", "night of 2001-02-03T02:00:00Z");
        leaveNight(nights("web1"), "2001-02-04", "somebody else's");
        Files.createDirectory(nights("web1").resolve("2001-02-05"));
        try (RunningProgram one = startNight("web1");
                RunningProgram two = startNight("web2");
                RunningProgram three = startNight("web3")) {
            assertThat(one.awaitExit(LIMIT)).as(one.output()).isZero();
            assertThat(two.awaitExit(LIMIT)).as(two.output()).isZero();
            assertThat(three.awaitExit(LIMIT)).as(three.output()).isEqualTo(3);
        }
        try (RunningProgram again = startNight("web2")) {
            assertThat(again.awaitExit(LIMIT))
                    .as("goes on with the same night, which lacks nothing")
                    .isZero();
        }
        String tonight = LocalDate.now(ZoneId.systemDefault()).toString();
        assertThat(nights("web1"))
                .isDirectoryNotContaining("glob:**2001-02-03*")
                .isDirectoryContaining("glob:**2001-02-04.log")
                .isDirectoryContaining("glob:**2001-02-05")
                .isDirectoryContaining("glob:**" + tonight + ".log");

        assertThat(nights("web3").resolve(tonight + ".absent.json"))
                .content()
                .contains("exit code 3: ", "expected the time");
        failOnceMoreInForks("web3", tonight);

        collectAndTellAsJenkinsDoes();
        collectAndTellAsGithubDoes();
        run("java", "-jar", "benchmarks.jar", "history", "show", "web3")
                .exits(0)
                .prints("Z, did not measure: exit code 1: peer 127.0.0.1:1, connecting: ");
        assertThat(fleet.resolve("nights/web3/" + tonight))
                .as("a run of nothing")
                .doesNotExist();
        assertThat(fleet.resolve("nights/web1/" + tonight + ".log")).content().contains("LuSolveBench.ejml");
    }

    @Test
    void theExampleInventoryIsUnderstood() throws Exception {
        String example = DOCS.resolve("inventory.ini").toAbsolutePath().toString();
        run("ansible-inventory", "-i", example, "--host", "vm1")
                .exits(0)
                .prints("\"tare_labels\": \"site=rack7 guest=kvm\"")
                .prints("\"tare_on_calendar\": \"*-*-* 02:00:00\"");
    }

    /** Forks that fail, for nobody serves their peer, instead of a clock that does not answer. */
    private void failOnceMoreInForks(String host, String date) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("short.profile"),
                "RoundTripBench.tcp$ -p peer=127.0.0.1:1 -p messageBytes=1 -f 1 -wi 0 -i 1 -r 50ms\n");
        Files.writeString(night(host), Files.readString(night(host)).replaceAll(" --clock \\S+", ""));
        try (RunningProgram night = startNight(host)) {
            assertThat(night.awaitExit(LIMIT)).as(night.output()).isEqualTo(1);
        }
        assertThat(nights(host).resolve(date + ".log")).content().containsOnlyOnce("resuming " + date);
        assertThat(nights(host).resolve(date + ".absent.json")).content().contains("exit code 1: peer 127.0.0.1:1, ");
    }

    private void collectAndTellAsJenkinsDoes() throws IOException, InterruptedException {
        List<String> steps = JENKINS_STEP
                .matcher(Files.readString(fleet.resolve("Jenkinsfile")))
                .results()
                .map(step -> step.group(1))
                .toList();
        assertThat(steps).hasSize(3);
        Map<String, Integer> changed = changed(run("sh", "-c", steps.get(0)).exits(0));
        assertThat(changed.values()).as("collected").hasSameSizeAs(HOSTS).allMatch(count -> count > 0);
        run("sh", "-c", steps.get(1)).exits(0).prints("5 pages: ");
        assertThat(fleet.resolve("site/index.html")).content().contains("web3: did not measure on ");
        run("sh", "-c", steps.get(2)).exits(0).prints("gap: web3: did not measure on ");
        assertThat(fleet.resolve("changes.xml")).content().contains("failures=\"0\"");
    }

    private void collectAndTellAsGithubDoes() throws IOException, InterruptedException {
        List<String> steps = githubSteps();
        assertThat(steps).hasSize(3);
        // The first of all, on which what is done once for all hosts would be done.
        Path inventory = fleet.resolve("inventory.ini");
        Files.writeString(
                inventory,
                Files.readString(inventory)
                        .replace("[tare]\n", "[tare]\ngone ansible_host=127.0.0.1 ansible_port=1\n"));
        Ended again = run("sh", "-c", steps.get(0)).exits(UNREACHABLE).prints("UNREACHABLE");
        assertThat(changed(again).values())
                .as("collected again, but from one host that is down")
                .hasSameSizeAs(HOSTS)
                .containsOnly(0);
        run("sh", "-c", steps.get(1)).exits(0);
        run("sh", "-c", steps.get(2)).exits(0).prints("::warning title=gap::web3: did not measure on ");
    }

    private List<String> githubSteps() throws IOException {
        Object workflow = requireNonNull(new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(fleet.resolve("github-workflow.yml"))));
        List<?> steps = (List<?>) under(under(under(workflow, "jobs"), "check"), "steps");
        return steps.stream()
                .map(step -> ((Map<?, ?>) step).get("run"))
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
    }

    private static Object under(Object map, String key) {
        return requireNonNull(((Map<?, ?>) map).get(key), key);
    }
}
