package dev.tare.runs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the journal of a run: one JSON object a line, flushed to the disk before the next fork starts, so that a crash at
 * any moment loses at most the fork in flight; and makes results of its forks.
 */
public final class RunJournal implements AutoCloseable {
    private final Path file;
    private final RunHeader header;
    private final Journal journal;
    private final JsonLines lines;

    private RunJournal(Path file, RunHeader header, Journal journal, JsonLines lines) {
        this.file = file;
        this.header = header;
        this.journal = journal;
        this.lines = lines;
    }

    /** Begins the journal of a new run with its header. */
    public static RunJournal create(Path file, RunHeader header) throws IOException {
        JsonLines lines = JsonLines.create(file, header.json());
        return new RunJournal(file, header, Journal.begin(file, header), lines);
    }

    /**
     * Continues the journal of a run; a last line that a crash cut short is cut off.
     *
     * @throws UnreadableRunException when it is no journal of this schema, or one of its lines before the last is broken
     */
    public static RunJournal resume(Path file) throws IOException, UnreadableRunException {
        Journal read = Journal.read(file);
        RunHeader header = read.requireResumable();
        return new RunJournal(file, header, read, JsonLines.resume(file, read.contents()));
    }

    /** What the run was asked for. */
    public RunHeader header() {
        return header;
    }

    /** Keeps a fork; of several of one round the one with the fewest contaminated iterations counts, else the last. */
    public void append(ForkEntry fork) throws IOException {
        append(fork.json());
    }

    /** Keeps that a fork failed. */
    public void append(Failure failure) throws IOException {
        append(failure.json());
    }

    private void append(ObjectNode line) throws IOException {
        lines.append(line);
        try {
            journal.add(new JsonCursor("the line just written to " + file, line));
        } catch (UnreadableRunException e) {
            throw new IllegalStateException("a journal is read as it was written", e);
        }
    }

    /** Whether this round of a configuration has a fork. */
    public boolean has(Configuration configuration, int round) {
        return journal.forks(configuration).containsKey(round);
    }

    /** How long each fork of a configuration took, set-up included, in the order of their rounds. */
    public List<Double> seconds(Configuration configuration) {
        return journal.forks(configuration).values().stream()
                .map(fork -> fork.record().seconds())
                .toList();
    }

    /** Records of iterations of the forks that count. */
    public int iterations() {
        return records().mapToInt(fork -> fork.iterations().size()).sum();
    }

    /** Those of them that others disturbed beyond the limits. */
    public int contaminated() {
        return records().mapToInt(ForkRecord::contaminated).sum();
    }

    private Stream<ForkRecord> records() {
        return journal.configurations().stream()
                .flatMap(configuration -> journal.forks(configuration).values().stream())
                .map(Journal.Fork::record);
    }

    /** JMH's JSON of all forks, in the order of the plan. */
    public String results() {
        ArrayNode array = JmhJson.JSON.createArrayNode();
        for (Configuration configuration : header.planned().keySet()) {
            List<ForkJson> forks = journal.forks(configuration).values().stream()
                    .map(Journal.Fork::json)
                    .toList();
            if (!forks.isEmpty()) {
                array.add(ForkJson.merge(forks));
            }
        }
        return array.toPrettyString() + "\n";
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
