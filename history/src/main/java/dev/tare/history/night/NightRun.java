package dev.tare.history.night;

import dev.tare.report.unit.Measure;
import dev.tare.runs.Configuration;
import dev.tare.runs.Environment;
import dev.tare.runs.ForkRecord;
import dev.tare.runs.Measurement;
import dev.tare.runs.Metric;
import dev.tare.runs.Run;
import dev.tare.runs.RunFolder;
import dev.tare.runs.RunHeader;
import dev.tare.runs.UnreadableRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run as one night of its host.
 *
 * @param key the same for one run wherever its files are; of a JMH file, of its contents
 * @param source where it was read from
 * @param host its name
 * @param labels words of the user's own, by name
 * @param started when it began
 * @param environment the machine; without facts for a JMH file
 * @param values one for each configuration
 * @param warnings what is wrong with its files, in sentences
 */
public record NightRun(
        String key,
        String source,
        String host,
        SortedMap<String, String> labels,
        Instant started,
        Environment environment,
        List<NightValue> values,
        List<String> warnings) {
    /** The name of the label that tells the host of files that do not say it themselves. */
    public static final String HOST_LABEL = "host";

    /** What differs between nights although the benchmark was measured alike: the environment tells it. */
    private static final Set<String> OF_THE_ENVIRONMENT =
            Set.of("JMH version", "JDK version", "JVM", "JVM version", "JVM flags");

    /** Keeps copies. */
    public NightRun {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        values = List.copyOf(values);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a night.
     *
     * @param path the folder of a run, or a JSON file of JMH
     * @param time when it began, for files that do not say it; what a run's journal says wins
     * @param labels more labels; of the same name, these win
     * @throws UnreadableRunException when it is no run, is broken, has lost what tells it from others, or says neither its time
     *     nor its host
     */
    public static NightRun read(Path path, Optional<Instant> time, Map<String, String> labels)
            throws UnreadableRunException {
        Run run = Run.read(path);
        requireIdentity(path, run);
        SortedMap<String, String> all = new TreeMap<>();
        run.header().ifPresent(header -> all.putAll(header.labels()));
        all.putAll(labels);
        String host = Optional.ofNullable(labels.get(HOST_LABEL))
                .or(() -> run.environment().fact("host.name").filter(name -> !name.equals(Environment.UNKNOWN)))
                .or(() -> Optional.ofNullable(all.get(HOST_LABEL)))
                .orElseThrow(() -> new UnreadableRunException(
                        path + ": expected the name of its host, got none; give --label host=NAME"));
        all.remove(HOST_LABEL);
        Instant started = started(path, run, time);
        return new NightRun(
                key(path, run),
                path.toAbsolutePath().normalize().toString(),
                host,
                all,
                started,
                run.environment(),
                run.measurements().stream().map(NightRun::value).toList(),
                run.warnings());
    }

    /**
     * The first line of its journal tells a run from all others. A run of ours that has lost it may be one that was added when it
     * was whole, and would count twice.
     */
    private static void requireIdentity(Path path, Run run) throws UnreadableRunException {
        if (run.header().isEmpty() && RunFolder.isOfTare(path)) {
            throw new UnreadableRunException(
                    path + ": expected a journal.jsonl whose first line tells this run from others, got"
                            + " none" + (run.warnings().isEmpty() ? "" : " (" + String.join("; ", run.warnings()) + ")")
                            + "; restore it, or copy results.json out of the folder and add that with --time and --label host=NAME");
        }
    }

    private static Instant started(Path path, Run run, Optional<Instant> time) throws UnreadableRunException {
        if (run.header().isEmpty()) {
            return time.orElseThrow(() -> new UnreadableRunException(
                    path + ": expected the time at which it began, got none; give --time 2026-03-01T02:00:00Z"));
        }
        String said = run.header().get().started();
        try {
            return Instant.parse(said);
        } catch (DateTimeException e) {
            throw new UnreadableRunException(
                    path + ": expected an instant such as 2026-03-01T02:00:00Z as its start, got " + said);
        }
    }

    /** A run goes on after an interruption, is copied about, and its host may get another name; its start on its machine stays. */
    private static String key(Path path, Run run) throws UnreadableRunException {
        if (run.header().isPresent()) {
            RunHeader header = run.header().get();
            return key(
                    header.started(),
                    header.fingerprint().program(),
                    header.fingerprint().machine());
        }
        try {
            Path file = Files.isDirectory(path) ? path.resolve("results.json") : path;
            return HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UnreadableRunException(path + ": cannot be read: " + e);
        }
    }

    /** The digest of what makes a night this one and no other. */
    static String key(String... identity) {
        return HexFormat.of()
                .formatHex(sha256().digest(String.join("\n", identity).getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static NightValue value(Measurement measurement) {
        Configuration configuration = measurement.configuration();
        Map<String, String> units = measurement.secondary().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().scoreUnit()));
        Metric own = measurement.primary();
        Measure measure = Measure.primary(own.scoreUnit(), units, configuration.threads());
        Metric primary = measure.name().equals(Measure.OWN_SCORE)
                ? own
                : measurement.secondary().getOrDefault(measure.name(), own);
        SortedMap<Integer, Double> forks = new TreeMap<>();
        primary.byRound().forEach((round, score) -> forks.put(round, measure.convert(score)));
        SortedMap<Integer, String> leftOut = new TreeMap<>();
        measurement.forkRecords().forEach(fork -> reason(fork).ifPresent(reason -> leftOut.put(fork.round(), reason)));
        forks.forEach((round, fork) -> {
            if (!(fork > 0 && Double.isFinite(fork))) {
                leftOut.put(round, "value " + fork);
            }
        });
        SortedMap<String, Double> secondary = new TreeMap<>();
        measurement.secondary().forEach((label, metric) -> secondary.put(label, metric.score()));
        return new NightValue(
                configuration,
                measure.name(),
                measure.unit(),
                measure.better(),
                settings(measurement),
                forks,
                leftOut,
                secondary,
                facts(measurement));
    }

    /** Why a fork does not count: somebody else used its machine, or its clock was not to be trusted. */
    private static Optional<String> reason(ForkRecord fork) {
        if (fork.contaminated() > 0) {
            return Optional.of("contaminated");
        }
        String status = fork.facts().getOrDefault("clock-status", "");
        String witness = fork.facts().getOrDefault("clock-witness", "");
        return status.contains("disrupted") || status.contains("unknown") || witness.contains("contradicted")
                ? Optional.of("clock disturbed")
                : Optional.empty();
    }

    private static String settings(Measurement measurement) {
        return measurement.settings().values().entrySet().stream()
                .filter(setting -> !OF_THE_ENVIRONMENT.contains(setting.getKey()))
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
    }

    private static SortedMap<String, String> facts(Measurement measurement) {
        SortedMap<String, String> facts = new TreeMap<>();
        measurement.facts().forEach((key, values) -> facts.put(key, String.join(" or ", values)));
        String flags = measurement.settings().values().getOrDefault("JVM flags", "");
        if (!flags.isEmpty()) {
            facts.put("jvm-flags", flags);
        }
        return facts;
    }
}
