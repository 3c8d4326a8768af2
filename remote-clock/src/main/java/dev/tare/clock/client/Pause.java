package dev.tare.clock.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The time between two attempts. */
final class Pause {
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private Pause() {}

    /** Waits a little and returns true, or returns false when the time since {@code beginNs} is over. */
    static boolean unlessOver(long beginNs, long limitNs) {
        if (System.nanoTime() - beginNs >= limitNs || Thread.currentThread().isInterrupted()) {
            return false;
        }
        LockSupport.parkNanos(STEP_NS);
        return true;
    }
}
