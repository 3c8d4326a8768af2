package dev.tare.os;

import dev.tare.harness.BoundThread;
import dev.tare.harness.Joins;
import dev.tare.harness.Reasons;
import dev.tare.os.profile.OsProfiler;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.AggregationPolicy;

/**
 * Two bound threads, the calling one and a partner, that take turns: each wakes the other and waits until it is woken. All
 * methods are called by the thread that made it.
 */
final class HandOver implements Closeable {
    /** How a thread waits for its turn. */
    enum Waiting {
        /** Asleep in the kernel (futex). */
        PARKED,
        /** Awake, watching. */
        SPINNING
    }

    private static final int OWNERS = 0;
    private static final int PARTNERS = 1;
    private static final int ENDED = 2;
    private static final double LEAST_SWITCHED_SHARE = 0.9;

    private final Waiting waiting;
    private final Thread owner = Thread.currentThread();
    private final BoundThread ownerBound;
    private final Thread partner;
    private final BoundThread partnerBound;
    private volatile int turn = OWNERS;
    private volatile @Nullable Throwable failure;
    private final long switchesBefore;
    private long trips;

    /**
     * Binds the calling thread and starts a bound partner.
     *
     * @throws IOException when they cannot be bound, and why
     */
    HandOver(int ownProcessor, int partnersProcessor, Waiting waiting) throws IOException, InterruptedException {
        this.waiting = waiting;
        ownerBound = BoundThread.here(ownProcessor);
        CompletableFuture<BoundThread> bound = new CompletableFuture<>();
        partner = new Thread(() -> answer(bound, partnersProcessor), "hand-over partner");
        partner.setDaemon(true);
        partner.start();
        try {
            partnerBound = bound.get();
        } catch (ExecutionException | InterruptedException e) {
            endPartner();
            ownerBound.close();
            if (e instanceof InterruptedException interrupt) {
                throw interrupt;
            }
            throw new IOException("hand-over partner: " + Reasons.of(e), e);
        }
        switchesBefore = switches();
    }

    private void answer(CompletableFuture<BoundThread> binding, int processor) {
        try (BoundThread bound = BoundThread.here(processor)) {
            binding.complete(bound);
            while (await(PARTNERS)) {
                turn = OWNERS;
                wake(owner);
            }
            bound.check();
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
            binding.completeExceptionally(e);
            turn = ENDED;
            LockSupport.unpark(owner);
        }
    }

    /** Hands over and waits until it is handed back: two hand-overs. */
    void roundTrip() {
        turn = PARTNERS;
        wake(partner);
        if (!await(OWNERS)) {
            throw new IllegalStateException("hand-over partner: expected an answer, got " + failure);
        }
        trips++;
    }

    /** Returns true when it is a thread's turn, and false when there are no turns any more. */
    private boolean await(int own) {
        int now = turn;
        // Who hands over to a partner that has just failed would wait for ever.
        while (now != own && now != ENDED && failure == null) {
            if (waiting == Waiting.PARKED) {
                LockSupport.park(this);
            } else {
                Thread.onSpinWait();
            }
            now = turn;
        }
        return now == own;
    }

    private void wake(Thread other) {
        if (waiting == Waiting.PARKED) {
            LockSupport.unpark(other);
        }
    }

    /**
     * Tells how often the threads left their processors.
     *
     * @param alwaysSwitches whether every hand-over must take a thread from its processor
     * @throws IOException when a thread runs elsewhere than it was bound
     * @throws IllegalStateException when it must and did not
     */
    void check(boolean alwaysSwitches) throws IOException {
        long switches = switches() - switchesBefore;
        ownerBound.check();
        if (alwaysSwitches && !(switches >= 2 * trips * LEAST_SWITCHED_SHARE)) {
            throw new IllegalStateException("context switches: expected one for each of " + 2 * trips
                    + " hand-overs on one processor, got " + switches);
        }
        OsProfiler.RESULTS.record("contextSwitchesPercent", 100.0 * switches / (2 * trips), "%", AggregationPolicy.AVG);
    }

    private long switches() throws IOException {
        return ownerBound.contextSwitches() + partnerBound.contextSwitches();
    }

    /**
     * Ends the partner and lets the thread go.
     *
     * @throws IOException when the partner had failed
     */
    @Override
    public void close() throws IOException {
        endPartner();
        ownerBound.close();
        if (failure != null) {
            throw new IOException("hand-over partner: expected it to run to the end, got " + failure, failure);
        }
    }

    private void endPartner() {
        turn = ENDED;
        LockSupport.unpark(partner);
        Joins.uninterruptibly(List.of(partner));
    }
}
