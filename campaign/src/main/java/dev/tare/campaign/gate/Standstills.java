package dev.tare.campaign.gate;

import dev.tare.harness.Joins;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Notes when this JVM stood still, because it was stopped, its guest was paused, or others had the processors for long: a
 * thread that is woken twenty times a second, and was not.
 */
final class Standstills {
    private static final long BEAT_NS = TimeUnit.MILLISECONDS.toNanos(50);

    /** What a scheduler's queue and a collection of garbage explain is none. */
    private static final long SHORTEST_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private final LongSupplier clock;
    private final List<String> lines = new ArrayList<>();
    private final Thread thread = new Thread(this::beat, "campaign standstills");
    private volatile boolean ended;

    private Standstills(LongSupplier clock) {
        this.clock = clock;
    }

    /** Watches from now on. */
    static Standstills watch(LongSupplier clock) {
        Standstills standstills = new Standstills(clock);
        standstills.thread.setDaemon(true);
        standstills.thread.start();
        return standstills;
    }

    private void beat() {
        long beforeNs = clock.getAsLong();
        while (!ended) {
            LockSupport.parkNanos(BEAT_NS);
            long nowNs = clock.getAsLong();
            if (nowNs - beforeNs >= SHORTEST_NS) {
                lines.add("stood " + beforeNs + " " + nowNs);
            }
            beforeNs = nowNs;
        }
    }

    /** Ends the watch: lines {@code stood FROM TO}. */
    List<String> end() {
        ended = true;
        LockSupport.unpark(thread);
        Joins.uninterruptibly(List.of(thread));
        return lines;
    }
}
