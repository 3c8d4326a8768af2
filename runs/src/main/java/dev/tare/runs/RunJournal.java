package dev.tare.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The journal of a run that measures: one JSON object a line, flushed to the disk before the next fork starts, so that a
 * crash at any moment loses at most the fork in flight; and the results that its forks make.
 */
public final class RunJournal implements AutoCloseable {
    private final Path file;
    private final RunHeader header;
    private final FileChannel channel;
    private final Map<Configuration, SortedMap<Integer, Kept>> forks = new LinkedHashMap<>();

    private RunJournal(Path file, RunHeader header, FileChannel channel) {
        this.file = file;
        this.header = header;
        this.channel = channel;
    }

    /**
     * What is written of a fork.
     *
     * @param configuration what it measured
     * @param round its round, from 1
     * @param attempt from 1; more when it was measured again
     * @param started when it began (ISO 8601, UTC)
     * @param seconds from its start to its end, set-up included
     * @param facts what it said of itself that is no number
     * @param iterations JSON objects of the iteration profiler
     * @param result what JMH measured
     */
    public record Entry(
            Configuration configuration,
            int round,
            int attempt,
            String started,
            double seconds,
            Map<String, String> facts,
            List<String> iterations,
            ForkJson result) {}

    private record Kept(ForkJson result, double seconds, int iterations, int contaminated) {}

    /** Begins the journal of a new run with its header. */
    public static RunJournal create(Path file, RunHeader header) throws IOException {
        RunJournal journal = new RunJournal(
                file, header, FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        journal.append(json(header));
        DurableFile.flushName(file);
        return journal;
    }

    /**
     * Continues the journal of a run; what a crash left behind its last complete line is cut off.
     *
     * @throws UnreadableRunException when it is no journal of this schema, or one of its complete lines is broken
     */
    public static RunJournal resume(Path file) throws IOException, UnreadableRunException {
        List<JsonNode> lines = new ArrayList<>();
        long complete = 0;
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int b;
            while ((b = bytes.read()) >= 0) {
                line.write(b);
                if (b == '\n') {
                    complete += line.size();
                    lines.add(line(file, lines.size() + 1, line.toString(StandardCharsets.UTF_8)));
                    line.reset();
                }
            }
        }
        if (lines.isEmpty() || !lines.get(0).path("kind").asText().equals("run")) {
            throw new UnreadableRunException(file + " is no journal of a run: its first line has no kind \"run\";"
                    + " nothing of it was changed. Start a new run");
        }
        JsonCursor first = new JsonCursor(file + " line 1", lines.get(0));
        Journal.requireKnown(first.get("schema"));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        RunJournal journal = new RunJournal(file, Journal.header(first), channel);
        for (int i = 1; i < lines.size(); i++) {
            JsonCursor entry = new JsonCursor(file + " line " + (i + 1), lines.get(i));
            if (entry.get("kind").text().equals("fork")) {
                journal.keep(
                        JmhJson.configuration(entry.get("configuration")),
                        entry.get("round").count(),
                        new Kept(
                                new ForkJson(
                                        entry.get("jmh").node(), lines.get(i).path("aggregation")),
                                lines.get(i).path("seconds").asDouble(),
                                lines.get(i).path("iterations").size(),
                                contaminated(lines.get(i).path("iterations"))));
            }
        }
        channel.truncate(complete);
        channel.position(complete);
        return journal;
    }

    private static JsonNode line(Path file, int number, String text) throws UnreadableRunException {
        try {
            return JmhJson.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new UnreadableRunException(
                    file + ", line " + number + ": expected a JSON object, got \""
                            + text.substring(0, Math.min(60, text.length())).strip()
                            + "\"; remove the line to go on without that fork",
                    e);
        }
    }

    /** What the run was asked for. */
    public RunHeader header() {
        return header;
    }

    /** Keeps a fork; of several of one round the one with the fewest contaminated iterations counts, else the last. */
    public void append(Entry fork) throws IOException {
        ObjectNode line = about("fork", fork.configuration(), fork.round());
        line.put("attempt", fork.attempt()).put("started", fork.started()).put("seconds", fork.seconds());
        ObjectNode facts = line.putObject("facts");
        fork.facts().forEach(facts::put);
        ArrayNode iterations = line.putArray("iterations");
        for (String iteration : fork.iterations()) {
            iterations.add(JmhJson.JSON.readTree(iteration));
        }
        line.set("aggregation", fork.result().aggregation());
        line.set("jmh", fork.result().jmh());
        append(line);
        keep(
                fork.configuration(),
                fork.round(),
                new Kept(fork.result(), fork.seconds(), iterations.size(), contaminated(iterations)));
    }

    /** Keeps that a fork failed. */
    public void appendFailure(Configuration configuration, int round, String message) throws IOException {
        append(about("failure", configuration, round).put("message", message));
    }

    private void keep(Configuration configuration, int round, Kept fork) {
        forks.computeIfAbsent(configuration, any -> new TreeMap<>())
                .merge(round, fork, (known, again) -> again.contaminated <= known.contaminated ? again : known);
    }

    private static int contaminated(JsonNode iterations) {
        int contaminated = 0;
        for (JsonNode iteration : iterations) {
            contaminated += iteration.path("contaminated").asBoolean() ? 1 : 0;
        }
        return contaminated;
    }

    private static ObjectNode about(String kind, Configuration configuration, int round) {
        ObjectNode line = JmhJson.JSON.createObjectNode().put("kind", kind);
        line.set("configuration", json(configuration));
        return line.put("round", round);
    }

    private static ObjectNode json(Configuration configuration) {
        ObjectNode json = JmhJson.JSON
                .createObjectNode()
                .put("benchmark", configuration.benchmark())
                .put("mode", configuration.mode())
                .put("threads", configuration.threads());
        configuration.params().forEach(json.putObject("params")::put);
        return json;
    }

    private static ObjectNode json(RunHeader header) {
        ObjectNode line = JmhJson.JSON
                .createObjectNode()
                .put("kind", "run")
                .put("schema", Journal.SCHEMA)
                .put("tare", header.version())
                .put("started", header.started())
                .put("profile", header.profile())
                .put("steps", header.steps())
                .put("only", header.only());
        header.options().forEach(line.putArray("options")::add);
        ArrayNode plan = line.putArray("plan");
        header.planned().forEach((configuration, forks) -> {
            ObjectNode planned = plan.addObject();
            planned.set("configuration", json(configuration));
            planned.put("forks", forks);
        });
        header.labels().forEach(line.putObject("labels")::put);
        header.jvmFlags().forEach(line.putArray("jvmFlags")::add);
        line.put("maxStealPercent", header.maxStealPercent())
                .put("maxForeignPercent", header.maxForeignPercent())
                .put("retries", header.retries());
        line.putObject("fingerprint")
                .put("program", header.fingerprint().program())
                .put("jvm", header.fingerprint().jvm())
                .put("machine", header.fingerprint().machine());
        return line;
    }

    private void append(ObjectNode line) throws IOException {
        long end = channel.position();
        try {
            DurableFile.writeFully(channel, line + "\n");
            channel.force(false);
        } catch (IOException e) {
            IOException failure = new IOException(
                    "cannot write the journal " + file + ": " + e.getMessage()
                            + "; all forks before are kept. The line that was lost: " + line
                            + "\nMake room and go on with run --resume " + file.getParent(),
                    e);
            try {
                channel.truncate(end);
            } catch (IOException truncation) {
                failure.addSuppressed(truncation);
            }
            throw failure;
        }
    }

    /** Whether this round of a configuration has a fork. */
    public boolean has(Configuration configuration, int round) {
        return forks.getOrDefault(configuration, new TreeMap<>()).containsKey(round);
    }

    /** How long each fork of a configuration took, set-up included, in the order of their rounds. */
    public List<Double> seconds(Configuration configuration) {
        return forks.getOrDefault(configuration, new TreeMap<>()).values().stream()
                .map(Kept::seconds)
                .toList();
    }

    /** Records of iterations of the forks that count. */
    public int iterations() {
        return kept().mapToInt(Kept::iterations).sum();
    }

    /** Those of them that others disturbed beyond the limits. */
    public int contaminated() {
        return kept().mapToInt(Kept::contaminated).sum();
    }

    private Stream<Kept> kept() {
        return forks.values().stream().flatMap(rounds -> rounds.values().stream());
    }

    /** JMH's JSON of all forks, in the order of these configurations. */
    public String results(List<Configuration> order) {
        ArrayNode array = JmhJson.JSON.createArrayNode();
        for (Configuration configuration : order) {
            SortedMap<Integer, Kept> rounds = forks.getOrDefault(configuration, new TreeMap<>());
            if (!rounds.isEmpty()) {
                array.add(ForkJson.merge(
                        rounds.values().stream().map(Kept::result).toList()));
            }
        }
        return array.toPrettyString() + "\n";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
