package dev.tare.clock;

/**
 * A finished interval: its duration on the server's timescale, and how far that may be from the truth.
 *
 * <p>The true duration lies between {@code shortestNs} and {@code longestNs} as long as the local clock wanders no more
 * than declared. Across a disruption the bound leans on no local clock instead, and where nothing is known at all it
 * reaches from 0 to {@link Long#MAX_VALUE}.
 *
 * @param durationNs what {@link NanoSource#nanoTime()} of the remote clock counted between the ends
 * @param localNs what the local clock counted between the same ends
 * @param shortestNs lower bound of the true duration
 * @param longestNs upper bound of the true duration
 * @param witness the direct cross-check: verdict of the direct readings at both ends
 * @param status worst status of the clock from end to end
 * @param roundTripNs shortest round trip of the requests at the ends, by the local clock; 0 when none was answered
 * @param requestsLost requests without a valid answer between the ends, both included
 * @param localRatePpm how much faster than the server the local clock ran, in parts per million
 * @param localRateBoundPpm how far that may be from the truth
 */
public record MeasuredInterval(
        long durationNs,
        long localNs,
        long shortestNs,
        long longestNs,
        Witness witness,
        ClockStatus status,
        long roundTripNs,
        long requestsLost,
        double localRatePpm,
        double localRateBoundPpm) {
    /**
     * What the direct readings at both ends of an interval, which lean on no local clock, say about its duration: the
     * cross-check of what the disciplined clock says.
     */
    public enum Witness {
        /** They agree with the disciplined clock. */
        CONFIRMED,
        /** They exclude what the disciplined clock says. */
        CONTRADICTED,
        /** The server gave no direct reading at one of the ends. */
        ABSENT
    }

    /** How far {@link #durationNs()} may be from the truth. */
    public long boundNs() {
        return Math.max(durationNs - shortestNs, longestNs - durationNs);
    }

    /** {@link #boundNs()} in percent of the shortest duration that is possible; infinite when that is nothing. */
    public double boundPercent() {
        return shortestNs > 0 ? 100.0 * boundNs() / shortestNs : Double.POSITIVE_INFINITY;
    }
}
