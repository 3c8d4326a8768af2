package dev.tare.history.check;

import dev.tare.history.store.StoredSeries;
import dev.tare.report.unit.Direction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Nights of one quantity that compare with each other.
 *
 * @param stored what is measured where
 * @param kind its value, or its efficiency
 * @param nights those that count, in the order of time
 * @param excluded those that do not, with why
 * @param begunAnew since when it is measured as now, and what was different before; empty when it always was
 */
public record WatchedSeries(
        StoredSeries stored, Kind kind, List<Night> nights, List<Excluded> excluded, Optional<BegunAnew> begunAnew) {
    /** Keeps copies. */
    public WatchedSeries {
        nights = List.copyOf(nights);
        excluded = List.copyOf(excluded);
    }

    /** What is looked at. */
    public enum Kind {
        /** The value in its physical unit. */
        VALUE,
        /** The value against that of the native host in the same night: 1 is all of it, more is better. */
        EFFICIENCY
    }

    /**
     * A night that counts.
     *
     * @param started when its run began
     * @param value positive
     * @param runId the run
     * @param nativeRunId the native run of an efficiency; empty for a value
     */
    public record Night(Instant started, double value, long runId, Optional<Long> nativeRunId) {}

    /**
     * A night that does not count.
     *
     * @param started when its run began, or was to begin
     * @param reason why it does not
     * @param absent whether the host has no run of it at all
     */
    public record Excluded(Instant started, String reason, boolean absent) {}

    /** Nights before were measured otherwise: they are kept, and not compared. */
    public record BegunAnew(Instant since, String before, String now) {}

    /** As {@link SeriesName#name}. */
    public String name() {
        return new SeriesName(stored, kind).name();
    }

    /** The unit of its values; empty for an efficiency. */
    public String unit() {
        return kind == Kind.EFFICIENCY ? "" : stored.unit();
    }

    /** Which way it improves. */
    public Direction better() {
        return kind == Kind.EFFICIENCY ? Direction.MORE_IS_BETTER : stored.better();
    }
}
