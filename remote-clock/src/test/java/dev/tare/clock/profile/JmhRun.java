package dev.tare.clock.profile;

import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A run of JMH in a process of its own, on the class path of the tests. */
final class JmhRun {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final List<String> launcher = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();

    private JmhRun(String... start) {
        arguments.addAll(List.of(start));
    }

    /** Runs JMH's main class with the benchmarks of the tests. */
    static JmhRun onClassPath() {
        return new JmhRun("-cp", System.getProperty("java.class.path"), "org.openjdk.jmh.Main");
    }

    /** Runs a jar. */
    static JmhRun ofJar(Path jar) {
        return new JmhRun("-jar", jar.toString());
    }

    /** Lets the clock of all JVMs run faster by a factor, through Debian's faketime. */
    JmhRun atRate(double factor) {
        launcher.addAll(List.of("faketime", "-f", "+0 x" + factor));
        return this;
    }

    JmhRun with(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    /** Adds the profiler by its short name, which works with any JMH. */
    JmhRun profiledWith(String options) {
        return with("-prof", "remoteclock:" + options);
    }

    /** Starts it with a temporary folder of its own: JMH refuses to run twice with the same. */
    RunningProgram start(Path folder) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(arguments);
        command.addAll(List.of("-rf", "json", "-rff", results(folder).toString()));
        return RunningProgram.start(command, Map.of(), folder.toFile());
    }

    JmhOutput run(Path folder) throws IOException, InterruptedException {
        try (RunningProgram program = start(folder)) {
            return end(program, folder);
        }
    }

    /** Waits for the end of a run that {@link #start} began. */
    static JmhOutput end(RunningProgram program, Path folder) throws IOException, InterruptedException {
        int code = program.awaitExit(LIMIT);
        Path results = results(folder);
        return new JmhOutput(program.output(), Files.exists(results) ? Files.readString(results) : "", code);
    }

    private static Path results(Path folder) {
        return folder.resolve("results.json");
    }
}
