package dev.tare.history.export;

import dev.tare.history.check.WatchedSeries;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.history.store.StoredSeries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One line for each night of each series, those that do not count too (RFC 4180). */
public final class SeriesCsv {
    private SeriesCsv() {}

    /** With a header. */
    public static String of(List<WatchedSeries> series) {
        StringBuilder text = new StringBuilder(line(
                "time",
                "host",
                "labels",
                "benchmark",
                "mode",
                "threads",
                "params",
                "kind",
                "metric",
                "unit",
                "value",
                "excluded"));
        series.forEach(one -> append(text, one));
        return text.toString();
    }

    private static void append(StringBuilder text, WatchedSeries series) {
        for (Night night : series.nights()) {
            text.append(line(series, night.started().toString(), String.valueOf(night.value()), ""));
        }
        series.excluded()
                .forEach(night -> text.append(line(series, night.started().toString(), "", night.reason())));
    }

    private static String line(WatchedSeries series, String time, String value, String excluded) {
        StoredSeries stored = series.stored();
        return line(
                time,
                stored.host(),
                pairs(stored.labels()),
                stored.configuration().benchmark(),
                stored.configuration().mode(),
                String.valueOf(stored.configuration().threads()),
                pairs(stored.configuration().params()),
                series.kind().name().toLowerCase(Locale.ROOT),
                stored.metric(),
                series.unit(),
                value,
                excluded);
    }

    private static String pairs(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(" "));
    }

    /** A line of cells, quoted where they need it. */
    static String line(String... cells) {
        return Stream.of(cells)
                        .map(cell -> cell.matches("[^,\"\\r\\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
