package dev.tare.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the files of one run together. */
final class RunReader {
    private static final String RESULTS = "results.json";
    private static final String JOURNAL = "journal.jsonl";
    private static final String ENVIRONMENT = "environment.json";

    private final Path path;
    private final List<String> warnings = new ArrayList<>();

    RunReader(Path path) {
        this.path = path;
    }

    Run read() throws UnreadableRunException {
        String name = Run.tail(path.toAbsolutePath().normalize(), 1);
        if (Files.isDirectory(path)) {
            return folder(name);
        }
        if (!Files.exists(path)) {
            throw new UnreadableRunException(
                    path + ": does not exist; expected the folder of a run or a JSON file written by JMH");
        }
        List<Measurement> measurements = unique(JmhJson.read(path), path);
        requireSome(measurements, List.of());
        return new Run(name, Environment.none(), measurements, List.of(), true, List.of());
    }

    private Run folder(String name) throws UnreadableRunException {
        Path results = path.resolve(RESULTS);
        Path journalFile = path.resolve(JOURNAL);
        boolean journalled = Files.exists(journalFile);
        if (!Files.exists(results) && !journalled) {
            throw new UnreadableRunException(path + ": is no run: expected " + RESULTS + " or " + JOURNAL
                    + " in this folder; name the folder that 'run' wrote, or a JSON file written by JMH");
        }
        List<Measurement> finished = Files.exists(results) ? JmhJson.read(results) : List.of();
        Optional<Journal> journal = journalled ? Optional.of(Journal.read(journalFile)) : Optional.empty();
        List<Measurement> measurements =
                journal.isPresent() ? merged(finished, journal.get()) : unique(finished, results);
        List<Failure> failures = journal.map(Journal::failures).orElse(List.of());
        requireSome(measurements, failures);
        return new Run(name, environment(), measurements, failures, Files.exists(results), warnings);
    }

    private void requireSome(List<Measurement> measurements, List<Failure> failures) throws UnreadableRunException {
        if (measurements.isEmpty()) {
            throw new UnreadableRunException(path + ": holds no results: "
                    + (failures.isEmpty()
                            ? "no fork was finished"
                            : "every fork failed, the first with: "
                                    + failures.get(0).message()));
        }
    }

    private List<Measurement> unique(List<Measurement> measurements, Path file) throws UnreadableRunException {
        return List.copyOf(byConfiguration(measurements, file).values());
    }

    private Map<Configuration, Measurement> byConfiguration(List<Measurement> measurements, Path file)
            throws UnreadableRunException {
        Map<Configuration, Measurement> byConfiguration = new LinkedHashMap<>();
        for (Measurement measurement : measurements) {
            if (byConfiguration.put(measurement.configuration(), measurement) != null) {
                throw new UnreadableRunException(file + ": " + measurement.configuration()
                        + " is there twice; expected each configuration once");
            }
        }
        return byConfiguration;
    }

    /** The journal knows at least as much as the file of results; only its absence leaves something to the latter. */
    private List<Measurement> merged(List<Measurement> finished, Journal journal) throws UnreadableRunException {
        warnings.addAll(journal.warnings());
        Map<Configuration, Measurement> all = byConfiguration(finished, path.resolve(RESULTS));
        boolean ended = Files.exists(path.resolve(RESULTS));
        if (!ended) {
            warnings.add(path.resolve(RESULTS) + " is absent: the run did not end; read from its journal");
        }
        int lacking = 0;
        for (Configuration configuration : journal.configurations()) {
            Measurement journalled = journal.measurement(configuration).orElseThrow();
            Measurement known = all.get(configuration);
            int forks = known == null ? 0 : known.forks();
            if (known != null && forks > journalled.forks()) {
                all.put(configuration, known.withFacts(journalled.facts()));
            } else {
                all.put(configuration, journalled);
                lacking += journalled.forks() - forks;
            }
        }
        if (lacking > 0 && ended) {
            warnings.add(path.resolve(RESULTS) + " lacks " + lacking + " forks that the journal has; read from there");
        }
        return List.copyOf(all.values());
    }

    private Environment environment() throws UnreadableRunException {
        Path file = path.resolve(ENVIRONMENT);
        if (!Files.exists(file)) {
            warnings.add(path + " has no " + ENVIRONMENT + ": nothing is known of the machine");
            return Environment.none();
        }
        JsonNode tree;
        try {
            tree = JmhJson.JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw JmhJson.broken(file.toString(), e);
        }
        SortedMap<String, String> facts = new TreeMap<>();
        for (Map.Entry<String, Place> section :
                new Place(file.toString(), tree).fields().entrySet()) {
            flatten(section.getKey(), section.getValue(), facts);
        }
        return new Environment(facts);
    }

    /** Sections are two levels deep today; deeper ones of later versions get longer keys. */
    private static void flatten(String key, Place value, SortedMap<String, String> facts)
            throws UnreadableRunException {
        if (value.node().isObject()) {
            for (Map.Entry<String, Place> field : value.fields().entrySet()) {
                flatten(key + "." + field.getKey(), field.getValue(), facts);
            }
        } else if (value.node().isArray()) {
            facts.put(key, value.node().toString());
        } else {
            facts.put(key, value.scalar());
        }
    }
}
