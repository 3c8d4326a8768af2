package dev.tare.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code journal.jsonl}: one line per fork, written as it ended, so that it survives whatever ended the run. */
final class Journal {
    /** The schema of all files of a run; docs/run-format.md describes it. */
    static final int SCHEMA = 1;

    private static final ObjectReader LINE =
            JmhJson.JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String file;
    private final Map<Configuration, TreeMap<Integer, Measurement>> forks = new LinkedHashMap<>();
    private final Map<ForkKey, Failure> failures = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<RunHeader> header = Optional.empty();
    private boolean unnumbered;
    private boolean intact = true;

    private Journal(String file) {
        this.file = file;
    }

    /** What a line is about. */
    private record ForkKey(Configuration configuration, int round) {}

    /** The journal of a run; a line that cannot be read is left out with a warning: the others are still true. */
    static Journal read(Path file) throws UnreadableRunException {
        Journal journal = new Journal(file.toString());
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            int number = 1;
            int b;
            while ((b = bytes.read()) >= 0) {
                if (b == '\n') {
                    journal.add(line, number++, false);
                } else {
                    line.write(b);
                }
            }
            journal.add(line, number, true);
        } catch (IOException e) {
            throw JmhJson.broken(file.toString(), e);
        }
        return journal;
    }

    private void add(ByteArrayOutputStream bytes, int number, boolean last) throws UnreadableRunException {
        // Bytes cut off in the middle of a character must not keep the rest from being read: no strict decoder.
        String line = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        if (unnumbered || line.isBlank()) {
            return;
        }
        String where = file + " line " + number;
        JsonNode node;
        try {
            node = LINE.readTree(line);
        } catch (JsonProcessingException e) {
            intact = false;
            warnings.add(
                    last
                            ? where + " is cut off: the run ended while it was written; left out"
                            : where + " is broken and left out: " + e.getOriginalMessage());
            return;
        }
        JsonCursor entry = new JsonCursor(where, node);
        switch (entry.get("kind").text()) {
            case "run" -> addHeader(entry);
            case "fork" -> addFork(entry);
            case "failure" -> addFailure(entry);
            default -> {
                // Kinds that later versions of this schema may add: no measurements.
            }
        }
    }

    private void addHeader(JsonCursor entry) throws UnreadableRunException {
        if (entry.find("schema").isEmpty()) {
            unnumbered = true;
            return;
        }
        requireKnown(entry.get("schema"));
        header = Optional.of(header(entry));
    }

    /** Refuses what a later version wrote: its words may mean something else. */
    static void requireKnown(JsonCursor schema) throws UnreadableRunException {
        if (schema.count() != SCHEMA) {
            throw new UnreadableRunException(schema.where() + ": expected schema " + SCHEMA + ", which this version of"
                    + " Tare reads and writes, got " + schema.count()
                    + "; use the version that wrote the run, or a later one");
        }
    }

    static RunHeader header(JsonCursor entry) throws UnreadableRunException {
        JsonCursor fingerprint = entry.get("fingerprint");
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonCursor> label : entry.get("labels").fields().entrySet()) {
            labels.put(label.getKey(), label.getValue().scalar());
        }
        Map<Configuration, Integer> planned = new LinkedHashMap<>();
        for (JsonCursor forks : entry.get("plan").elements()) {
            planned.put(
                    JmhJson.configuration(forks.get("configuration")),
                    forks.get("forks").count());
        }
        return new RunHeader(
                entry.get("tare").text(),
                entry.get("started").text(),
                entry.get("profile").text(),
                entry.get("steps").text(),
                entry.get("only").text(),
                texts(entry.get("options")),
                planned,
                labels,
                texts(entry.get("jvmFlags")),
                entry.get("maxStealPercent").number(),
                entry.get("maxForeignPercent").number(),
                entry.get("retries").count(),
                new Fingerprint(
                        fingerprint.get("program").text(),
                        fingerprint.get("jvm").text(),
                        fingerprint.get("machine").text()));
    }

    private static List<String> texts(JsonCursor array) throws UnreadableRunException {
        List<String> texts = new ArrayList<>();
        for (JsonCursor element : array.elements()) {
            texts.add(element.text());
        }
        return texts;
    }

    private void addFork(JsonCursor entry) throws UnreadableRunException {
        Measurement fork = fork(entry);
        int round = fork.primary().byRound().firstKey();
        TreeMap<Integer, Measurement> rounds = forks.computeIfAbsent(fork.configuration(), key -> new TreeMap<>());
        String which = entry.where() + ": round " + round + " of " + fork.configuration();
        Measurement known = rounds.get(round);
        if (known != null && attempt(known) == attempt(fork)) {
            warnings.add(which + " is there twice; the second is left out");
        } else if (!rounds.isEmpty() && !sameWay(rounds.firstEntry().getValue(), fork)) {
            warnings.add(which + " was measured in another way than the first (unit, JVM or settings); left out");
        } else if (known == null || contaminated(fork) <= contaminated(known)) {
            rounds.put(round, fork);
        }
    }

    private static int attempt(Measurement fork) {
        return fork.forkRecords().get(0).attempt();
    }

    private static int contaminated(Measurement fork) {
        return fork.forkRecords().get(0).contaminated();
    }

    private static boolean sameWay(Measurement a, Measurement b) {
        return a.settings().equals(b.settings())
                && a.primary().scoreUnit().equals(b.primary().scoreUnit());
    }

    /** One fork as a measurement with one round. */
    private static Measurement fork(JsonCursor entry) throws UnreadableRunException {
        Measurement jmh = JmhJson.measurement(entry.get("jmh"));
        if (jmh.forks() != 1) {
            throw entry.get("jmh").unexpected("the result of one fork");
        }
        JsonCursor round = entry.get("round");
        if (round.count() == 0) {
            throw round.unexpected("a round from 1");
        }
        int number = round.count();
        SortedMap<String, String> facts = new TreeMap<>();
        SortedMap<String, SortedSet<String>> values = new TreeMap<>();
        if (entry.find("facts").isPresent()) {
            for (Map.Entry<String, JsonCursor> fact :
                    entry.get("facts").fields().entrySet()) {
                facts.put(fact.getKey(), fact.getValue().scalar());
                values.put(fact.getKey(), new TreeSet<>(List.of(fact.getValue().scalar())));
            }
        }
        List<IterationRecord> iterations = new ArrayList<>();
        if (entry.find("iterations").isPresent()) {
            for (JsonCursor iteration : entry.get("iterations").elements()) {
                Map<String, String> fields = new LinkedHashMap<>();
                iteration.flatten("", fields);
                iterations.add(new IterationRecord(fields));
            }
        }
        ForkRecord fork = new ForkRecord(
                number,
                entry.find("attempt").isPresent() ? entry.get("attempt").count() : 1,
                entry.find("started").isPresent()
                        ? Optional.of(entry.get("started").text())
                        : Optional.empty(),
                entry.find("seconds").isPresent() ? entry.get("seconds").number() : 0,
                facts,
                iterations,
                jmh.forkRecords().get(0).samples());
        SortedMap<String, Metric> secondary = new TreeMap<>();
        jmh.secondary().forEach((label, metric) -> secondary.put(label, ofRound(metric, number)));
        return new Measurement(
                JmhJson.configuration(entry.get("configuration")),
                jmh.settings(),
                ofRound(jmh.primary(), number),
                secondary,
                values,
                jmh.remarks(),
                List.of(fork));
    }

    /** A fork of the journal stands alone: its score is what JMH made of its iterations, by whatever aggregation. */
    private static Metric ofRound(Metric fork, int round) {
        double score = fork.forkScores().size() == 1 ? fork.forkScores().get(0) : fork.score();
        return new Metric(fork.scoreUnit(), fork.score(), new TreeMap<>(Map.of(round, score)));
    }

    private void addFailure(JsonCursor entry) throws UnreadableRunException {
        Configuration configuration = JmhJson.configuration(entry.get("configuration"));
        int round = entry.get("round").count();
        failures.put(
                new ForkKey(configuration, round),
                new Failure(configuration, round, entry.get("message").text()));
    }

    /** Whether the file is of the time before schemas had numbers, and was not read further. */
    boolean isUnnumbered() {
        return unnumbered;
    }

    /** Whether all of its lines could be read. */
    boolean isIntact() {
        return intact;
    }

    /** Empty when the file lacks its first line. */
    Optional<RunHeader> header() {
        return header;
    }

    /** The configurations of which at least one fork is there, in the order of their first forks. */
    List<Configuration> configurations() {
        return List.copyOf(forks.keySet());
    }

    /** All forks of one configuration as one measurement; empty when there is none. */
    Optional<Measurement> measurement(Configuration configuration) {
        return Optional.ofNullable(forks.get(configuration)).map(Journal::merge);
    }

    /** Forks that failed and were not made up for by another attempt. */
    List<Failure> failures() {
        return failures.values().stream()
                .filter(failure -> !forks.getOrDefault(failure.configuration(), new TreeMap<>())
                        .containsKey(failure.round()))
                .toList();
    }

    List<String> warnings() {
        return warnings;
    }

    private static Measurement merge(SortedMap<Integer, Measurement> rounds) {
        List<String> remarks = new ArrayList<>();
        SortedMap<String, SortedSet<String>> facts = new TreeMap<>();
        Set<String> labels = new LinkedHashSet<>();
        List<ForkRecord> records = new ArrayList<>();
        List<Metric> primaries = new ArrayList<>();
        rounds.forEach((round, fork) -> {
            fork.remarks().forEach(remark -> remarks.add("round " + round + ": " + remark));
            fork.facts()
                    .forEach((key, values) ->
                            facts.computeIfAbsent(key, any -> new TreeSet<>()).addAll(values));
            labels.addAll(fork.secondary().keySet());
            records.addAll(fork.forkRecords());
            primaries.add(fork.primary());
        });
        SortedMap<String, Metric> secondary = new TreeMap<>();
        for (String label : labels) {
            List<Metric> metrics = new ArrayList<>();
            rounds.values()
                    .forEach(fork ->
                            Optional.ofNullable(fork.secondary().get(label)).ifPresent(metrics::add));
            secondary.put(label, merge(metrics));
        }
        Measurement first = rounds.values().iterator().next();
        return new Measurement(
                first.configuration(), first.settings(), merge(primaries), secondary, facts, remarks, records);
    }

    private static Metric merge(List<Metric> forks) {
        SortedMap<Integer, Double> byRound = new TreeMap<>();
        forks.forEach(fork -> byRound.putAll(fork.byRound()));
        double mean = byRound.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
        return new Metric(forks.get(0).scoreUnit(), mean, byRound);
    }
}
