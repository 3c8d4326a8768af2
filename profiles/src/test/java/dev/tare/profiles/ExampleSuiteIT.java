package dev.tare.profiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.parts.Programs;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another team's suite, built from docs/example-suite, has our benchmarks and our clock beside its own benchmark. */
final class ExampleSuiteIT {
    /** Maven's invoker has built it. */
    private static final Path SUITE = Path.of("target", "it", "example-suite").toAbsolutePath();

    private static final Path JAR = SUITE.resolve("target/suite.jar");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void ourBenchmarksAndProfilerAreListedBesideItsOwn() throws Exception {
        assertThat(run("-l")).contains("dev.example.SortBench.sort").contains("dev.tare.mem.StreamBench.triad");
        assertThat(run("-lprof")).contains("remoteclock");
    }

    @Test
    void bothRunInOneJar() throws Exception {
        String output = run(
                "SortBench",
                "WebServerBench",
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

        assertThat(output)
                .containsPattern("SortBench\\.sort .*us/op")
                .contains("WebServerBench.page:pagesPerS")
                .contains("StreamBench.triad:bandwidthMBps");
    }

    @Test
    void itsOwnBenchmarkIsMeasuredWithTheRemoteClock() throws Exception {
        try (ClockServer server =
                ClockServer.start(ClockServerOptions.loopback().withPort(0))) {
            String profiler = "remoteclock:server=127.0.0.1:" + server.port() + ",when=always,max-error=50";

            String output =
                    run("SortBench", "-f", "1", "-wi", "1", "-w", "1s", "-i", "1", "-r", "1s", "-prof", profiler);

            assertThat(output).contains("SortBench.sort:clock.swapped").contains("SortBench.sort:clock.errorPercent");
        }
    }

    @Test
    @RequiresProgram(value = "gradle", debianPackage = "gradle")
    void gradleBuildsTheSameSuite() throws Exception {
        Path jar = gradle(".", "suiteJar").resolve("build/libs/suite.jar");

        assertHasAll(jar);
    }

    @Test
    @RequiresProgram(value = "gradle", debianPackage = "gradle")
    void jmhGradlePluginBuildsTheSameSuite() throws Exception {
        Path jar = gradle("jmh-gradle-plugin", "jmhJar").resolve("build/libs/suite-jmh.jar");

        assertHasAll(jar);
    }

    private void assertHasAll(Path jar) throws Exception {
        assertThat(runJar(jar, "-l")).contains("dev.example.SortBench.sort").contains("dev.tare.mem.StreamBench.triad");
        assertThat(runJar(jar, "-lprof")).contains("remoteclock", "iterations");
        assertThat(runJar(jar, "SortBench", "-p", "length=100", "-f", "1", "-wi", "0", "-i", "1", "-r", "50ms"))
                .containsPattern("SortBench\\.sort .*us/op");
    }

    /** Has a copy of the suite built, and returns the folder of its build. */
    private Path gradle(String build, String task) throws Exception {
        Path suite = folder.resolve("suite");
        Path source = Path.of("src/main/java/dev/example/SortBench.java");
        for (Path file : List.of(source, Path.of(build, "settings.gradle"), Path.of(build, "build.gradle"))) {
            Files.createDirectories(suite.resolve(file).getParent());
            Files.copy(SUITE.resolve(file), suite.resolve(file));
        }
        end(
                suite.resolve(build),
                List.of(
                        Programs.require("gradle").toString(),
                        "--offline",
                        "--no-daemon",
                        "--gradle-user-home=" + folder.resolve("gradle"),
                        "-Dmaven.repo.local=" + Path.of("target", "local-repo").toAbsolutePath(),
                        task));
        return suite.resolve(build);
    }

    private String run(String... arguments) throws Exception {
        return runJar(JAR, arguments);
    }

    private String runJar(Path jar, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                jar.toString()));
        command.addAll(List.of(arguments));
        return end(folder, command);
    }

    private static String end(Path in, List<String> command) throws Exception {
        try (RunningProgram program = RunningProgram.start(command, Map.of(), in.toFile())) {
            assertThat(program.awaitExit(LIMIT)).as(program.output()).isZero();
            return program.output();
        }
    }
}
