package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.Topology;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RequiresRoot;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.regex.Pattern;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs of the packaged jar, from their start to every way in which they end. */
final class RunIT {
    private static final String SHORT = "LuSolveBench.ejml -p order=10,20 -f 3 -wi 0 -i 2 -r 50ms\n";
    /** Long enough that most of it is left when somebody interrupts it who was held up for ten seconds. */
    private static final String INTERRUPTED = "LuSolveBench.ejml -p order=10,20 -f 8 -wi 0 -i 2 -r 250ms\n";

    /** The first line replaces the JVM's options by which its benchmark lays out memory. */
    private static final String FAILING = """
            LatencyBench.load$ -p blockBytes=4096 -f 1 -wi 0 -i 1 -r 50ms -jvmArgsPrepend -Xmx64m
            LuSolveBench.ejml -p order=10 -f 1 -wi 0 -i 1 -r 50ms
            """;

    @TempDir
    Path folder;

    private BenchmarksJar jar;
    private Path profile;

    @BeforeEach
    void writeAProfile() throws IOException {
        jar = new BenchmarksJar(folder);
        profile = Files.writeString(folder.resolve("short.profile"), SHORT);
    }

    @Test
    void aRunYieldsEveryForkOfEveryConfigurationAndAllItsFiles() throws Exception {
        jar.run("run", profile.toString(), "--out", "run", "--label", "site=rack7")
                .exits(0)
                .prints("2 configurations, 3 rounds, 6 forks")
                .prints("[6/6, round 3/3")
                .prints("GFLOP/s");

        assertThat(forks("run")).containsExactly(3, 3);
        assertThat(folder.resolve("run/log.txt")).content().contains("# Warmup: <none>");
        JsonNode environment = new ObjectMapper()
                .readTree(folder.resolve("run/environment.json").toFile());
        assertThat(environment.path("labels").path("site").asText()).isEqualTo("rack7");
    }

    @Test
    void aKilledRunLosesAtMostTheForkInFlightAndIsResumedWithExactlyTheMissingOnes() throws Exception {
        Files.writeString(profile, INTERRUPTED);
        try (RunningProgram run = jar.start("run", profile.toString(), "--out", "run")) {
            run.awaitLine(Pattern.compile("^\\[2/16.*GFLOP/s"));
            run.process().destroyForcibly();
            run.awaitExit(Duration.ofMinutes(1));
        }
        int kept = BenchmarksJar.lines(folder.resolve("run/journal.jsonl")).size() - 1;
        assertThat(kept).isBetween(2, 15);
        assertThat(folder.resolve("run/results.json")).doesNotExist();

        jar.run("run", "--resume", "run").exits(0).prints("forks measured already: " + kept + " of 16");

        assertThat(forks("run")).containsExactly(8, 8);
        assertThat(BenchmarksJar.lines(folder.resolve("run/journal.jsonl"))).hasSize(1 + 16);
    }

    @Test
    void aTerminatedRunWritesWhatItHas() throws Exception {
        Files.writeString(profile, INTERRUPTED);
        try (RunningProgram run = jar.start("run", profile.toString(), "--out", "run")) {
            run.awaitLine(Pattern.compile("^\\[2/16.*GFLOP/s"));
            run.terminate();
            // 128 + SIGTERM
            assertThat(run.awaitExit(Duration.ofMinutes(1))).isEqualTo(143);
        }

        assertThat(forks("run")).allMatch(count -> count >= 1 && count <= 8);
        jar.run("run", "--resume", "run").exits(0);
        assertThat(forks("run")).containsExactly(8, 8);
    }

    @Test
    @RequiresProgram(value = "taskset", debianPackage = "util-linux")
    void forksAndTheirPeersRunOnTheProcessorsThatWereAskedFor() throws Exception {
        NavigableSet<Integer> processors = new Topology(MachineFiles.ofThisMachine()).allowed();
        String fork = processors.first().toString();
        String peer = processors.last().toString();
        Files.writeString(profile, "RoundTripBench.tcp$ -p messageBytes=1 -f 1 -wi 0 -i 40 -r 100ms\n");

        try (RunningProgram run =
                jar.start("run", profile.toString(), "--out", "run", "--cpus", "fork=" + fork + ";beside=" + peer)) {
            awaitBound(run, "ForkedMain", fork);
            awaitBound(run, "EmbeddedPeerMain", peer);
            assertThat(run.awaitExit(Duration.ofMinutes(1))).as(run.output()).isZero();
        }
        assertThat(folder.resolve("run/journal.jsonl"))
                .content()
                .contains("\"cpus\":\"" + fork + ", beside it " + peer + "\"");
    }

    private static void awaitBound(RunningProgram run, String main, String processors) {
        while (run.process().isAlive()) {
            if (run.process()
                    .descendants()
                    .filter(child -> child.info().commandLine().orElse("").contains(main))
                    .anyMatch(child -> status(child.pid()).contains("Cpus_allowed_list:\t" + processors + "\n"))) {
                return;
            }
        }
        throw new AssertionError("no " + main + " on processors " + processors + ": " + run.output());
    }

    private static String status(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/status"));
        } catch (IOException itHasEnded) {
            return "";
        }
    }

    @Test
    void responseTimesAreKeptWholeAndWrittenForOtherPrograms() throws Exception {
        Files.writeString(
                profile,
                "FileBench.randomRead -p sizeBytes=1m -p direct=false -p target=" + folder
                        + " -f 2 -wi 1 -w 100ms -i 2 -r 100ms\n");
        jar.run("run", profile.toString(), "--out", "run").exits(0);

        jar.run("report", "run", "--histograms", "r.hlog").exits(0);

        long responses = 0;
        try (HistogramLogReader log =
                new HistogramLogReader(folder.resolve("r.hlog").toFile())) {
            while (log.hasNext()) {
                EncodableHistogram fork = log.nextIntervalHistogram();
                assertThat(fork.getTag())
                        .startsWith("run/dev.tare.io.FileBench.randomRead/thrpt")
                        .endsWith("/response");
                assertThat(fork.getEndTimeStamp()).isGreaterThan(fork.getStartTimeStamp());
                responses += ((Histogram) fork).getTotalCount();
            }
        }
        double perS = 0;
        for (JsonNode raw : new ObjectMapper()
                .readTree(folder.resolve("run/results.json").toFile())
                .path(0)
                .path("primaryMetric")
                .path("rawData")) {
            perS += raw.path(0).asDouble() + raw.path(1).asDouble();
        }
        // Iterations last 100 ms or a little longer, and what the score counts was recorded.
        assertThat((double) responses).isGreaterThan(0.1 * perS - 4);
        jar.run("report", "run", "--json", "r.json").exits(0);
        assertThat(folder.resolve("r.json")).content().contains("\"whole-runs\"");
    }

    @Test
    void aBenchmarkThatFailsIsReportedAndTheOthersGoOn() throws Exception {
        Files.writeString(profile, FAILING);

        jar.run("run", profile.toString(), "--out", "run")
                .exits(1)
                .prints("FAILED")
                .prints("ObjectAlignmentInBytes")
                .prints("incomplete");

        assertThat(forks("run")).containsExactly(1);
        assertThat(BenchmarksJar.lines(folder.resolve("run/journal.jsonl")))
                .anyMatch(line -> line.contains("\"kind\":\"failure\""));
    }

    @Test
    void aRunIsNotResumedByAnotherProgram() throws Exception {
        jar.run("run", profile.toString(), "--out", "run", "--only", "order=10", "-f", "1")
                .exits(0);
        Path journal = folder.resolve("run/journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replaceFirst("\"program\":\"..", "\"program\":\"xx"));

        jar.run("run", "--resume", "run").exits(3).prints("benchmarks.jar (SHA-256): the run has xx");
    }

    @Test
    void aParameterThatItsBenchmarkWouldRefuseEndsTheRunBeforeTheFirstFork() throws Exception {
        Files.writeString(profile, SHORT + "LuSolveBench.blocked -p order=0\n");

        jar.run("run", profile.toString(), "--out", "run")
                .exits(2)
                .prints("profile short, line 2: LuSolveBench.blocked: order: expected");

        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void thePlanIsPrintedWithoutMeasuring() throws Exception {
        jar.run("run", profile.toString(), "--plan", "-f", "5")
                .exits(0)
                .prints("2 configurations, 5 rounds, 10 forks")
                .prints("LuSolveBench.ejml order=20");
        jar.run("run", profile.toString(), "--plan", "-f", "1", "--only", "order=10")
                .exits(0)
                .prints("1 configuration, 1 round, 1 fork:");

        assertThat(folder).isDirectoryNotContaining("glob:**tare-*");
    }

    @Test
    void wrongUsageIsNamedWithTheNearestValidWord() throws Exception {
        jar.run("run", "smok").exits(2).prints("did you mean smoke?");
        jar.run("run", "smoke", "-proff", "gc").exits(2).prints("-proff is no option; did you mean -prof");
        jar.run("run", "smoke", "--ony", "x").exits(2).prints("--only");
        jar.run("run").exits(2).prints("expected a profile");
        jar.run("run", "smoke", "--cpus", "999999")
                .exits(2)
                .prints("--cpus: AffinityProfiler: expected processors that");
        jar.run("inspect", "--jsno").exits(2).prints("--json");
        jar.run("inspect", "--seconds", "5").exits(2).prints("expected --clock HOST:PORT beside --seconds");
        jar.run("inspect", "--clock", "127.0.0.1:9", "--seconds", "1").exits(2).prints("expected at least 2, got 1");
        jar.run("inspect", "--label", "rack7").exits(2).prints("Value for option '--label'");
        assertThat(jar.run("-zz").exits(2).output())
                .contains("-zz is no option")
                .doesNotContain("did you mean");
        jar.run("run", "--resume", folder.toString()).exits(3).prints("without a journal.jsonl");
    }

    @Test
    void aFolderThatCannotBeWrittenIsFoundBeforeMeasuring() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");

        jar.run("run", profile.toString(), "--out", file + "/run").exits(3).prints("cannot make the folder");
        assertThat(file).hasContent("mine");
    }

    @Test
    @RequiresRoot
    void aFullDiskIsFoundBeforeMeasuring() throws Exception {
        Path full = Files.createDirectory(folder.resolve("full"));
        shell("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", full.toString());
        try {
            jar.run("run", profile.toString(), "--out", full + "/run").exits(3).prints("MiB free");
        } finally {
            shell("umount", full.toString());
        }
    }

    @Test
    @RequiresRoot
    void aDiskThatFillsUpDuringTheRunLosesNoForkThatIsInTheJournal() throws Exception {
        Files.writeString(profile, INTERRUPTED);
        Path disk = Files.createDirectory(folder.resolve("disk"));
        shell("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", disk.toString());
        try {
            try (RunningProgram run = jar.start("run", profile.toString(), "--out", disk + "/run")) {
                run.awaitLine(Pattern.compile("^\\[2/16.*GFLOP/s"));
                shell("sh", "-c", "cat /dev/zero > " + disk + "/filler 2> /dev/null || true");
                assertThat(run.awaitExit(Duration.ofMinutes(1))).isEqualTo(3);
                assertThat(run.output())
                        .contains("all forks before are kept")
                        .contains("go on with: run --resume " + disk + "/run")
                        .doesNotContain("\"kind\"");
            }
            jar.run("run", "--resume", disk + "/run").exits(3).prints("MiB free");
            Files.delete(disk.resolve("filler"));

            jar.run("run", "--resume", disk + "/run").exits(0);
            assertThat(forks("disk/run")).containsExactly(8, 8);
        } finally {
            shell("umount", disk.toString());
        }
    }

    private List<Integer> forks(String run) throws IOException {
        JsonNode results = new ObjectMapper()
                .readTree(folder.resolve(run).resolve("results.json").toFile());
        return results.findValues("primaryMetric").stream()
                .map(metric -> metric.path("rawData").size())
                .toList();
    }

    private static void shell(String... command) throws IOException, InterruptedException {
        try (RunningProgram program = RunningProgram.start(List.of(command))) {
            assertThat(program.awaitExit(Duration.ofMinutes(1)))
                    .as(program.output())
                    .isZero();
        }
    }
}
