package dev.tare.history.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tare.history.check.WatchedSeries;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.efficiency.Interval;
import java.util.List;
import java.util.Optional;

/** The last night of each series, for services that keep the history themselves. */
public final class LastNightJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private LastNightJson() {}

    /** A series with its last night and the forks that count in it. */
    private record Last(WatchedSeries series, Night night, List<Double> forks) {
        static Optional<Last> of(HistoryStore store, WatchedSeries series) throws StoreException {
            if (series.nights().isEmpty()) {
                return Optional.empty();
            }
            Night night = series.nights().get(series.nights().size() - 1);
            return Optional.of(
                    new Last(series, night, store.forks(series.stored().id(), night.runId())));
        }
    }

    /**
     * Bencher's metric format: benchmark, measure, value with the ends of the forks' 95 % interval where there are two and more
     * (Bencher's documentation, "Bencher Metric Format").
     */
    public static String bencher(HistoryStore store, List<WatchedSeries> series) throws StoreException {
        ObjectNode root = JSON.createObjectNode();
        for (WatchedSeries one : series) {
            Optional<Last> last = Last.of(store, one);
            if (last.isPresent()) {
                ObjectNode measure = root.withObject(path(one.name())).putObject(measure(one));
                measure.put("value", last.get().night().value());
                interval(last.get())
                        .ifPresent(
                                ends -> measure.put("lower_value", ends.low()).put("upper_value", ends.high()));
            }
        }
        return text(root);
    }

    private static String path(String property) {
        return "/" + property.replace("~", "~0").replace("/", "~1");
    }

    private static String measure(WatchedSeries series) {
        return series.kind() == WatchedSeries.Kind.EFFICIENCY
                ? "efficiency"
                : series.stored().metric();
    }

    /** Of an efficiency it would need the native forks, too: none. */
    private static Optional<Interval> interval(Last last) {
        return last.series().kind() == WatchedSeries.Kind.EFFICIENCY
                        || last.forks().size() < 2
                ? Optional.empty()
                : new ForkMeans(last.forks(), 0).interval();
    }

    /** JMH's own JSON, which github-action-benchmark and jmh-visualizer read; values, no efficiencies. */
    public static String jmh(HistoryStore store, List<WatchedSeries> series) throws StoreException {
        ArrayNode root = JSON.createArrayNode();
        for (WatchedSeries one : series) {
            Optional<Last> last = one.kind() == WatchedSeries.Kind.VALUE ? Last.of(store, one) : Optional.empty();
            if (last.isPresent()) {
                add(root.addObject(), last.get());
            }
        }
        return text(root);
    }

    private static void add(ObjectNode to, Last last) {
        WatchedSeries series = last.series();
        to.put("benchmark", series.stored().configuration().benchmark())
                .put("mode", series.stored().configuration().mode())
                .put("threads", series.stored().configuration().threads())
                .put("forks", last.forks().size());
        ObjectNode params = to.putObject("params");
        params.put("host", series.stored().host());
        series.stored().labels().forEach(params::put);
        series.stored().configuration().params().forEach(params::put);
        ObjectNode primary = to.putObject("primaryMetric");
        primary.put("score", last.night().value());
        Optional<Interval> interval = interval(last);
        double error = interval.map(Interval::halfWidth).orElse(Double.NaN);
        // JMH writes what is no number as a word.
        if (Double.isNaN(error)) {
            primary.put("scoreError", "NaN");
        } else {
            primary.put("scoreError", error);
        }
        ArrayNode confidence = primary.putArray("scoreConfidence");
        interval.ifPresentOrElse(
                ends -> confidence.add(ends.low()).add(ends.high()),
                () -> confidence.add("NaN").add("NaN"));
        primary.put("scoreUnit", series.unit());
        ArrayNode raw = primary.putArray("rawData");
        last.forks().forEach(fork -> raw.addArray().add(fork));
        to.putObject("secondaryMetrics");
    }

    private static String text(JsonNode root) {
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory can always be written", e);
        }
    }
}
