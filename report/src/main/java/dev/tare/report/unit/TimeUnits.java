package dev.tare.report.unit;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JMH's names of time units, and its two ways to write a rate: {@code ops/T} and {@code T/op}. */
final class TimeUnits {
    private static final Map<String, Double> SECONDS =
            Map.of("ns", 1e-9, "us", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "hr", 3600.0, "day", 86400.0);
    private static final List<String> READABLE = List.of("s", "ms", "us", "ns");
    private static final String PER_TIME = "ops/";
    private static final String PER_OPERATION = "/op";

    private TimeUnits() {}

    static Optional<Double> seconds(String unit) {
        return Optional.ofNullable(SECONDS.get(unit));
    }

    /** The length of T in seconds when the unit is {@code ops/T}. */
    static Optional<Double> perTime(String scoreUnit) {
        return scoreUnit.startsWith(PER_TIME) ? seconds(scoreUnit.substring(PER_TIME.length())) : Optional.empty();
    }

    /** The length of T in seconds when the unit is {@code T/op}. */
    static Optional<Double> perOperation(String scoreUnit) {
        return scoreUnit.endsWith(PER_OPERATION) ? seconds(stem(scoreUnit)) : Optional.empty();
    }

    /** The largest of s, ms, us, ns in which this time is at least 1. */
    static String readable(double timeInSeconds) {
        return READABLE.stream()
                .filter(unit -> Math.abs(timeInSeconds) >= SECONDS.getOrDefault(unit, 1.0))
                .findFirst()
                .orElse("ns");
    }

    /** The time unit itself: {@code us} for {@code us} and for {@code us/op}. */
    static String stem(String unit) {
        return unit.endsWith(PER_OPERATION) ? unit.substring(0, unit.length() - PER_OPERATION.length()) : unit;
    }
}
