package dev.tare.harness.arrival;

import dev.tare.harness.arrival.ArrivalRate.Spacing;
import dev.tare.harness.results.ResponseTimes;
import dev.tare.harness.results.SecondaryResults;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.results.AggregationPolicy;

/**
 * When a thread's requests are due. A request that is late because an earlier one was not done has waited all the same: its
 * response time counts from when it was due, so that a target that stalls is charged for all whom it keeps waiting, not for one.
 *
 * <p>One thread uses it: {@link #begin}, then again and again {@link #await} or {@link #isDue} and {@link #take}, at last
 * {@link #end}. Nothing is allocated in between.
 *
 * <p>Source: Schroeder, Wierman, Harchol-Balter, "Open Versus Closed: A Cautionary Tale", NSDI 2006; G. Tene's "coordinated
 * omission".
 */
public final class Arrivals {
    /**
     * A thread that sleeps wakes up so late at worst on an idle machine: who waits for a time sleeps so much shorter and watches
     * the clock for the rest.
     */
    public static final long WATCHED_NS = 150_000;

    private static final double PERCENT = 100;

    private final double askedPerS;
    private final double gapNs;
    private final double offsetNs;
    private final Spacing spacing;
    private final SplittableRandom random;
    private long beginNs;
    private long taken;
    private double exponentialNs;
    private long dueNs;

    /**
     * A thread's share of a rate.
     *
     * @param thread from 0
     * @param seed of the distances, where they are random
     */
    public Arrivals(ArrivalRate rate, int thread, int threads, long seed) {
        askedPerS = rate.perS();
        gapNs = threads * 1e9 / rate.perS();
        offsetNs = gapNs * thread / threads;
        spacing = rate.spacing();
        random = new SplittableRandom(seed * 31 + thread);
    }

    /** Begins an iteration: what is due from now on. */
    public void begin(long nowNs) {
        beginNs = nowNs;
        taken = 0;
        exponentialNs = 0;
        dueNs = next();
    }

    /** When the next request is due, on the clock of {@link System#nanoTime()}. */
    public long dueNs() {
        return dueNs;
    }

    /** Whether a request is due. */
    public boolean isDue(long nowNs) {
        return dueNs - nowNs <= 0;
    }

    /** Waits until a request is due; an interrupt ends nothing. */
    public void await() {
        while (true) {
            long leftNs = dueNs - System.nanoTime();
            if (leftNs <= 0) {
                return;
            }
            if (leftNs > WATCHED_NS && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(leftNs - WATCHED_NS);
            } else {
                Thread.onSpinWait();
            }
        }
    }

    /** Takes the next request, which is due or will be, and tells when. */
    public long take() {
        long due = dueNs;
        taken++;
        dueNs = next();
        return due;
    }

    /**
     * Ends an iteration. Requests that are due and were not taken have waited at least until now, which is recorded as their
     * response time; {@code achievedPercent} tells how many of the requests that were due were taken, {@code askedPerS} the rate.
     *
     * @return {@code achievedPercent}
     */
    public double end(long nowNs, ResponseTimes responses, SecondaryResults results) {
        long served = taken;
        while (isDue(nowNs)) {
            responses.record(nowNs - take());
        }
        // That of all threads, each of which tells it: a sum would also add up the iterations.
        results.record("askedPerS", askedPerS, "requests/s", AggregationPolicy.AVG);
        double achievedPercent = taken == 0 ? PERCENT : PERCENT * served / taken;
        results.record("achievedPercent", achievedPercent, "%", AggregationPolicy.AVG);
        return achievedPercent;
    }

    private long next() {
        if (spacing == Spacing.CONSTANT) {
            return beginNs + Math.round(offsetNs + gapNs * taken);
        }
        exponentialNs -= gapNs * Math.log(1 - random.nextDouble());
        return beginNs + Math.round(exponentialNs);
    }
}
