package dev.tare.runs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code journal.jsonl} holds: the header, one line per fork or failure, and which of the forks count. A line that
 * cannot be read costs its fork for who reports of the run, and is refused to who goes on with it.
 */
final class Journal {
    /** The schema of all files of a run; docs/run-format.md describes it. */
    static final int SCHEMA = 1;

    private final Path file;
    private final Map<Configuration, SortedMap<Integer, Fork>> forks = new LinkedHashMap<>();
    private final Map<ForkKey, Failure> failures = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<RunHeader> header = Optional.empty();
    private boolean unnumbered;
    private JsonLines.Contents contents = new JsonLines.Contents(0, true, false, List.of(), List.of());

    private Journal(Path file) {
        this.file = file;
    }

    /** A fork in both of its forms: what it measured, and JMH's JSON, of which results are merged. */
    record Fork(Measurement measurement, ForkJson json) {
        ForkRecord record() {
            return measurement.forkRecords().get(0);
        }
    }

    /** What a line is about. */
    private record ForkKey(Configuration configuration, int round) {}

    /** The journal of a run that begins. */
    static Journal begin(Path file, RunHeader header) {
        Journal journal = new Journal(file);
        journal.header = Optional.of(header);
        return journal;
    }

    /**
     * Reads a journal.
     *
     * @throws UnreadableRunException when a later version wrote it, or a line is JSON but none of a journal
     */
    static Journal read(Path file) throws UnreadableRunException {
        Journal journal = new Journal(file);
        journal.contents = JsonLines.read(file, journal::add);
        return journal;
    }

    /** Takes a line, read or just written; both are understood in the same way. */
    void add(JsonCursor line) throws UnreadableRunException {
        if (unnumbered) {
            return;
        }
        switch (line.get("kind").text()) {
            case "run" -> addHeader(line);
            case "fork" -> addFork(line);
            case "failure" -> {
                Failure failure = Failure.read(line);
                failures.put(new ForkKey(failure.configuration(), failure.round()), failure);
            }
            default -> {
                // Kinds that later versions of this schema may add: no measurements.
            }
        }
    }

    private void addHeader(JsonCursor line) throws UnreadableRunException {
        if (line.find("schema").isEmpty()) {
            unnumbered = true;
            return;
        }
        requireKnown(line.get("schema"));
        header = Optional.of(RunHeader.read(line));
    }

    /** Refuses what a later version wrote: its words may mean something else. */
    static void requireKnown(JsonCursor schema) throws UnreadableRunException {
        if (schema.count() != SCHEMA) {
            throw new UnreadableRunException(schema.where() + ": expected schema " + SCHEMA + ", which this version of"
                    + " Tare reads and writes, got " + schema.count()
                    + "; use the version that wrote the run, or a later one");
        }
    }

    /** Of the attempts of a round the one with the fewest contaminated iterations counts, of equal ones the last. */
    private void addFork(JsonCursor line) throws UnreadableRunException {
        Measurement measurement = ForkEntry.read(line);
        JsonNode aggregation = line.node().path("aggregation");
        Fork fork = new Fork(measurement, new ForkJson(line.get("jmh").node(), aggregation));
        int round = fork.record().round();
        SortedMap<Integer, Fork> rounds =
                forks.computeIfAbsent(measurement.configuration(), configuration -> new TreeMap<>());
        String which = line.where() + ": round " + round + " of " + measurement.configuration();
        Fork known = rounds.get(round);
        if (known != null && known.record().attempt() == fork.record().attempt()) {
            warnings.add(which + " is there twice; the second is left out");
        } else if (rounds.values().stream().anyMatch(other -> !other.measurement.isMeasuredAs(measurement))) {
            warnings.add(which + " was measured in another way than the first (unit, JVM or settings); left out");
        } else if (known == null
                || fork.record().contaminated() <= known.record().contaminated()) {
            rounds.put(round, fork);
        }
    }

    /**
     * The header of a run that can be gone on with.
     *
     * @throws UnreadableRunException when it lacks its header, or one of its lines is broken
     */
    RunHeader requireResumable() throws UnreadableRunException {
        if (header.isEmpty()) {
            throw new UnreadableRunException(
                    file + " is no journal of a run that can be resumed: expected a first line of"
                            + " kind \"run\" with a schema, got none; nothing of it was changed. Start a new run");
        }
        if (!contents.broken().isEmpty()) {
            throw new UnreadableRunException(contents.broken().get(0)
                    + "; expected a JSON object; remove the line to measure its fork again, nothing of it was changed");
        }
        return header.get();
    }

    /** What reading its file met; nothing for a run that begins. */
    JsonLines.Contents contents() {
        return contents;
    }

    /** Whether the file is of the time before schemas had numbers, and was not read further. */
    boolean isUnnumbered() {
        return unnumbered;
    }

    /** Empty when the file lacks its first line. */
    Optional<RunHeader> header() {
        return header;
    }

    /** The configurations of which at least one fork is there, in the order of their first forks. */
    List<Configuration> configurations() {
        return List.copyOf(forks.keySet());
    }

    /** The forks of a configuration that count, by their rounds. */
    SortedMap<Integer, Fork> forks(Configuration configuration) {
        return forks.getOrDefault(configuration, new TreeMap<>());
    }

    /** All forks of one configuration as one measurement; empty when there is none. */
    Optional<Measurement> measurement(Configuration configuration) {
        SortedMap<Integer, Measurement> rounds = new TreeMap<>();
        forks(configuration).forEach((round, fork) -> rounds.put(round, fork.measurement));
        return rounds.isEmpty() ? Optional.empty() : Optional.of(Measurement.ofRounds(rounds));
    }

    /** Forks that failed and were not made up for by another attempt. */
    List<Failure> failures() {
        return failures.values().stream()
                .filter(failure -> !forks(failure.configuration()).containsKey(failure.round()))
                .toList();
    }

    List<String> warnings() {
        List<String> all = new ArrayList<>(contents.warnings());
        all.addAll(warnings);
        return all;
    }
}
