package dev.tare.clock.estimate;

/** A duration on the server's timescale lies between these, both included. */
public record DurationBound(long shortestNs, long longestNs) {
    /** The durations that both allow; only for two that {@link #overlaps overlap}. */
    public DurationBound intersection(DurationBound other) {
        return new DurationBound(Math.max(shortestNs, other.shortestNs), Math.min(longestNs, other.longestNs));
    }

    /** The durations that either allows, and those between. */
    public DurationBound hull(DurationBound other) {
        return new DurationBound(Math.min(shortestNs, other.shortestNs), Math.max(longestNs, other.longestNs));
    }

    /** The same, and so much less or more. */
    DurationBound widened(long ns) {
        return new DurationBound(shortestNs - ns, longestNs + ns);
    }

    /** Whether some duration is allowed by both. */
    public boolean overlaps(DurationBound other) {
        return shortestNs <= other.longestNs && other.shortestNs <= longestNs;
    }
}
