package dev.tare.runs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code journal.jsonl}: one line per fork, written as it ended, so that it survives whatever ended the run. */
final class Journal {
    private static final ObjectReader LINE =
            JmhJson.JSON.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String file;
    private final Map<Configuration, TreeMap<Integer, Measurement>> forks = new LinkedHashMap<>();
    private final Map<String, Failure> failures = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    private Journal(String file) {
        this.file = file;
    }

    /** The journal of a run; a line that cannot be read is left out with a warning: the others are still true. */
    static Journal read(Path file) throws UnreadableRunException {
        Journal journal = new Journal(file.toString());
        // Bytes cut off in the middle of a character must not keep the rest from being read: no strict decoder.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int number = 1;
            String line = lines.readLine();
            while (line != null) {
                String next = lines.readLine();
                if (!line.isBlank()) {
                    journal.add(line, number, next == null);
                }
                line = next;
                number++;
            }
        } catch (IOException e) {
            throw JmhJson.broken(file.toString(), e);
        }
        return journal;
    }

    private void add(String line, int number, boolean last) throws UnreadableRunException {
        String where = file + " line " + number;
        JsonNode node;
        try {
            node = LINE.readTree(line);
        } catch (JsonProcessingException e) {
            warnings.add(
                    last
                            ? where + " is cut off: the run ended while it was written; left out"
                            : where + " is broken and left out: " + e.getOriginalMessage());
            return;
        }
        Place entry = new Place(where, node);
        switch (entry.get("kind").text()) {
            case "fork" -> addFork(entry);
            case "failure" -> addFailure(entry);
            default -> {
                // The head of the journal, and kinds that later versions may add: no measurements.
            }
        }
    }

    private void addFork(Place entry) throws UnreadableRunException {
        List<Place> results = entry.get("jmh").elements();
        if (results.size() != 1) {
            throw entry.get("jmh").unexpected("an array with the one result of this fork");
        }
        Measurement fork = JmhJson.measurement(results.get(0)).withFacts(facts(entry));
        int round = entry.get("round").count();
        String configuration = entry.get("configuration").text();
        TreeMap<Integer, Measurement> rounds = forks.computeIfAbsent(fork.configuration(), key -> new TreeMap<>());
        if (rounds.containsKey(round)) {
            warnings.add(entry.where() + ": round " + round + " of " + fork.configuration()
                    + " is there twice; the second is left out");
        } else if (!rounds.isEmpty() && !sameWay(rounds.firstEntry().getValue(), fork)) {
            warnings.add(entry.where() + ": round " + round + " of " + fork.configuration()
                    + " was measured in another way than the first (unit, JVM or settings); left out");
        } else {
            rounds.put(round, fork);
            failures.remove(configuration + round);
        }
    }

    private static boolean sameWay(Measurement a, Measurement b) {
        return a.settings().equals(b.settings())
                && a.primary().scoreUnit().equals(b.primary().scoreUnit());
    }

    private static SortedMap<String, SortedSet<String>> facts(Place entry) throws UnreadableRunException {
        SortedMap<String, SortedSet<String>> facts = new TreeMap<>();
        if (entry.find("facts").isPresent()) {
            for (Map.Entry<String, Place> fact : entry.get("facts").fields().entrySet()) {
                facts.put(fact.getKey(), new TreeSet<>(List.of(fact.getValue().scalar())));
            }
        }
        return facts;
    }

    private void addFailure(Place entry) throws UnreadableRunException {
        String configuration = entry.get("configuration").text();
        int round = entry.get("round").count();
        failures.put(
                configuration + round,
                new Failure(configuration, round, entry.get("message").text()));
    }

    /** The configurations of which at least one fork is there, in the order of their first forks. */
    List<Configuration> configurations() {
        return List.copyOf(forks.keySet());
    }

    /** All forks of one configuration as one measurement; empty when there is none. */
    Optional<Measurement> measurement(Configuration configuration) {
        @Nullable TreeMap<Integer, Measurement> rounds = forks.get(configuration);
        return rounds == null ? Optional.empty() : Optional.of(Forks.merge(rounds));
    }

    /** Forks that failed and were not made up for by a later one. */
    List<Failure> failures() {
        return List.copyOf(failures.values());
    }

    List<String> warnings() {
        return warnings;
    }
}
