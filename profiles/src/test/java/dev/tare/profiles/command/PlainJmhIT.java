package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.machine.linux.ForeignFunctions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar behaves as any JMH jar. */
final class PlainJmhIT {
    @TempDir
    Path folder;

    private BenchmarksJar jar;

    @BeforeEach
    void startInAFolderOfItsOwn() {
        jar = new BenchmarksJar(folder);
    }

    @Test
    void benchmarksOfAllComponentsAreListed() throws Exception {
        jar.run("-l")
                .exits(0)
                .prints("dev.tare.cpu.LuSolveBench.ejml")
                .prints("dev.tare.mem.StreamBench.triad")
                .prints("dev.tare.io.FileBench.randomRead")
                .prints("dev.tare.net.SocketBench.send");
    }

    @Test
    void parametersProfilersAndHelpAreListed() throws Exception {
        jar.run("-lp", "LuSolveBench").exits(0).prints("param \"order\"");
        jar.run("-lprof").exits(0).prints("remoteclock").prints("iterations").prints("gc");
        jar.run("-h").exits(0).prints("-wi <int>");
        jar.run("-lrf").exits(0).prints("json");
    }

    @Test
    void aFilterWithOptionsWritesJmhsOwnResults() throws Exception {
        Path results = folder.resolve("x.json");

        jar.run(
                        "LuSolveBench.ejml",
                        "-p",
                        "order=10",
                        "-f",
                        "1",
                        "-wi",
                        "0",
                        "-i",
                        "2",
                        "-r",
                        "50ms",
                        "-rf",
                        "json",
                        "-rff",
                        results.toString())
                .exits(0)
                .prints("LuSolveBench.ejml:rateGflops");

        JsonNode json = new ObjectMapper().readTree(results.toFile());
        assertThat(json.path(0).path("primaryMetric").path("rawData").path(0)).hasSize(2);
    }

    @Test
    void resultsThatDoNotFitOnTheDiskAreRescuedAndToldOf() throws Exception {
        String[] brief = {"-p", "order=10", "-f", "1", "-wi", "0", "-i", "1", "-r", "50ms", "-rf", "json", "-rff"};
        String output = jar.run(with(
                        Stream.concat(Stream.of(brief), Stream.of("/dev/full")).toArray(String[]::new),
                        "LuSolveBench.ejml"))
                .exits(3)
                .prints("could not be written to /dev/full: No space left on device")
                .output();

        Matcher rescued = Pattern.compile("they stand in (\\S+)").matcher(output);
        assertThat(rescued.find()).as(output).isTrue();
        Path file = Path.of(rescued.group(1));
        assertThat(new ObjectMapper().readTree(file.toFile()).path(0).path("primaryMetric"))
                .isNotEmpty();
        Files.delete(file);
    }

    @Test
    void aResultFileThatCannotBeWrittenIsToldBeforeAnythingIsMeasured() throws Exception {
        assertThat(jar.run(
                                "LuSolveBench.ejml",
                                "-rff",
                                folder.resolve("none/x.csv").toString())
                        .exits(3)
                        .prints("-rff: expected a file that can be written")
                        .output())
                .doesNotContain("Iteration");
    }

    @Test
    void figuresThatCountersCannotCarryAreThereUnasked() throws Exception {
        jar.run("FileBench.randomRead", "-p", "sizeBytes=8m", "-f", "1", "-wi", "0", "-i", "1", "-r", "100ms")
                .exits(0)
                .prints("FileBench.randomRead:responseAverageUs")
                .prints("FileBench.randomRead:responseMaxUs")
                .prints("FileBench.randomRead:cpuSystemUs");
        jar.run("SocketBench.send", "-p", "messageBytes=4096", "-f", "1", "-wi", "0", "-i", "1", "-r", "100ms")
                .exits(0)
                .prints("SocketBench.send:systemServiceDemandSPerGB");
    }

    @Test
    void countersAreShownInTheirUnitsInEveryModeAndTimesInMicroseconds() throws Exception {
        String[] brief = {"-p", "messageBytes=4k", "-f", "1", "-wi", "0", "-i", "1", "-r", "100ms"};
        assertThat(jar.run(with(brief, "SocketBench.send")).exits(0).output())
                .containsPattern("(?m)^SocketBench.send:bandwidthMBps .* 4096 .* thrpt .* MB/s$")
                .containsPattern("(?m)^ +bandwidthMBps: +[\\d.]+ MB/s$");
        assertThat(jar.run(with(brief, "RoundTripBench.tcp", "-bm", "avgt"))
                        .exits(0)
                        .output())
                .containsPattern("(?m)^RoundTripBench.tcp .* 4096 .* us/op$")
                .containsPattern("(?m)^RoundTripBench.tcp:roundTripsPerS .* 4096 .* avgt .* 1/s$");
    }

    private static String[] with(String[] brief, String... arguments) {
        return Stream.concat(Stream.of(arguments), Stream.of(brief)).toArray(String[]::new);
    }

    @Test
    void aBenchmarkThatFailsMakesTheExitCodeNonZeroAndTheOthersGoOn() throws Exception {
        // The first loses the JVM's options by which it lays out memory; the other has its own elsewhere.
        jar.run(
                        "LatencyBench.load$|LuSolveBench.ejml",
                        "-p",
                        "blockBytes=4096",
                        "-p",
                        "order=10",
                        "-jvmArgsPrepend",
                        "-Xmx64m",
                        "-f",
                        "1",
                        "-wi",
                        "0",
                        "-i",
                        "1",
                        "-r",
                        "50ms")
                .exits(1)
                .prints("FAILED: dev.tare.mem.LatencyBench.load blockBytes=4096: ")
                .prints("ObjectAlignmentInBytes")
                .prints("rateGflops");
    }

    @Test
    void aParameterThatItsBenchmarkWouldRefuseIsWrongUsageBeforeTheFirstFork() throws Exception {
        BenchmarksJar.Ended refused = jar.run("LuSolveBench.ejml", "-p", "order=10,0", "-f", "1")
                .exits(2)
                .prints("the command line: LuSolveBench.ejml: order: expected");

        assertThat(refused.output()).doesNotContain("# Fork");
    }

    @Test
    void aParameterThatNoSelectedBenchmarkHasIsWrongUsageWithTheNearest() throws Exception {
        BenchmarksJar.Ended refused = jar.run("FileBench.randomRead", "-p", "queuedepth=32", "-f", "1")
                .exits(2)
                .prints("no benchmark here has the parameter \"queuedepth\"")
                .prints("did you mean queueDepth?");

        assertThat(refused.output()).doesNotContain("# Fork");
    }

    @Test
    void aLineThatJmhHasBegunIsTornByNoFactAndNoWarning() throws Exception {
        BenchmarksJar.Ended ended = jar.run(
                        "StreamBench.triad|LuSolveBench.ejml",
                        "-p",
                        "arrayBytes=1m",
                        "-p",
                        "order=10",
                        "-f",
                        "1",
                        "-wi",
                        "1",
                        "-w",
                        "50ms",
                        "-i",
                        "3",
                        "-r",
                        "50ms",
                        "-jvmArgsAppend",
                        "-Xlog:gc")
                .exits(0)
                .prints("# fact ");

        assertThat(ended.output().lines().filter(line -> line.matches("(# Warmup )?Iteration +\\d+:.*")))
                .hasSizeGreaterThanOrEqualTo(8)
                .allMatch(line -> line.matches("(# Warmup )?Iteration +\\d+: [0-9.]+ ops/s"));
    }

    @Test
    void whatThisJvmLacksSomethingForIsLeftOutWhereOthersAreFoundAndRefusedAlone() throws Exception {
        String short1 = "-f 1 -wi 0 -i 1 -r 50ms -p order=10 -p sizeBytes=1m";
        List<String> both = new ArrayList<>(List.of("LuSolveBench.ejml$|FileBench.discard$"));
        both.addAll(List.of(short1.split(" ")));

        String output = jar.run(both.toArray(String[]::new)).exits(0).output();

        if (ForeignFunctions.MISSING.isPresent()) {
            assertThat(output)
                    .contains("left out: FileBench.discard: expected a JVM that can make system calls, got none: ")
                    .doesNotContain("# Benchmark: dev.tare.io.FileBench.discard");
            jar.run("FileBench.discard$", "-p", "sizeBytes=1m")
                    .exits(3)
                    .prints("the command line: FileBench.discard: expected a JVM that can make system calls");
        } else {
            assertThat(output)
                    .contains("# Benchmark: dev.tare.io.FileBench.discard")
                    .doesNotContain("left out");
        }
        assertThat(output).contains("# Benchmark: dev.tare.cpu.LuSolveBench.ejml");
    }

    @Test
    void aFilterThatFindsNothingIsWrongUsage() throws Exception {
        jar.run("NoSuchBenchmark").exits(2).prints("No matching benchmarks");
        jar.run("isnpect").exits(2).prints("did you mean inspect?");
        jar.run("LuSolveBench", "-fi", "2").exits(2).prints("JMH option");
    }

    @Test
    void ourOwnHelpNamesCommandsAndExitCodes() throws Exception {
        jar.run("--help").exits(0).prints("inspect").prints("Exit codes");
        jar.run("help").exits(0).prints("inspect").prints("Exit codes");
        jar.run("run", "--help").exits(0).prints("--resume");
        jar.run("--version").exits(0).prints("tare 0.1.0-SNAPSHOT");
    }
}
