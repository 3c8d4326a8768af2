package dev.tare.report.comparison;

import dev.tare.report.document.Row;
import dev.tare.report.unit.SizeParameter;
import dev.tare.runs.Configuration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Configurations that differ in one number only, such as the size of a block.
 *
 * @param parameter its name
 * @param rows by that number, from small to large; at least four
 */
record SizeSweep(String parameter, List<Row> rows) {
    /** Of fewer points a line says no more than bars do. */
    static final int LEAST_POINTS = 4;

    /** Keeps a copy. */
    SizeSweep {
        rows = List.copyOf(rows);
    }

    /** The sweeps among some rows, in the order of their first rows; a row is in one at most, the longest. */
    static List<SizeSweep> among(List<Row> rows) {
        Map<Key, List<Row>> candidates = new LinkedHashMap<>();
        for (Row row : rows) {
            row.configuration().params().forEach((name, value) -> {
                if (isNumber(value)) {
                    candidates
                            .computeIfAbsent(Key.of(row, name), any -> new ArrayList<>())
                            .add(row);
                }
            });
        }
        List<Map.Entry<Key, List<Row>>> longestFirst = new ArrayList<>(candidates.entrySet());
        longestFirst.sort(Comparator.comparingInt(entry -> -entry.getValue().size()));
        Set<Row> taken = new LinkedHashSet<>();
        List<SizeSweep> sweeps = new ArrayList<>();
        for (Map.Entry<Key, List<Row>> candidate : longestFirst) {
            List<Row> free = new ArrayList<>(candidate.getValue());
            free.removeAll(taken);
            if (free.size() >= LEAST_POINTS) {
                String parameter = candidate.getKey().parameter();
                free.sort(Comparator.comparingDouble(row -> at(row, parameter)));
                taken.addAll(free);
                sweeps.add(new SizeSweep(parameter, free));
            }
        }
        sweeps.sort(Comparator.comparingInt(sweep -> rows.indexOf(sweep.rows().get(0))));
        return sweeps;
    }

    private record Key(
            String benchmark,
            String mode,
            int threads,
            SortedMap<String, String> others,
            String parameter,
            String unit) {
        static Key of(Row row, String parameter) {
            Configuration configuration = row.configuration();
            SortedMap<String, String> others = new TreeMap<>(configuration.params());
            others.remove(parameter);
            return new Key(
                    configuration.benchmark(),
                    configuration.mode(),
                    configuration.threads(),
                    others,
                    parameter,
                    row.unit());
        }
    }

    private static boolean isNumber(String value) {
        return value.matches("[0-9]{1,17}") && Long.parseLong(value) > 0;
    }

    private static double at(Row row, String parameter) {
        return Double.parseDouble(row.configuration().params().getOrDefault(parameter, "NaN"));
    }

    /** The number of one of its rows. */
    double at(Row row) {
        return at(row, parameter);
    }

    /** The number as people read it: {@code 64KiB}. */
    String readable(Row row) {
        return SizeParameter.readable(parameter, row.configuration().params().getOrDefault(parameter, ""));
    }

    /** What its rows have in common: a configuration without the parameter. */
    Configuration common() {
        Configuration first = rows.get(0).configuration();
        SortedMap<String, String> others = new TreeMap<>(first.params());
        others.remove(parameter);
        return new Configuration(first.benchmark(), first.mode(), first.threads(), others);
    }
}
