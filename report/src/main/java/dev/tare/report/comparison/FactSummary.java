package dev.tare.report.comparison;

import dev.tare.report.unit.SizeParameter;
import dev.tare.runs.Configuration;
import dev.tare.runs.Measurement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The facts of one run, one line for each benchmark class. A fact that is not the same in all its results is shown
 * against the parameter that decides it; where none does, by what most say and which say otherwise.
 */
final class FactSummary {
    private static final int MOST_NAMED = 3;
    private static final int MOST_VALUES = 6;
    private static final int LONG = 30;
    /** A number that stands for itself: not the 1 of {@code L1}. */
    private static final Pattern NUMBER = Pattern.compile("(?<![A-Za-z0-9.])[0-9]+(\\.[0-9]+)?");

    private final List<Measurement> measurements;
    private final ShortNames names;

    private FactSummary(List<Measurement> measurements, ShortNames names) {
        this.measurements = measurements;
        this.names = names;
    }

    static List<String> lines(List<Measurement> measurements, ShortNames names) {
        SortedMap<String, List<Measurement>> classes = new TreeMap<>();
        for (Measurement measurement : measurements) {
            if (!measurement.facts().isEmpty()) {
                classes.computeIfAbsent(names.type(measurement.configuration()), any -> new ArrayList<>())
                        .add(measurement);
            }
        }
        List<String> lines = new ArrayList<>();
        classes.forEach((type, all) -> lines.add(type + ": " + new FactSummary(all, names).line()));
        return lines;
    }

    /**
     * Whether several values that forks of one configuration gave differ in their numbers only: something that each fork
     * measures anew, such as shares of threads or the name of a temporary file, not a condition of the measurement.
     */
    static boolean differInNumbersOnly(Collection<String> values) {
        return values.size() > 1
                && values.stream()
                                .map(value -> NUMBER.matcher(value).replaceAll("#"))
                                .distinct()
                                .count()
                        == 1;
    }

    private String line() {
        Set<String> keys = new TreeSet<>();
        measurements.forEach(measurement -> keys.addAll(measurement.facts().keySet()));
        return keys.stream().map(this::fact).collect(Collectors.joining(", "));
    }

    private String fact(String key) {
        Map<String, List<Measurement>> byValue = new LinkedHashMap<>();
        boolean anew = false;
        for (Measurement measurement : measurements) {
            Set<String> values = measurement.facts().getOrDefault(key, new TreeSet<>());
            if (!values.isEmpty()) {
                byValue.computeIfAbsent(String.join(" or ", values), any -> new ArrayList<>())
                        .add(measurement);
                anew |= differInNumbersOnly(values);
            }
        }
        if (anew) {
            return key + " varies by fork: " + examples(key);
        }
        if (byValue.size() == 1) {
            return key + " " + byValue.keySet().iterator().next();
        }
        return key + decidingParameter(byValue).orElseGet(() -> " " + withExceptions(byValue));
    }

    private String examples(String key) {
        Set<String> values = new LinkedHashSet<>();
        measurements.forEach(measurement -> values.addAll(measurement.facts().getOrDefault(key, new TreeSet<>())));
        // Of long ones, such as a list of figures, one is enough to see what it is.
        int shown = values.stream().anyMatch(value -> value.length() > LONG) ? 1 : MOST_NAMED;
        return values.stream().limit(shown).collect(Collectors.joining("; ")) + more(values.size(), shown);
    }

    private static String more(int all, int shown) {
        return all > shown ? "; and " + (all - shown) + " more" : "";
    }

    /** The first parameter of which each value has one value of the fact; empty when no parameter decides. */
    private Optional<String> decidingParameter(Map<String, List<Measurement>> byValue) {
        Set<String> parameters = new TreeSet<>();
        measurements.forEach(measurement ->
                parameters.addAll(measurement.configuration().params().keySet()));
        parameters.add("threads");
        for (String parameter : parameters) {
            Map<String, Set<String>> settings = new LinkedHashMap<>();
            byValue.forEach((value, all) -> settings.put(
                    value,
                    all.stream()
                            .map(measurement -> setting(measurement.configuration(), parameter))
                            .collect(Collectors.toCollection(LinkedHashSet::new))));
            long distinct =
                    settings.values().stream().flatMap(Set::stream).distinct().count();
            if (settings.values().stream().mapToInt(Set::size).sum() == distinct) {
                return Optional.of(" varies by " + parameter + ": "
                        + settings.entrySet().stream()
                                .limit(MOST_VALUES)
                                .map(entry -> entry.getKey() + " at " + shown(parameter, entry.getValue()))
                                .collect(Collectors.joining("; "))
                        + more(settings.size(), MOST_VALUES));
            }
        }
        return Optional.empty();
    }

    private static String setting(Configuration configuration, String parameter) {
        return parameter.equals("threads") && !configuration.params().containsKey(parameter)
                ? String.valueOf(configuration.threads())
                : configuration.params().getOrDefault(parameter, "");
    }

    private static String shown(String parameter, Set<String> settings) {
        return settings.stream()
                        .limit(MOST_NAMED)
                        .map(setting -> SizeParameter.readable(parameter, setting))
                        .collect(Collectors.joining(", "))
                + (settings.size() > MOST_NAMED ? " and " + (settings.size() - MOST_NAMED) + " more" : "");
    }

    private String withExceptions(Map<String, List<Measurement>> byValue) {
        String usual = byValue.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .map(Map.Entry::getKey)
                .orElse("");
        return byValue.entrySet().stream()
                .map(entry -> entry.getKey().equals(usual)
                        ? usual
                        : "(" + entry.getKey() + " in " + named(entry.getValue()) + ")")
                .sorted(Comparator.comparing((String value) -> !value.equals(usual)))
                .collect(Collectors.joining(" "));
    }

    private String named(List<Measurement> some) {
        return some.stream()
                        .limit(MOST_NAMED)
                        .map(measurement -> names.withoutType(measurement.configuration()))
                        .collect(Collectors.joining("; "))
                + more(some.size(), MOST_NAMED);
    }
}
