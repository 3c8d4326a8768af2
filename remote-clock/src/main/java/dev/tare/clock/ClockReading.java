package dev.tare.clock;

/**
 * What a remote clock says about one instant: an interval of the server's timescale that contains it.
 *
 * @param earliestNs nanoseconds since 1970 on the server's timescale; the instant was not before
 * @param latestNs the instant was not after
 */
public record ClockReading(long earliestNs, long latestNs, ClockStatus status) {
    /** @throws IllegalArgumentException when the interval is empty */
    public ClockReading {
        if (latestNs < earliestNs) {
            throw new IllegalArgumentException("reading: latest " + latestNs + " is before earliest " + earliestNs);
        }
    }

    /** The middle of the interval. */
    public long midpointNs() {
        return earliestNs + (latestNs - earliestNs) / 2;
    }

    /** How far the truth is from the middle at most. */
    public long boundNs() {
        return latestNs - midpointNs();
    }
}
