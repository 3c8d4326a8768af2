package dev.tare.profiles.plan;

import dev.tare.runs.Configuration;
import dev.tare.runs.Counted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run measures.
 *
 * @param profile name of the profile
 * @param configurations all of them, in the order in which each round measures them
 * @param leftOut what this machine lacks, with the titles of what is not measured because of it
 */
public record Plan(String profile, List<PlannedConfiguration> configurations, Map<String, List<String>> leftOut) {
    /** Copies the configurations, and what is left out in its order. */
    public Plan {
        configurations = List.copyOf(configurations);
        leftOut = Collections.unmodifiableMap(new LinkedHashMap<>(leftOut));
    }

    /** Number of rounds: as many as the configuration with the most forks needs. */
    public int rounds() {
        return configurations.stream()
                .mapToInt(PlannedConfiguration::forks)
                .max()
                .orElse(0);
    }

    /**
     * All forks in the order in which they run: in each round one of every configuration, so that slow drift hits all
     * alike and a run that is cut short has equal samples of everything.
     */
    public List<Fork> forks() {
        List<Fork> forks = new ArrayList<>();
        for (int round = 1; round <= rounds(); round++) {
            for (PlannedConfiguration configuration : configurations) {
                if (round <= configuration.forks()) {
                    forks.add(new Fork(configuration, round));
                }
            }
        }
        return forks;
    }

    /** How many forks of each configuration, for the journal. */
    public Map<Configuration, Integer> planned() {
        Map<Configuration, Integer> planned = new LinkedHashMap<>();
        configurations.forEach(configuration -> planned.put(configuration.identity(), configuration.forks()));
        return planned;
    }

    /** The sum of all iterations and JVM starts; what benchmarks need to set up comes on top. */
    public Duration duration() {
        return forks().stream()
                .map(fork -> fork.configuration().duration().iterations())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Whether some iterations end with their work, so that nobody can tell their duration beforehand. */
    public boolean openEnded() {
        return configurations.stream()
                .anyMatch(configuration -> configuration.duration().open());
    }

    /** The estimate in a line: how many forks, how long. */
    public String summary() {
        String more = openEnded()
                ? "; single shots come on top and end with their work, and so does what benchmarks prepare"
                : ", plus what benchmarks prepare (files, arrays, peers)";
        return String.format(
                Locale.ROOT,
                "%s, %s, %s: about %s of iterations and JVM starts%s",
                Counted.of(configurations().size(), "configuration"),
                Counted.of(rounds(), "round"),
                Counted.of(forks().size(), "fork"),
                inWords(duration()),
                more);
    }

    /** A line for every thing that this machine lacks: what is not measured, and why. */
    public String leftOutLines() {
        StringBuilder lines = new StringBuilder();
        leftOut.forEach((reason, titles) ->
                lines.append(String.format(Locale.ROOT, "left out: %s: %s%n", String.join(", ", titles), reason)));
        return lines.toString();
    }

    /** One line for every configuration. */
    public String table() {
        StringBuilder table = new StringBuilder();
        for (PlannedConfiguration configuration : configurations()) {
            table.append(String.format(
                    Locale.ROOT,
                    "  %d x %7s  %s%n",
                    configuration.forks(),
                    configuration.duration().open()
                            ? "?"
                            : inWords(configuration.duration().iterations()),
                    configuration.title()));
        }
        return table.toString();
    }

    /** A duration as people write it: {@code 45 s}, {@code 2:05 min}, {@code 1:02:30 h}. */
    public static String inWords(Duration duration) {
        long s = duration.plusMillis(500).toSeconds();
        if (s < 100) {
            return s + " s";
        }
        if (s < 3600) {
            return String.format(Locale.ROOT, "%d:%02d min", s / 60, s % 60);
        }
        return String.format(Locale.ROOT, "%d:%02d:%02d h", s / 3600, s / 60 % 60, s % 60);
    }

    /**
     * One fork to run.
     *
     * @param configuration what it measures
     * @param round its round, from 1
     */
    public record Fork(PlannedConfiguration configuration, int round) {}
}
