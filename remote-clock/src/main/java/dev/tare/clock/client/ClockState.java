package dev.tare.clock.client;

import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.estimate.Estimate;

/**
 * What a disciplined clock knows after a poll.
 *
 * @param silentFromNs local time from which on the server counts as silent unless it answers again
 * @param recovering whether too little is known again since the last disruption
 */
record ClockState(Estimate estimate, long silentFromNs, long disruptions, boolean recovering) {
    /** A rate known no better than this bounds nothing useful. */
    static final double USEFUL_RATE_BOUND_PPM = 1000;

    ClockStatus status(long localNs) {
        if (recovering) {
            return ClockStatus.DISRUPTED;
        }
        if (localNs - silentFromNs >= 0) {
            return ClockStatus.FREE_RUNNING;
        }
        return rateIsUseful(estimate) ? ClockStatus.SYNCHRONIZED : ClockStatus.UNKNOWN;
    }

    ClockReading reading(long localNs) {
        return new ClockReading(estimate.earliestNs(localNs), estimate.latestNs(localNs), status(localNs));
    }

    static boolean rateIsUseful(Estimate estimate) {
        return estimate.fastest() - estimate.slowest() <= 2e-6 * USEFUL_RATE_BOUND_PPM;
    }
}
