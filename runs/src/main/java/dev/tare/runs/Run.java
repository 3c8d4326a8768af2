package dev.tare.runs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One run: everything that was measured at one go on one machine.
 *
 * @param name what the run is called in reports
 * @param header what it was asked for; empty for a plain JMH file
 * @param environment the machine; without facts when the run is a plain JMH file
 * @param measurements one per configuration, at least one, in the order in which they were measured
 * @param failures forks that yielded nothing
 * @param ended whether the run came to its end and wrote its results; one that did not is read from its journal
 * @param warnings what is wrong with the run's files, in sentences
 */
public record Run(
        String name,
        Optional<RunHeader> header,
        Environment environment,
        List<Measurement> measurements,
        List<Failure> failures,
        boolean ended,
        List<String> warnings) {
    /** Keeps copies of the lists. */
    public Run {
        measurements = List.copyOf(measurements);
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }

    /** A run of which nothing is known but its measurements. */
    public Run(
            String name,
            Environment environment,
            List<Measurement> measurements,
            List<Failure> failures,
            boolean ended,
            List<String> warnings) {
        this(name, Optional.empty(), environment, measurements, failures, ended, warnings);
    }

    /**
     * Reads a run.
     *
     * @param path the folder of a run, or a JSON file written by JMH
     * @throws UnreadableRunException when there is no run, or when its files are broken
     */
    public static Run read(Path path) throws UnreadableRunException {
        return new RunReader(path).read();
    }

    /**
     * Reads several runs and gives them names that differ: the last part of each path, and more of it where two would be
     * called the same.
     */
    public static List<Run> readAll(List<Path> paths) throws UnreadableRunException {
        List<String> names = names(paths);
        List<Run> runs = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            runs.add(read(paths.get(i)).named(names.get(i)));
        }
        return runs;
    }

    private static List<String> names(List<Path> paths) {
        List<Path> absolute =
                paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
        int longest = absolute.stream().mapToInt(Path::getNameCount).max().orElse(0);
        for (int parts = 1; parts <= longest; parts++) {
            int most = parts;
            List<String> names = absolute.stream().map(path -> tail(path, most)).toList();
            if (new HashSet<>(names).size() == names.size()) {
                return names;
            }
        }
        return IntStream.range(0, absolute.size())
                .mapToObj(i -> tail(absolute.get(i), 1) + " (" + (i + 1) + ")")
                .toList();
    }

    /** What a run or campaign is called that is alone: the last part of its path. */
    public static String nameOf(Path path) {
        return tail(path.toAbsolutePath().normalize(), 1);
    }

    private static String tail(Path path, int parts) {
        int count = path.getNameCount();
        if (count == 0) {
            return path.toString();
        }
        String tail = path.subpath(Math.max(0, count - parts), count).toString();
        return tail.endsWith(".json") ? tail.substring(0, tail.length() - ".json".length()) : tail;
    }

    /** The same run under another name. */
    public Run named(String newName) {
        return new Run(newName, header, environment, measurements, failures, ended, warnings);
    }

    /** The same run with other measurements. */
    public Run with(List<Measurement> others) {
        return new Run(name, header, environment, others, failures, ended, warnings);
    }

    /**
     * Configurations with fewer forks than were planned, or, in a plain JMH file, than the run's others have, and why their
     * forks failed; one sentence each, those with a failure first.
     */
    public List<String> missingForks() {
        Map<Configuration, Integer> measured = new LinkedHashMap<>();
        measurements.forEach(measurement -> measured.put(measurement.configuration(), measurement.forks()));
        int most = measured.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        Map<Configuration, Integer> expected = new LinkedHashMap<>();
        header.ifPresentOrElse(
                asked -> expected.putAll(asked.planned()),
                () -> measured.keySet().forEach(configuration -> expected.put(configuration, most)));
        failures.forEach(failure -> expected.putIfAbsent(failure.configuration(), Math.max(1, most)));
        List<String> failed = new ArrayList<>();
        List<String> others = new ArrayList<>();
        expected.forEach((configuration, forks) -> {
            int there = measured.getOrDefault(configuration, 0);
            if (there < forks) {
                String what = configuration + ": " + there + " of "
                        + Counted.of(forks, header.isPresent() ? "planned fork" : "fork");
                String why = reasons(configuration);
                (why.isEmpty() ? others : failed).add(what + why);
            }
        });
        failed.addAll(others);
        return failed;
    }

    /** How many configurations have a fork that failed and was not made up for. */
    public int failedConfigurations() {
        return (int) failures.stream().map(Failure::configuration).distinct().count();
    }

    /** Such as {@code ; failed in round 1 and 3: no space left on device}. */
    private String reasons(Configuration configuration) {
        Map<String, List<String>> roundsByMessage = new LinkedHashMap<>();
        failures.stream()
                .filter(failure -> failure.configuration().equals(configuration))
                .forEach(failure -> roundsByMessage
                        .computeIfAbsent(failure.message(), any -> new ArrayList<>())
                        .add(String.valueOf(failure.round())));
        StringBuilder reasons = new StringBuilder();
        roundsByMessage.forEach((message, rounds) -> reasons.append("; failed in round ")
                .append(String.join(" and ", rounds))
                .append(": ")
                .append(message));
        return reasons.toString();
    }
}
