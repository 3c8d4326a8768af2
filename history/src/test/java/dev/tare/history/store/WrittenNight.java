package dev.tare.history.store;

import dev.tare.history.night.NightRun;
import dev.tare.history.night.NightValue;
import dev.tare.report.unit.Direction;
import dev.tare.runs.Configuration;
import dev.tare.runs.Environment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A night as tests need it. */
public final class WrittenNight {
    public static final Instant FIRST = Instant.parse("2026-01-01T02:00:00Z");
    private static final long DAY_SECONDS = 86_400;

    private final String host;
    private final int night;
    private final List<NightValue> values = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final SortedMap<String, String> labels = new TreeMap<>();
    private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

    /** A night of a host, counted from 0. */
    public WrittenNight(String host, int night) {
        this.host = host;
        this.night = night;
        sections.put("virtualization", Map.of("platform", "guest"));
        sections.put("os", Map.of("kernel", "6.1.0"));
    }

    /** One whose files are not whole. */
    public WrittenNight damaged(String warning) {
        warnings.add(warning);
        return this;
    }

    public WrittenNight label(String name, String value) {
        labels.put(name, value);
        return this;
    }

    public WrittenNight ofNative() {
        sections.put("virtualization", Map.of("platform", "native"));
        return this;
    }

    public WrittenNight kernel(String version) {
        sections.put("os", Map.of("kernel", version));
        return this;
    }

    public WrittenNight value(String benchmark, double... forks) {
        return value(benchmark, "iterations 5", Map.of(), forks);
    }

    public WrittenNight contaminated(String benchmark, double... forks) {
        Map<Integer, String> reasons = new TreeMap<>();
        for (int i = 1; i <= forks.length; i++) {
            reasons.put(i, "contaminated");
        }
        return value(benchmark, "iterations 5", reasons, forks);
    }

    public WrittenNight value(String benchmark, String settings, Map<Integer, String> leftOut, double... forks) {
        SortedMap<Integer, Double> byRound = new TreeMap<>();
        for (double fork : forks) {
            byRound.put(byRound.size() + 1, fork);
        }
        values.add(new NightValue(
                new Configuration(benchmark, "thrpt", 1, new TreeMap<>(Map.of("order", "10"))),
                "rateGflops",
                "GFLOP/s",
                Direction.MORE_IS_BETTER,
                settings,
                byRound,
                new TreeMap<>(leftOut),
                // No two nights are alike to the last digit.
                new TreeMap<>(Map.of("cpu", 1.0 + night)),
                new TreeMap<>(Map.of("kernel", "tiles"))));
        return this;
    }

    public NightRun run() {
        Instant started = FIRST.plusSeconds(night * DAY_SECONDS);
        return new NightRun(
                host + labels + started,
                "/nights/" + host + night,
                host,
                labels,
                started,
                new Environment(sections),
                values,
                warnings);
    }
}
