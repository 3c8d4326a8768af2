package dev.tare.profiles.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The packaged jar, started as a user starts it.
 *
 * <p>Every run has a temporary folder of its own, because JMH locks a file there and refuses a second run beside it.
 */
final class BenchmarksJar {
    static final Path JAR = Path.of("target", "benchmarks.jar").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path folder;
    private final List<String> flags;

    /** A jar that is started in {@code folder}. */
    BenchmarksJar(Path folder) {
        this(folder, List.of());
    }

    private BenchmarksJar(Path folder, List<String> flags) {
        this.folder = folder;
        this.flags = flags;
    }

    /** The same jar with flags of its JVM. */
    BenchmarksJar withFlags(String... more) {
        return new BenchmarksJar(folder, List.of(more));
    }

    /** Runs to the end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        try (RunningProgram program = start(arguments)) {
            int exit = program.awaitExit(LIMIT);
            return new Ended(exit, program.output());
        }
    }

    /** Runs to the end with its standard output somewhere else, as a shell puts it: {@code > FILE} or {@code | PROGRAM}. */
    Ended runTo(String redirection, String... arguments) throws IOException, InterruptedException {
        List<String> shell = new ArrayList<>(List.of("bash", "-c", "set -o pipefail; \"$@\" " + redirection, "bash"));
        shell.addAll(command(arguments));
        try (RunningProgram program = RunningProgram.start(shell, Map.of(), folder.toFile())) {
            int exit = program.awaitExit(LIMIT);
            return new Ended(exit, program.output());
        }
    }

    /** Starts and goes on beside the test. */
    RunningProgram start(String... arguments) throws IOException {
        return RunningProgram.start(command(arguments), Map.of(), folder.toFile());
    }

    /** How a shell starts it. */
    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.io.tmpdir=" + folder));
        command.addAll(flags);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** How it ended, with what it printed to both streams. */
    record Ended(int exit, String output) {
        Ended exits(int expected) {
            assertThat(exit).as(output).isEqualTo(expected);
            return this;
        }

        Ended doesNotPrint(String text) {
            assertThat(output).doesNotContain(text);
            return this;
        }

        Ended prints(String text) {
            assertThat(output).contains(text);
            return this;
        }
    }

    /** All lines of a file. */
    static List<String> lines(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.toList();
        }
    }
}
