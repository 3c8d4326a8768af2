package dev.tare.report.comparison;

import dev.tare.report.document.Row;
import dev.tare.report.unit.SizeParameter;
import dev.tare.runs.Configuration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Short names of configurations: without the package, unless two classes would then be called the same, and without the
 * parameters that are alike in all rows of a class with many.
 */
final class ShortNames {
    private static final String USUAL_MODE = "thrpt";

    /** So many parameters fit beside a name. */
    private static final int MOST_PARAMS = 2;

    private final Set<String> ambiguous = new HashSet<>();
    private final SortedMap<String, SortedMap<String, Set<String>>> paramsByType = new TreeMap<>();

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
        for (Row row : rows) {
            Map<String, Set<String>> params =
                    paramsByType.computeIfAbsent(type(row.configuration()), any -> new TreeMap<>());
            row.configuration()
                    .params()
                    .forEach((name, value) ->
                            params.computeIfAbsent(name, any -> new TreeSet<>()).add(value));
        }
    }

    /** The parameters that names leave out, one line for each class. */
    List<String> constants() {
        List<String> lines = new ArrayList<>();
        paramsByType.forEach((type, params) -> {
            String constants = params.entrySet().stream()
                    .filter(param -> constant(type, param.getKey()))
                    .map(param -> param.getKey() + "="
                            + SizeParameter.readable(param.getKey(), String.join("", param.getValue())))
                    .collect(Collectors.joining(" "));
            if (!constants.isEmpty()) {
                lines.add(type + ": " + constants);
            }
        });
        return lines;
    }

    private boolean constant(String type, String param) {
        SortedMap<String, Set<String>> params = paramsByType.getOrDefault(type, new TreeMap<>());
        return params.size() > MOST_PARAMS
                && params.getOrDefault(param, Set.of()).size() == 1;
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
            if (!constant(type(configuration), name)) {
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
