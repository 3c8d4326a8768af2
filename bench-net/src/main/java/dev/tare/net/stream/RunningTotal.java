package dev.tare.net.stream;

import java.util.concurrent.TimeUnit;

/** A running total that one thread writes, others read, and anybody can wait for. */
public final class RunningTotal {
    private volatile long total;
    private volatile long awaited = Long.MAX_VALUE;
    private volatile boolean ended;

    /** The total so far. */
    public long total() {
        return total;
    }

    /** No more will come: whoever waits goes on. */
    public void end() {
        ended = true;
        wake();
    }

    /**
     * Waits until the total is at least {@code wanted}, until the count has ended, or until {@code limitMs} have passed.
     *
     * @return the total then
     */
    public synchronized long await(long wanted, long limitMs) throws InterruptedException {
        awaited = wanted;
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        long leftMs = limitMs;
        while (total < wanted && !ended && leftMs > 0) {
            wait(leftMs);
            leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
        }
        awaited = Long.MAX_VALUE;
        return total;
    }

    /** Publishes a new total; called by the one thread that counts. */
    public void set(long newTotal) {
        total = newTotal;
        if (newTotal >= awaited) {
            wake();
        }
    }

    private synchronized void wake() {
        notifyAll();
    }
}
