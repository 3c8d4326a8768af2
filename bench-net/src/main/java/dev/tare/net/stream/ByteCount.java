package dev.tare.net.stream;

import java.util.concurrent.TimeUnit;

/** A running total that one thread writes, others read, and anybody can wait for. */
public final class ByteCount {
    /** How often a waiting thread looks whether the total still moves. */
    private static final long LOOK_MS = 50;

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
     * Waits until the total is at least {@code wanted}, until the count has ended, or until it has not moved for a while.
     *
     * @return the total then
     */
    public synchronized long await(long wanted, long silenceMs) throws InterruptedException {
        awaited = wanted;
        long seen = total;
        long quietSinceNs = System.nanoTime();
        while (total < wanted && !ended) {
            long leftMs = silenceMs - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - quietSinceNs);
            if (leftMs <= 0) {
                break;
            }
            wait(Math.min(leftMs, LOOK_MS));
            if (total != seen) {
                seen = total;
                quietSinceNs = System.nanoTime();
            }
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
