package dev.tare.report.render;

import dev.tare.report.comparison.Row;
import dev.tare.report.results.Configuration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Short names of configurations: without the package, unless two classes would then be called the same. */
final class Names {
    private static final long KIB = 1024;
    private static final List<String> BINARY_UNITS = List.of("GiB", "MiB", "KiB");

    private final Map<String, Integer> packagesByClass = new TreeMap<>();
    private final boolean modesDiffer;

    Names(Collection<Row> rows) {
        Map<String, TreeSet<String>> packages = new TreeMap<>();
        for (Row row : rows) {
            String[] parts = split(row.configuration().benchmark());
            packages.computeIfAbsent(parts[1], any -> new TreeSet<>()).add(parts[0]);
        }
        packages.forEach((name, all) -> packagesByClass.put(name, all.size()));
        modesDiffer =
                rows.stream().map(row -> row.configuration().mode()).distinct().count() > 1;
    }

    /** Class and method, then mode (if not all are alike), threads (if several) and parameters. */
    String of(Configuration configuration) {
        List<String> parts = new ArrayList<>();
        parts.add(benchmark(configuration.benchmark()));
        if (modesDiffer) {
            parts.add(configuration.mode());
        }
        if (configuration.threads() > 1) {
            parts.add("threads=" + configuration.threads());
        }
        configuration.params().forEach((name, value) -> parts.add(name + "=" + readable(name, value)));
        return String.join(" ", parts);
    }

    private String benchmark(String benchmark) {
        String[] parts = split(benchmark);
        boolean unique = packagesByClass.getOrDefault(parts[1], 1) == 1;
        return unique || parts[0].isEmpty() ? parts[1] + parts[2] : parts[0] + "." + parts[1] + parts[2];
    }

    /** Package, class, and method with its dot. */
    private static String[] split(String benchmark) {
        int method = benchmark.lastIndexOf('.');
        int type = method < 0 ? -1 : benchmark.lastIndexOf('.', method - 1);
        return new String[] {
            type < 0 ? "" : benchmark.substring(0, type),
            benchmark.substring(type + 1, method < 0 ? benchmark.length() : method),
            method < 0 ? "" : benchmark.substring(method)
        };
    }

    /** Sizes in the unit that divides them: {@code blockBytes=1048576} is 1 MiB. */
    private static String readable(String name, String value) {
        if (!name.endsWith("Bytes") || !value.matches("\\d{4,18}")) {
            return value;
        }
        long bytes = Long.parseLong(value);
        long size = KIB * KIB * KIB;
        for (String unit : BINARY_UNITS) {
            if (bytes % size == 0) {
                return bytes / size + unit;
            }
            size /= KIB;
        }
        return value;
    }
}
