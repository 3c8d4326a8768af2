package dev.tare.runs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the files of one run together. */
final class RunReader {
    private final Path path;
    private final List<String> warnings = new ArrayList<>();

    RunReader(Path path) {
        this.path = path;
    }

    Run read() throws UnreadableRunException {
        String name = Run.nameOf(path);
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
        Path results = path.resolve(RunFolder.RESULTS);
        Path journalFile = path.resolve(RunFolder.JOURNAL);
        boolean journalled = Files.exists(journalFile);
        if (!Files.exists(results) && !journalled) {
            throw new UnreadableRunException(
                    path + ": is no run: expected " + RunFolder.RESULTS + " or " + RunFolder.JOURNAL
                            + " in this folder; name the folder that 'run' wrote, or a JSON file written by JMH");
        }
        Optional<Journal> journal = journalled ? Optional.of(Journal.read(journalFile)) : Optional.empty();
        if (journal.isPresent() && journal.get().isUnnumbered()) {
            warnings.add(RunFolder.JOURNAL + " was written before the format had a schema: left out"
                    + (Files.exists(results) ? "; read from " + RunFolder.RESULTS : ""));
            journal = Optional.empty();
        }
        List<Measurement> finished = Files.exists(results) ? finished(results, journal) : List.of();
        List<Measurement> measurements =
                journal.isPresent() ? merged(finished, journal.get()) : unique(finished, results);
        List<Failure> failures = journal.map(Journal::failures).orElse(List.of());
        requireSome(measurements, failures);
        return new Run(
                name,
                journal.flatMap(Journal::header),
                environment(),
                measurements,
                failures,
                Files.exists(results),
                warnings);
    }

    /** Results that are broken cost nothing where an intact journal has all of them. */
    private List<Measurement> finished(Path results, Optional<Journal> journal) throws UnreadableRunException {
        try {
            return unique(JmhJson.read(results), results);
        } catch (UnreadableRunException e) {
            if (journal.isEmpty() || !journal.get().contents().isIntact()) {
                throw e;
            }
            warnings.add(e.getMessage() + "; read from the journal");
            return List.of();
        }
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

    /**
     * An intact journal wins for all that it knows: results are made of it. Where one of its lines cannot be read, each
     * configuration is taken from the file that has more of its forks.
     */
    private List<Measurement> merged(List<Measurement> finished, Journal journal) throws UnreadableRunException {
        warnings.addAll(journal.warnings());
        Path results = path.resolve(RunFolder.RESULTS);
        boolean ended = Files.exists(results);
        if (!ended) {
            warnings.add(RunFolder.RESULTS + " is absent: the run did not end; read from its journal");
        }
        Map<Configuration, Measurement> all = byConfiguration(finished, results);
        int lacking = 0;
        int more = 0;
        for (Configuration configuration : journal.configurations()) {
            Measurement journalled = journal.measurement(configuration).orElseThrow();
            Measurement known = all.get(configuration);
            int forks = known == null ? 0 : known.forks();
            if (known != null
                    && forks > journalled.forks()
                    && !journal.contents().isIntact()) {
                all.put(configuration, known.withFacts(journalled.facts()));
            } else {
                all.put(configuration, journalled);
                lacking += Math.max(0, journalled.forks() - forks);
                more += Math.max(0, forks - journalled.forks());
            }
        }
        if (lacking > 0 && ended) {
            warnings.add(RunFolder.RESULTS + " lacks " + Counted.of(lacking, "fork")
                    + " that the journal has; read from there");
        }
        if (more > 0) {
            warnings.add(RunFolder.RESULTS + " has " + Counted.of(more, "fork") + " that the journal lacks; left out");
        }
        return List.copyOf(all.values());
    }

    private Environment environment() throws UnreadableRunException {
        Path file = path.resolve(RunFolder.ENVIRONMENT);
        if (!Files.exists(file)) {
            warnings.add(RunFolder.ENVIRONMENT + " is absent: nothing is known of the machine");
            return Environment.none();
        }
        return Environment.read(JsonCursor.read(file));
    }
}
