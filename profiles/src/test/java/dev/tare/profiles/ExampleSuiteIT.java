package dev.tare.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.parts.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another team's suite, built from docs/example-suite, has our benchmarks and our clock beside its own benchmark. */
final class ExampleSuiteIT {
    private static final Path JAR =
            Path.of("target", "it", "example-suite", "target", "suite.jar").toAbsolutePath();

    @TempDir
    Path folder;

    @Test
    void ourBenchmarksAndProfilerAreListedBesideItsOwn() throws Exception {
        assertThat(run("-l")).contains("dev.example.SortBench.sort").contains("dev.tare.mem.StreamBench.triad");
        assertThat(run("-lprof")).contains("dev.tare.clock.profile.RemoteClockProfiler");
    }

    @Test
    void bothRunInOneJar() throws Exception {
        String output = run(
                "SortBench",
                "StreamBench.triad",
                "-p",
                "arrayBytes=1048576",
                "-p",
                "length=100",
                "-f",
                "1",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "50ms");

        assertThat(output).containsPattern("SortBench\\.sort .*us/op").contains("StreamBench.triad:bandwidthMBps");
    }

    @Test
    void itsOwnBenchmarkIsMeasuredWithTheRemoteClock() throws Exception {
        try (ClockServer server =
                ClockServer.start(ClockServerOptions.loopback().withPort(0))) {
            String profiler = "dev.tare.clock.profile.RemoteClockProfiler:server=127.0.0.1:" + server.port()
                    + ",when=always,max-error=50";

            String output =
                    run("SortBench", "-f", "1", "-wi", "1", "-w", "1s", "-i", "1", "-r", "1s", "-prof", profiler);

            assertThat(output).contains("SortBench.sort:clock.swapped").contains("SortBench.sort:clock.errorPercent");
        }
    }

    private String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        try (RunningProgram program = RunningProgram.start(command, Map.of(), folder.toFile())) {
            assertThat(program.awaitExit(Duration.ofMinutes(2)))
                    .as(program.output())
                    .isZero();
            return program.output();
        }
    }
}
