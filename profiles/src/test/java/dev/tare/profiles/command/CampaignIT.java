package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import dev.tare.runs.Run;
import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.Campaign;
import dev.tare.runs.campaign.LoadRole;
import dev.tare.runs.campaign.Participation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns of the packaged jar with JVMs of this host, from their start to every way in which they end. */
final class CampaignIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Pattern GO = Pattern.compile("^  go in \\d+ ms");

    private static final String WORKLOADS = """
            name: short
            rounds: 2
            workloads:
              cpu: LuSolveBench.ejml$ -p order=20 -wi 2 -w 200ms -i 4 -r 250ms
              many: LuSolveBench.ejml$ -p order=20 -wi 2 -w 200ms -i 10 -r 250ms
              long: LuSolveBench.ejml$ -p order=20 -wi 1 -w 200ms -i 6 -r 500ms
              serve: RoundTripBench.tcp$ -p peer=${management} -p messageBytes=1 -wi 1 -w 300ms -i 3 -r 300ms
              wire: RoundTripBench.tcp$ -p peer=${peer.guest.2} -p messageBytes=1 -wi 1 -w 300ms -i 3 -r 300ms
            scenarios:
            """;

    @TempDir
    Path folder;

    private BenchmarksJar jar;

    @BeforeEach
    void startInAFolderOfItsOwn() {
        jar = new BenchmarksJar(folder);
    }

    private String plan(String... scenarios) throws IOException {
        String text = WORKLOADS + String.join("\n", scenarios) + "\n";
        return Files.writeString(folder.resolve("plan.yml"), text).toString();
    }

    private Campaign campaign() throws Exception {
        return Campaign.read(folder.resolve("c"));
    }

    private static List<Participation> measured(Attempt attempt) {
        return attempt.participations().stream()
                .filter(one -> one.role() == LoadRole.MEASURED)
                .toList();
    }

    @Test
    void hostsAreMeasuredAtTheSameTimeAndEachHasARunFolderThatAReportReadsAlone() throws Exception {
        String plan = plan(
                "  - {name: alone, each: guests, measured: {each: cpu}}",
                "  - {name: both, measured: {guest.1: cpu}, load: {guest.2: cpu}, idle: guest.3}");

        jar.run("campaign", plan, "--hosts", "local:3", "--out", "c", "--rounds", "1", "--html", "c.html")
                .exits(0)
                .prints("start spread")
                .prints("one round: no intervals, no verdicts")
                .prints("page: ");
        assertThat(folder.resolve("c.html")).content().contains("Under load at the same time");

        Campaign campaign = campaign();
        assertThat(campaign.unfilled()).isEmpty();
        Attempt both = campaign.counted().stream()
                .filter(attempt -> attempt.slot().scenario().equals("both"))
                .findFirst()
                .orElseThrow();
        assertThat(both.controlBytes()).isZero();
        assertThat(both.clockBytes()).isPositive();
        assertThat(both.goNs()).isPresent();
        for (Participation host : both.participations().subList(0, 2)) {
            assertThat(host.counted()).isGreaterThanOrEqualTo(3);
            assertThat(host.start().orElseThrow().latestNs())
                    .isGreaterThanOrEqualTo(both.goNs().getAsLong());
            assertThat(host.fork()).hasValue(2);
        }
        assertThat(both.participations().get(2).iterations()).isEmpty();
        Run run = Run.read(folder.resolve("c/hosts/local1"));
        assertThat(run.measurements()).hasSize(1);
        assertThat(folder.resolve("c/hosts/local1/journal.jsonl"))
                .content()
                .contains("\"scenario\":\"both\"", "\"scenario\":\"alone-local1\"");
        assertThat(folder.resolve("c/hosts/local1/log.txt")).content().contains("# Warmup Iteration");
        jar.run("report", "c/hosts/local1").exits(0).prints("LuSolveBench.ejml");

        jar.run("history", "add", ".").exits(0).prints("4 runs added, 0 replaced, 0 known");
        jar.run("history", "add", "c").exits(0).prints("0 runs added, 0 replaced, 4 known");
        jar.run("history", "show", "local1.*scenario=both")
                .exits(0)
                .prints("1 night")
                .prints("GFLOP/s");
    }

    @Test
    void aKilledCampaignLosesAtMostTheAttemptInFlightAndIsResumedWithExactlyTheMissingOnes() throws Exception {
        String plan = plan("  - {name: both, measured: {guests: cpu}}");
        List<ProcessHandle> agents;
        try (RunningProgram run =
                jar.start("campaign", plan, "--hosts", "local:2", "--out", "c", "--rounds", "3", "--verbose")) {
            run.awaitLine(Pattern.compile("round 2 of both"));
            agents = run.process().descendants().toList();
            run.process().destroyForcibly();
            run.awaitExit(LIMIT);
        }
        for (ProcessHandle agent : agents) {
            // They end with their channels.
            assertThat(agent.onExit()).succeedsWithin(Duration.ofSeconds(10));
        }
        assertThat(campaign().counted()).hasSize(1);
        String before = Files.readString(folder.resolve("c/journal.jsonl"));

        jar.run("campaign", "--resume", "c").exits(0).prints("slots filled already: 1 of 3");

        assertThat(campaign().unfilled()).isEmpty();
        assertThat(folder.resolve("c/journal.jsonl")).content().startsWith(before);
        assertThat(forks("local1")).hasSize(3);
        jar.run("campaign", "--resume", "c").exits(0).prints("slots filled already: 3 of 3");
    }

    private List<String> forks(String host) throws IOException {
        return BenchmarksJar.lines(folder.resolve("c/hosts/" + host + "/journal.jsonl")).stream()
                .filter(line -> line.contains("\"kind\":\"fork\""))
                .toList();
    }

    @Test
    void aHostThatStandsStillInTheWindowSpoilsTheAttemptWhichIsRepeated() throws Exception {
        String plan = plan("  - {name: both, measured: {guests: long}}");
        try (RunningProgram run =
                jar.start("campaign", plan, "--hosts", "local:2", "--out", "c", "--rounds", "1", "--verbose")) {
            run.awaitLine(GO);
            long fork = descendant(run, "ForkedMain").pid();
            try (RunningProgram freezer = RunningProgram.start(
                    List.of("bash", "-c", "sleep 3.2; kill -STOP " + fork + "; sleep 2.2; kill -CONT " + fork))) {
                assertThat(freezer.awaitExit(LIMIT)).isZero();
            }
            assertThat(run.awaitExit(LIMIT)).as(run.output()).isZero();
        }

        Campaign campaign = campaign();
        assertThat(campaign.voids()).hasSize(1);
        Attempt spoiled = campaign.voids().get(0);
        assertThat(spoiled.voidReason().orElseThrow()).contains("stood still for");
        assertThat(spoiled.counted()).isLessThan(campaign.counted().get(0).counted());
        assertThat(campaign.unfilled()).isEmpty();
        assertThat(campaign.counted().get(0).number()).isEqualTo(2);
        assertThat(forks("local1")).hasSize(1);
    }

    @Test
    void aHostWhoseAgentIsKilledIsReachedAnewAndTheAttemptIsRepeated() throws Exception {
        String plan = plan("  - {name: both, measured: {guests: cpu}}");
        try (RunningProgram run =
                jar.start("campaign", plan, "--hosts", "local:2", "--out", "c", "--rounds", "1", "--verbose")) {
            run.awaitLine(GO);
            ProcessHandle agent = descendant(run, " agent");
            List<ProcessHandle> forks = agent.descendants().toList();
            assertThat(forks).isNotEmpty();
            agent.destroyForcibly();
            for (ProcessHandle fork : forks) {
                assertThat(fork.onExit()).succeedsWithin(Duration.ofSeconds(10));
            }
            assertThat(run.awaitExit(LIMIT)).as(run.output()).isZero();
        }

        Campaign campaign = campaign();
        assertThat(campaign.voids()).hasSize(1);
        assertThat(campaign.voids().get(0).voidReason().orElseThrow()).contains("its channel has ended");
        assertThat(campaign.unfilled()).isEmpty();
    }

    private static ProcessHandle descendant(RunningProgram program, String word) {
        return program.process()
                .descendants()
                .filter(one -> one.info().commandLine().orElse("").contains(word))
                .min((one, other) -> Long.compare(one.pid(), other.pid()))
                .orElseThrow();
    }

    @Test
    void partnersAreServedByTheManagementHostAndByOtherHosts() throws Exception {
        String plan = plan(
                "  - {name: served, measured: {guest.1: serve}}",
                "  - {name: wire, measured: {guest.1: wire}, idle: guest.2}");

        jar.run("campaign", plan, "--hosts", "local:2", "--out", "c", "--rounds", "1")
                .exits(0);

        assertThat(campaign().unfilled()).isEmpty();
        assertThat(folder.resolve("c/campaign.json")).content().contains("${peer.local2}", "peer.port");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.contains("token") || name.startsWith("tare-a"));
        }
    }

    @Test
    @RequiresProgram(value = "faketime", debianPackage = "faketime")
    void aHostWhoseOwnClockIsWrongOrRunsFasterProvesTheSame() throws Exception {
        String preload = Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                .map(machine -> "/usr/lib/" + machine + "/faketime/libfaketime.so.1")
                .filter(path -> Files.exists(Path.of(path)))
                .findFirst()
                .orElseThrow();
        Path hosts = Files.writeString(folder.resolve("hosts.yml"), """
                hosts:
                  - {name: honest, role: native}
                  - {name: late, channel: "env LD_PRELOAD=%s FAKETIME=+3s"}
                  - {name: fast, channel: "env LD_PRELOAD=%s 'FAKETIME=+0 x1.5'"}
                """.formatted(preload, preload));
        String plan = plan("  - {name: all, measured: {hosts: many}}");

        jar.run("campaign", plan, "--hosts", hosts.toString(), "--out", "c", "--rounds", "1")
                .exits(0)
                .prints("fast: its own clock runs 50.0 % fast");

        for (Participation host : measured(campaign().counted().get(0))) {
            // As many as where all clocks are right.
            assertThat(host.counted()).as(host.host()).isGreaterThanOrEqualTo(10);
        }
        // Three seconds of a wrong clock would show.
        assertThat(campaign().counted().get(0).startSpreadNs().orElseThrow()).isLessThan(1_000_000_000L);
    }

    @Test
    void aHostBelongsToOneCampaignAtATime() throws Exception {
        String plan = plan("  - {name: both, measured: {guests: cpu}}");
        try (RunningProgram run =
                jar.start("campaign", plan, "--hosts", "local:2", "--out", "c", "--rounds", "100", "--verbose")) {
            run.awaitLine(GO);

            jar.run("campaign", plan, "--hosts", "local:2", "--out", "other")
                    .exits(3)
                    .prints("another campaign or JMH measures on this host");
            jar.run("run", "smoke", "--out", "run").exits(3).prints("another JMH runs here");

            run.terminate();
            // 128 + SIGTERM
            assertThat(run.awaitExit(LIMIT)).as(run.output()).isEqualTo(143);
        }
        assertThat(folder.resolve("other")).doesNotExist();
        // What the end cut short is no void attempt.
        assertThat(folder.resolve("c/journal.jsonl")).content().doesNotContain("channel has ended");
    }

    @Test
    void whatCannotBeMeasuredIsRefusedBeforeAnythingIs() throws Exception {
        jar.run("campaign", plan("  - {name: s, measured: {vm1: cpu}}"), "--hosts", "local:2")
                .exits(2)
                .prints("plan.yml line 10: expected a host that is listed (local1, local2)");
        jar.run("campaign", "demmo").exits(2).prints("did you mean demo?");
        Path hosts =
                Files.writeString(folder.resolve("hosts.yml"), "hosts:\n- {name: vm1, channel: /no/such/program}\n");
        jar.run("campaign", plan("  - {name: s, measured: {vm1: cpu}}"), "--hosts", hosts.toString(), "--out", "c")
                .exits(3)
                .prints("vm1: expected an agent at the end of its channel, got: vm1: cannot start");
        Files.writeString(hosts, "hosts:\n- {name: vm1, jar: /no/such.jar}\n");
        jar.run("campaign", plan("  - {name: s, measured: {vm1: cpu}}"), "--hosts", hosts.toString(), "--out", "c")
                .exits(3)
                .prints("Unable to access jarfile /no/such.jar");
        assertThat(folder.resolve("c")).doesNotExist();
        jar.run("campaign", "check", "--hosts", "local:2")
                .exits(0)
                .prints("local1 sees local2 at 127.0.0.1: yes")
                .prints("bound 0.");
    }
}
