package dev.tare.report.comparison;

import dev.tare.report.document.Row;
import dev.tare.report.unit.SizeParameter;
import dev.tare.runs.Configuration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Short names of configurations: without the package, unless two classes would then be called the same, and without the
 * parameters that have the usual value of a class with many. Of two configurations at least one has another value than
 * the usual one where they differ, so that their names do.
 */
final class ShortNames {
    private static final String USUAL_MODE = "thrpt";

    /** So many parameters fit beside a name. */
    private static final int MOST_PARAMS = 2;

    /** A value is usual that at least so large a part of a class's configurations have. */
    private static final double USUAL_PART = 0.75;

    private final Set<String> ambiguous = new HashSet<>();
    /** How many configurations of a class have a value of a parameter. */
    private final SortedMap<String, SortedMap<String, SortedMap<String, Integer>>> paramsByType = new TreeMap<>();

    ShortNames(Collection<Row> rows) {
        Map<String, Set<String>> packages = new TreeMap<>();
        for (Row row : rows) {
            Parts parts = Parts.of(row.configuration());
            packages.computeIfAbsent(parts.type, any -> new TreeSet<>()).add(parts.packageName);
        }
        packages.forEach((type, all) -> {
            if (all.size() > 1) {
                ambiguous.add(type);
            }
        });
        rows.stream().map(Row::configuration).distinct().forEach(configuration -> {
            SortedMap<String, SortedMap<String, Integer>> params =
                    paramsByType.computeIfAbsent(type(configuration), any -> new TreeMap<>());
            configuration
                    .params()
                    .forEach((name, value) ->
                            params.computeIfAbsent(name, any -> new TreeMap<>()).merge(value, 1, Integer::sum));
        });
    }

    /** The parameters that names leave out, one line for each class; those that some names have all the same at the end. */
    List<String> usual() {
        List<String> lines = new ArrayList<>();
        paramsByType.forEach((type, params) -> {
            List<String> always = new ArrayList<>();
            List<String> mostly = new ArrayList<>();
            params.forEach((name, values) -> usual(type, name)
                    .ifPresent(value -> (values.size() == 1 ? always : mostly)
                            .add(name + "=" + SizeParameter.readable(name, value))));
            if (!mostly.isEmpty()) {
                always.add((always.isEmpty() ? "" : "and ") + "unless named " + String.join(" ", mostly));
            }
            if (!always.isEmpty()) {
                lines.add(type + ": " + String.join(" ", always));
            }
        });
        return lines;
    }

    private Optional<String> usual(String type, String param) {
        SortedMap<String, SortedMap<String, Integer>> params = paramsByType.getOrDefault(type, new TreeMap<>());
        if (params.size() <= MOST_PARAMS) {
            return Optional.empty();
        }
        SortedMap<String, Integer> values = params.getOrDefault(param, new TreeMap<>());
        int all = values.values().stream().mapToInt(Integer::intValue).sum();
        return values.entrySet().stream()
                .filter(value -> value.getValue() >= USUAL_PART * all)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Class and method, then mode (unless throughput), threads (if several) and parameters. */
    String of(Configuration configuration) {
        String method = Parts.of(configuration).method;
        return type(configuration) + (method.isEmpty() ? "" : "." + method) + conditions(configuration);
    }

    /** The class alone. */
    String type(Configuration configuration) {
        Parts parts = Parts.of(configuration);
        return ambiguous.contains(parts.type) && !parts.packageName.isEmpty()
                ? parts.packageName + "." + parts.type
                : parts.type;
    }

    /** All but the class. */
    String withoutType(Configuration configuration) {
        return Parts.of(configuration).method + conditions(configuration);
    }

    private String conditions(Configuration configuration) {
        List<String> parts = new ArrayList<>();
        if (!configuration.mode().equals(USUAL_MODE)) {
            parts.add(configuration.mode());
        }
        if (configuration.threads() > 1) {
            parts.add("threads=" + configuration.threads());
        }
        configuration.params().forEach((name, value) -> {
            if (!usual(type(configuration), name).equals(Optional.of(value))) {
                parts.add(name + "=" + SizeParameter.readable(name, value));
            }
        });
        return parts.isEmpty() ? "" : " " + String.join(" ", parts);
    }

    /** A benchmark's name cut at its last two dots; a name without dots is a class. */
    private record Parts(String packageName, String type, String method) {
        static Parts of(Configuration configuration) {
            String benchmark = configuration.benchmark();
            int method = benchmark.lastIndexOf('.');
            int type = method < 0 ? -1 : benchmark.lastIndexOf('.', method - 1);
            return new Parts(
                    type < 0 ? "" : benchmark.substring(0, type),
                    benchmark.substring(type + 1, method < 0 ? benchmark.length() : method),
                    method < 0 ? "" : benchmark.substring(method + 1));
        }
    }
}
