package dev.tare.history.night;

import dev.tare.report.unit.Direction;
import dev.tare.runs.Configuration;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one night measured of one configuration.
 *
 * @param configuration what was measured
 * @param metric the label of the primary counter, or {@code score}
 * @param unit its physical unit
 * @param better which way it improves
 * @param settings how it was measured; nights with others are not compared
 * @param forks the value of each fork by its round
 * @param leftOut forks that do not count, with why
 * @param secondary JMH's scores of the other metrics, by label
 * @param facts what is no number, by key
 */
public record NightValue(
        Configuration configuration,
        String metric,
        String unit,
        Direction better,
        String settings,
        SortedMap<Integer, Double> forks,
        SortedMap<Integer, String> leftOut,
        SortedMap<String, Double> secondary,
        SortedMap<String, String> facts) {
    /** Keeps copies. */
    public NightValue {
        forks = Collections.unmodifiableSortedMap(new TreeMap<>(forks));
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
        secondary = Collections.unmodifiableSortedMap(new TreeMap<>(secondary));
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** The geometric mean of the forks that count; empty when none does. */
    public OptionalDouble value() {
        OptionalDouble logarithm = forks.entrySet().stream()
                .filter(fork -> !leftOut.containsKey(fork.getKey()))
                .mapToDouble(fork -> Math.log(fork.getValue()))
                .average();
        return logarithm.isPresent() ? OptionalDouble.of(Math.exp(logarithm.getAsDouble())) : OptionalDouble.empty();
    }

    /** Why no fork counts, such as {@code contaminated}; empty when one does. */
    public String excluded() {
        if (value().isPresent()) {
            return "";
        }
        return leftOut.isEmpty() ? "no fork has a value" : String.join(", ", new TreeSet<>(leftOut.values()));
    }
}
