package dev.tare.net.datagram;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Says when the next datagram may go. */
public final class Pace {
    /** A thread that parks for less wakes up too late: shorter waits spin. */
    private static final long SHORTEST_PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);
    /** Who is late by more does not catch up, so that a pause is not followed by a burst. */
    private static final long LONGEST_DEBT_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final double intervalNs;
    private double nextNs;

    private Pace(double intervalNs) {
        this.intervalNs = intervalNs;
    }

    /** As fast as the kernel takes them. */
    public static Pace unlimited() {
        return new Pace(0);
    }

    /** So many bytes per second, in datagrams of one size. */
    public static Pace of(double bytesPerS, int datagramBytes) {
        return new Pace(datagramBytes * TimeUnit.SECONDS.toNanos(1) / bytesPerS);
    }

    /** Begins anew: the next datagram may go at once. */
    public void restart() {
        nextNs = System.nanoTime();
    }

    /** Returns when the next datagram may go. */
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
