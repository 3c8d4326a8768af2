package dev.tare.history.check;

import dev.tare.history.check.WatchedSeries.Kind;
import dev.tare.history.store.StoredSeries;
import java.util.stream.Collectors;

/**
 * What is known of a series before its nights are read, so that those that nobody wants need not be.
 *
 * @param stored what is measured where
 * @param kind its value, or its efficiency
 */
public record SeriesName(StoredSeries stored, Kind kind) {
    /** Such as {@code web1[site=rack7] dev.tare.mem.StreamBench.triad thrpt arrayBytes=1048576 efficiency}. */
    public String name() {
        String labels = stored.labels().entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        return stored.host() + (labels.isEmpty() ? "" : "[" + labels + "]") + " " + stored.configuration()
                + (kind == Kind.EFFICIENCY ? " efficiency" : "");
    }
}
