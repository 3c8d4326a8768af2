package dev.tare.report.render;

import dev.tare.report.comparison.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Numbers the remarks of all rows, each text once; what is said of every row is said once for the whole report. */
final class Footnotes {
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<String> ofAllRows = new ArrayList<>();

    Footnotes(List<Row> rows) {
        Map<String, Long> counts = new LinkedHashMap<>();
        rows.forEach(row -> row.remarks().stream().distinct().forEach(remark -> counts.merge(remark, 1L, Long::sum)));
        counts.forEach((remark, count) -> {
            if (count == rows.size() && count > 1) {
                ofAllRows.add(remark);
            } else {
                numbers.put(remark, numbers.size() + 1);
            }
        });
    }

    /** The numbers of a row's remarks, such as {@code 1,3}. */
    String marks(Row row) {
        return row.remarks().stream()
                .filter(numbers::containsKey)
                .distinct()
                .map(remark -> String.valueOf(numbers.get(remark)))
                .collect(Collectors.joining(","));
    }

    /** The numbered remarks, by number. */
    Map<String, Integer> numbered() {
        return numbers;
    }

    /** Remarks that every row has. */
    List<String> ofAllRows() {
        return ofAllRows;
    }
}
