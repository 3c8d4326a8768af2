package dev.tare.history.check;

import dev.tare.history.check.WatchedSeries.BegunAnew;
import dev.tare.history.check.WatchedSeries.Excluded;
import dev.tare.history.check.WatchedSeries.Kind;
import dev.tare.history.check.WatchedSeries.Night;
import dev.tare.history.night.AbsentNight;
import dev.tare.history.store.HistoryStore;
import dev.tare.history.store.StoreException;
import dev.tare.history.store.StoredPoint;
import dev.tare.history.store.StoredRun;
import dev.tare.history.store.StoredSeries;
import dev.tare.report.unit.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes series of what a store has. */
public final class SeriesBook {
    private final HistoryStore store;
    private final List<StoredRun> runs;
    private final Map<String, List<AbsentNight>> absent;
    private final NativePairs pairs;
    private final List<StoredSeries> all;
    private final Map<Quantity, StoredSeries> byQuantity = new HashMap<>();

    /** What a native and a guest's series have in common, and where it is measured. */
    private record Quantity(
            String host, SortedMap<String, String> labels, Object configuration, String metric, String unit) {}

    /** Reads which runs and series there are. */
    public SeriesBook(HistoryStore store) throws StoreException {
        this.store = store;
        this.runs = store.runs();
        this.absent = store.absent().stream()
                .collect(Collectors.groupingBy(AbsentNight::host, TreeMap::new, Collectors.toList()));
        this.pairs = new NativePairs(runs);
        this.all = store.series();
        all.forEach(series -> byQuantity.put(quantity(series, series.host(), series.labels()), series));
    }

    private static Quantity quantity(StoredSeries series, String host, SortedMap<String, String> labels) {
        return new Quantity(host, labels, series.configuration(), series.metric(), series.unit());
    }

    /** All runs by their start. */
    List<StoredRun> runs() {
        return runs;
    }

    /** The nights in which a host measured nothing in the order of time, hosts by name. */
    public Map<String, List<AbsentNight>> absent() {
        return absent;
    }

    /** The series of each host, hosts by name. */
    Map<String, List<StoredSeries>> byHost() {
        Map<String, List<StoredSeries>> hosts = new LinkedHashMap<>();
        all.forEach(series ->
                hosts.computeIfAbsent(series.host(), any -> new ArrayList<>()).add(series));
        return hosts;
    }

    /** The physical machine on which something changed, by the name of its native host; a host without one is its own. */
    String machine(ChangeFinding finding) {
        return pairs.of(finding.first().runId())
                .map(StoredRun::host)
                .orElse(finding.series().stored().host());
    }

    /** All series that are wanted, host by host. */
    public List<WatchedSeries> all(Predicate<SeriesName> wanted) throws StoreException {
        List<WatchedSeries> watched = new ArrayList<>();
        for (StoredSeries stored : all) {
            watched.addAll(watch(stored, wanted));
        }
        return watched;
    }

    /**
     * A series, and the same against native where a native host measured it in the same nights; of these what is wanted.
     * Nothing is read of what is not.
     */
    List<WatchedSeries> watch(StoredSeries stored, Predicate<SeriesName> wanted) throws StoreException {
        boolean valueWanted = wanted.test(new SeriesName(stored, Kind.VALUE));
        boolean efficiencyWanted =
                stored.better() != Direction.NEITHER && wanted.test(new SeriesName(stored, Kind.EFFICIENCY));
        if (!valueWanted && !efficiencyWanted) {
            return List.of();
        }
        List<StoredPoint> points = store.points(stored.id());
        if (points.isEmpty()) {
            return List.of();
        }
        long settings = points.get(points.size() - 1).settingsId();
        List<StoredPoint> alike =
                points.stream().filter(point -> point.settingsId() == settings).toList();
        Optional<BegunAnew> begunAnew = begunAnew(points, alike);
        List<WatchedSeries> watched = new ArrayList<>();
        if (valueWanted) {
            watched.add(values(stored, alike, begunAnew));
        }
        if (efficiencyWanted) {
            WatchedSeries efficiency = efficiency(stored, alike, begunAnew);
            if (!efficiency.nights().isEmpty()) {
                watched.add(efficiency);
            }
        }
        return watched;
    }

    private Optional<BegunAnew> begunAnew(List<StoredPoint> points, List<StoredPoint> alike) throws StoreException {
        Optional<StoredPoint> other = points.stream()
                .filter(point -> point.settingsId() != alike.get(0).settingsId())
                .reduce((first, last) -> last);
        return other.isEmpty()
                ? Optional.empty()
                : Optional.of(new BegunAnew(
                        alike.get(0).started(),
                        store.settings(other.get().settingsId()),
                        store.settings(alike.get(0).settingsId())));
    }

    private WatchedSeries values(StoredSeries stored, List<StoredPoint> points, Optional<BegunAnew> begunAnew) {
        List<Night> nights = new ArrayList<>();
        List<Excluded> excluded = absent(stored, points);
        for (StoredPoint point : points) {
            if (point.value().isPresent()) {
                nights.add(new Night(point.started(), point.value().getAsDouble(), point.runId(), Optional.empty()));
            } else {
                excluded.add(new Excluded(point.started(), point.excluded(), false));
            }
        }
        excluded.sort(Comparator.comparing(Excluded::started));
        return new WatchedSeries(stored, Kind.VALUE, nights, excluded, begunAnew);
    }

    /** What the host has missed since the first of these points. */
    private List<Excluded> absent(StoredSeries stored, List<StoredPoint> points) {
        Instant first = points.get(0).started();
        List<Excluded> excluded = new ArrayList<>();
        absent.getOrDefault(stored.host(), List.of()).stream()
                .filter(night -> night.started().isAfter(first))
                .forEach(night ->
                        excluded.add(new Excluded(night.started(), "did not measure: " + night.reason(), true)));
        return excluded;
    }

    private WatchedSeries efficiency(StoredSeries stored, List<StoredPoint> points, Optional<BegunAnew> begunAnew)
            throws StoreException {
        List<Night> nights = new ArrayList<>();
        List<Excluded> excluded = new ArrayList<>();
        // Kept for this series alone: those of all native hosts need not be in memory at once.
        Map<Long, Map<Long, StoredPoint>> nativePoints = new HashMap<>();
        for (StoredPoint point : points) {
            Optional<StoredPoint> reference = reference(stored, point, nativePoints);
            if (reference.isEmpty()) {
                continue;
            }
            if (point.value().isEmpty() || reference.get().value().isEmpty()) {
                boolean own = point.value().isEmpty();
                excluded.add(new Excluded(
                        point.started(),
                        own ? point.excluded() : "native: " + reference.get().excluded(),
                        false));
                continue;
            }
            double ratio = point.value().getAsDouble() / reference.get().value().getAsDouble();
            nights.add(new Night(
                    point.started(),
                    stored.better() == Direction.LESS_IS_BETTER ? 1 / ratio : ratio,
                    point.runId(),
                    Optional.of(reference.get().runId())));
        }
        return new WatchedSeries(stored, Kind.EFFICIENCY, nights, excluded, begunAnew);
    }

    /** What the native host measured of the same in the same night, if it measured in the same way. */
    private Optional<StoredPoint> reference(
            StoredSeries stored, StoredPoint point, Map<Long, Map<Long, StoredPoint>> nativePoints)
            throws StoreException {
        Optional<StoredRun> run = pairs.of(point.runId());
        if (run.isEmpty()) {
            return Optional.empty();
        }
        StoredSeries series =
                byQuantity.get(quantity(stored, run.get().host(), run.get().labels()));
        if (series == null) {
            return Optional.empty();
        }
        Map<Long, StoredPoint> points = nativePoints.get(series.id());
        if (points == null) {
            points = new HashMap<>();
            for (StoredPoint one : store.points(series.id())) {
                points.put(one.runId(), one);
            }
            nativePoints.put(series.id(), points);
        }
        return Optional.ofNullable(points.get(run.get().id()))
                .filter(reference -> reference.settingsId() == point.settingsId());
    }
}
