package dev.tare.clock.profile;

import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** Adds the profiler by its class name. */
    JmhRun profiledWith(String options) {
        return with("-prof", RemoteClockProfiler.class.getName() + ":" + options);
    }

    /** Starts it with a temporary folder of its own: JMH refuses to run twice with the same. */
    RunningProgram start(Path folder) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + folder);
        command.addAll(arguments);
        return RunningProgram.start(command, Map.of(), folder.toFile());
    }

    Output run(Path folder) throws IOException, InterruptedException {
        try (RunningProgram program = start(folder)) {
            int code = program.awaitExit(LIMIT);
            return new Output(program.output(), code);
        }
    }

    /** What a run printed, with its exit code. */
    record Output(String text, int code) {
        /** Score of a benchmark or secondary result, by the end of its name and its mode, from JMH's last table. */
        Optional<Double> score(String name, String mode) {
            Pattern row = Pattern.compile("(?m)^\\S*" + Pattern.quote(name) + "\\s(?:.*\\s)?" + mode
                    + "\\s+(?:\\d+\\s+)?(≈ )?([-0-9.e⁻¹²³⁴⁵⁶⁷⁸⁹⁰]+)\\s.*$");
            Matcher matcher = row.matcher(text);
            return matcher.find()
                    ? Optional.of(matcher.group(1) != null ? 0.0 : Double.valueOf(matcher.group(2)))
                    : Optional.empty();
        }
    }
}
