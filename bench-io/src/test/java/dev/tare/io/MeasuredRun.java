package dev.tare.io;

import dev.tare.parts.JavaCommand;
import dev.tare.parts.RunningProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

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
        return on(0, environment, benchmark, method, parameters, temporary, options);
    }

    /** The same on a JDK that is at least so new; a test that asks for one carries {@link dev.tare.parts.RequiresJdk}. */
    public static MeasuredRun on(
            int leastJdk,
            Map<String, String> environment,
            Class<?> benchmark,
            String method,
            Map<String, String> parameters,
            Path temporary,
            String... options)
            throws Exception {
        Path json = temporary.resolve("result.json");
        String temporaryFiles = "-Djava.io.tmpdir=" + temporary;
        List<String> command = JavaCommand.ofJdk(
                leastJdk,
                List.of(temporaryFiles),
                "org.openjdk.jmh.Main",
                benchmark.getName().replace(".", "\\.") + "\\." + method + "$");
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
