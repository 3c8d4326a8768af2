package dev.tare.net.socket;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Says when the next message may go, at a rate in bytes. One thread uses it. */
public final class Pacer {
    /** A thread that parks for less wakes up too late: shorter waits spin. */
    private static final long SHORTEST_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);
    /** Who is late by more does not catch up, so that a pause is not followed by a burst. */
    private static final long LONGEST_DEBT_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final double intervalNs;
    private double nextNs = System.nanoTime();

    /**
     * So many bytes per second, in messages of one size.
     *
     * @param bytesPerS infinite for as fast as the kernel takes them
     */
    public Pacer(double bytesPerS, int messageBytes) {
        this.intervalNs = messageBytes * TimeUnit.SECONDS.toNanos(1) / bytesPerS;
    }

    /** Begins anew: the next message may go at once. */
    public void restart() {
        nextNs = System.nanoTime();
    }

    /** Returns when the next message may go. */
    public void await() {
        if (intervalNs == 0) {
            return;
        }
        double nowNs = System.nanoTime();
        nextNs = Math.max(nextNs, nowNs - LONGEST_DEBT_NS);
        while (nowNs < nextNs) {
            if (nextNs - nowNs > SHORTEST_PARK_NS) {
                LockSupport.parkNanos((long) (nextNs - nowNs - SHORTEST_PARK_NS));
            } else {
                Thread.onSpinWait();
            }
            nowNs = System.nanoTime();
        }
        nextNs += intervalNs;
    }
}
