package dev.tare.clock.client;

import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.estimate.Estimate;

/**
 * What a disciplined clock knows after a poll.
 *
 * @param silentFromNs local time from which on the server counts as silent unless it answers again
 * @param answering the status until then
 */
record ClockState(Estimate estimate, long silentFromNs, long disruptions, ClockStatus answering) {
    /** A rate known no better than this bounds nothing useful. */
    private static final double USEFUL_RATE_BOUND_PPM = 1000;

    ClockStatus status(long localNs) {
        return localNs - silentFromNs >= 0 && answering == ClockStatus.SYNCHRONIZED
                ? ClockStatus.FREE_RUNNING
                : answering;
    }

    ClockReading reading(long localNs) {
        return new ClockReading(estimate.earliestNs(localNs), estimate.latestNs(localNs), status(localNs));
    }

    static boolean rateIsUseful(Estimate estimate) {
        return estimate.fastest() - estimate.slowest() <= 2e-6 * USEFUL_RATE_BOUND_PPM;
    }
}
