package dev.tare.history.store;

import dev.tare.report.unit.Direction;
import dev.tare.runs.Configuration;
import java.util.SortedMap;

/**
 * One quantity of one configuration on one host, night by night.
 *
 * @param id its row
 * @param host the host's name
 * @param labels the host's labels
 * @param configuration what is measured
 * @param metric the label of the primary counter, or {@code score}
 * @param unit its physical unit
 * @param better which way it improves
 */
public record StoredSeries(
        long id,
        String host,
        SortedMap<String, String> labels,
        Configuration configuration,
        String metric,
        String unit,
        Direction better) {}
