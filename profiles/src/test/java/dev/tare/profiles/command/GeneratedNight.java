package dev.tare.profiles.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.runs.Configuration;
import dev.tare.runs.Environment;
import dev.tare.runs.Fingerprint;
import dev.tare.runs.ForkEntry;
import dev.tare.runs.ForkJson;
import dev.tare.runs.RunFolder;
import dev.tare.runs.RunHeader;
import dev.tare.runs.RunJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The folder of a run as {@code run} leaves it, without the time that measuring takes.
 *
 * @param host who measures
 * @param night which night, counted from 0
 * @param platform {@code native} or {@code guest}
 * @param kernel its version
 * @param labels words of the user's own
 * @param noise standard deviation of a fork's logarithm
 */
record GeneratedNight(
        String host, int night, String platform, String kernel, Map<String, String> labels, double noise) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");
    private static final int FORKS = 3;

    /** A night of a guest whose kernel and level are given; its noise is 1 %. */
    static Path write(Path folder, String host, int night, String kernel, double level) throws IOException {
        Configuration configuration =
                new Configuration("dev.tare.cpu.LuSolveBench.ejml", "thrpt", 1, new TreeMap<>(Map.of("order", "10")));
        return new GeneratedNight(host, night, "guest", kernel, Map.of("site", "rack7"), 0.01)
                .write(folder, Map.of(configuration, level));
    }

    /** Writes it with the level of each configuration. */
    Path write(Path folder, Map<Configuration, Double> levels) throws IOException {
        String started = FIRST.plusSeconds(night * 86_400L).toString();
        RunFolder run = RunFolder.create(folder);
        Map<Configuration, Integer> forks = new LinkedHashMap<>();
        levels.keySet().forEach(configuration -> forks.put(configuration, FORKS));
        RunHeader header = new RunHeader(
                "0.1.0",
                started,
                "mine",
                "LuSolveBench.ejml",
                "",
                List.of(),
                forks,
                labels,
                List.of(),
                1,
                5,
                0,
                new Fingerprint("aa", "17", host));
        // Of seeds that follow each other java.util.Random makes nights that resemble each other.
        SplittableRandom random = new SplittableRandom(31L * night + host.hashCode());
        try (RunJournal journal = RunJournal.create(run.journal(), header)) {
            for (int round = 1; round <= FORKS; round++) {
                for (Map.Entry<Configuration, Double> level : levels.entrySet()) {
                    double score = level.getValue() * Math.exp(noise * random.nextGaussian());
                    ForkJson fork = new ForkJson(jmh(level.getKey(), score), JSON.createObjectNode());
                    journal.append(new ForkEntry(
                            level.getKey(), round, 1, started, 1, Map.of("seed", "1"), List.of(), Map.of(), fork));
                }
            }
            run.writeResults(journal.results());
        }
        Map<String, Map<String, String>> sections = new LinkedHashMap<>();
        sections.put("host", Map.of("name", host));
        sections.put("os", Map.of("kernel", kernel));
        sections.put("virtualization", Map.of("platform", platform));
        run.writeEnvironment(new Environment(sections).json());
        return folder;
    }

    /** What JMH's JSON has of one fork with one iteration. */
    static ObjectNode jmh(Configuration configuration, double score) {
        ObjectNode jmh = configuration.json();
        jmh.put("jmhVersion", "1.37").put("forks", 1).put("measurementIterations", 1);
        ObjectNode primary = jmh.putObject("primaryMetric");
        primary.put("score", score).put("scoreError", "NaN").put("scoreUnit", "ops/s");
        primary.putArray("scoreConfidence").add("NaN").add("NaN");
        primary.putObject("scorePercentiles").put("50.0", score);
        primary.putArray("rawData").addArray().add(score);
        jmh.putObject("secondaryMetrics");
        return jmh;
    }
}
