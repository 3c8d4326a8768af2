package dev.tare.io;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tare.parts.JavaCommand;
import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A benchmark that was run as its users run it: by JMH's own command line, in a fork, for a short iteration.
 *
 * @param output what launcher and fork printed
 * @param scores by the method's name, and those of secondary results by the last part of theirs
 * @param json JMH's result file, which is the same in every locale; empty when the run failed
 */
public record MeasuredRun(int exitCode, String output, Map<String, Double> scores, String json) {
    /**
     * Runs one method of a benchmark.
     *
     * @param temporary folder for the result and for temporary files
     * @param options further options of JMH's command line
     */
    public static MeasuredRun of(
            Class<?> benchmark, String method, Map<String, String> parameters, Path temporary, String... options)
            throws Exception {
        return under(Map.of(), benchmark, method, parameters, temporary, options);
    }

    /** The same under an environment, such as another locale. */
    public static MeasuredRun under(
            Map<String, String> environment,
            Class<?> benchmark,
            String method,
            Map<String, String> parameters,
            Path temporary,
            String... options)
            throws Exception {
        return on(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                environment,
                benchmark,
                method,
                parameters,
                temporary,
                options);
    }

    /**
     * A Java that has the foreign-function API: this one, or one below /usr/lib/jvm. A test that needs it is skipped, or fails by
     * the rule of {@code RequiresProgram}, where there is none.
     */
    public static Path javaWithForeignFunctions() throws Exception {
        if (Runtime.version().feature() >= 22) {
            return Path.of(System.getProperty("java.home"), "bin", "java");
        }
        Path all = Path.of("/usr/lib/jvm");
        Optional<Path> found = Optional.empty();
        if (Files.isDirectory(all)) {
            try (Stream<Path> homes = Files.list(all)) {
                found = homes.filter(home -> home.getFileName().toString().contains("25"))
                        .map(home -> home.resolve("bin/java"))
                        .filter(Files::isExecutable)
                        .findFirst();
            }
        }
        boolean skipFails = "true".equals(System.getenv("TARE_SKIP_FAILS"));
        assumeTrue(found.isPresent() || skipFails, "no JDK 25 below /usr/lib/jvm");
        return found.orElseThrow(() -> new AssertionError("expected a JDK 25 below /usr/lib/jvm, got none"));
    }

    /** The same by a given Java. */
    public static MeasuredRun on(
            Path java,
            Map<String, String> environment,
            Class<?> benchmark,
            String method,
            Map<String, String> parameters,
            Path temporary,
            String... options)
            throws Exception {
        Path json = temporary.resolve("result.json");
        String temporaryFiles = "-Djava.io.tmpdir=" + temporary;
        List<String> command = JavaCommand.of(
                List.of(temporaryFiles),
                "org.openjdk.jmh.Main",
                benchmark.getName().replace(".", "\\.") + "\\." + method + "$");
        command.set(0, java.toString());
        command.addAll(List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "400ms", "-foe", "true"));
        command.addAll(List.of("-rf", "json", "-rff", json.toString()));
        parameters.forEach((name, value) -> command.addAll(List.of("-p", name + "=" + value)));
        command.addAll(List.of(options));
        try (RunningProgram program = RunningProgram.start(command, environment, null)) {
            int exitCode = program.awaitExit(Duration.ofMinutes(5));
            String results = exitCode == 0 ? Files.readString(json) : "";
            return new MeasuredRun(exitCode, program.output(), scores(method, results), results);
        }
    }

    /** The score whose name ends so. */
    public double score(String name) {
        return Objects.requireNonNull(scores.get(name), name);
    }

    private static Map<String, Double> scores(String method, String json) {
        Map<String, Double> scores = new HashMap<>();
        Pattern.compile("\"(?:[^\"]*[.:])?(\\w+)\" : \\{\\s*\"score\" : ([0-9.E+-]+)")
                .matcher(json)
                .results()
                .forEach(metric -> scores.put(
                        metric.group(1).equals("primaryMetric") ? method : metric.group(1),
                        Double.valueOf(metric.group(2))));
        return scores;
    }
}
