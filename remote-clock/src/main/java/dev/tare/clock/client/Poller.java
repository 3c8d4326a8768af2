package dev.tare.clock.client;

import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.NanoSource;
import dev.tare.clock.estimate.ClockEstimator;
import dev.tare.clock.estimate.Estimate;
import dev.tare.harness.Joins;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server again and again: at first at once and quickly, until the local clock's rate is known, then in a
 * background thread.
 */
final class Poller implements AutoCloseable {
    private static final double GOOD_RATE_BOUND_PPM = 200;
    private static final long WORTH_WAITING_FOR_GOOD_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final Duration FIRST_POLL = Duration.ofMillis(20);

    private final NtpRequests requests;
    private final Regulator regulator;
    private final NanoSource local;
    private final Discipline discipline;
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable String failure;

    private Poller(String name, NtpRequests requests, Regulator regulator, NanoSource local, Discipline discipline) {
        this.requests = requests;
        this.regulator = regulator;
        this.local = local;
        this.discipline = discipline;
        this.thread = new Thread(this::runVisibly, name);
        thread.setDaemon(true);
    }

    /**
     * Returns once the rate is known; the thread runs from then on.
     *
     * @throws dev.tare.clock.ClockUnreachableException when the server brings no time
     */
    static Poller start(String name, NtpRequests requests, NanoSource local, Discipline discipline) {
        Regulator regulator = synchronize(requests, local, discipline);
        Poller poller = new Poller(name, requests, regulator, local, discipline);
        poller.thread.start();
        return poller;
    }

    private static Regulator synchronize(NtpRequests requests, NanoSource local, Discipline discipline) {
        ClockEstimator estimator =
                new ClockEstimator(discipline.wanderPpm(), discipline.window().toNanos());
        long beginNs = System.nanoTime();
        Estimate known;
        do {
            estimator.add(requests.burst(discipline.requestsPerPoll()));
            known = estimator.settled() ? estimator.estimate() : null;
        } while (!enough(known, discipline, System.nanoTime() - beginNs)
                && !requests.refused()
                && NtpRequests.pauseUnlessOver(beginNs, PATIENCE_NS));
        known = estimator.estimate();
        if (known == null) {
            throw requests.unreachable();
        }
        return new Regulator(estimator, known, local.nanoTime(), discipline);
    }

    private static boolean enough(@Nullable Estimate known, Discipline discipline, long waitedNs) {
        return known != null
                && (known.localRateBoundPpm() <= GOOD_RATE_BOUND_PPM + discipline.wanderPpm()
                        || (waitedNs > WORTH_WAITING_FOR_GOOD_NS && Regulator.rateIsUseful(known)));
    }

    /** What the polls teach. */
    Regulator regulator() {
        return regulator;
    }

    /** A thread that dies takes nothing along: the clock runs free, and says why. */
    private void runVisibly() {
        try {
            run();
        } catch (RuntimeException e) {
            regulator.runFree();
            failure = "the server is not polled any more: " + e;
            System.err.println(thread.getName() + ": expected to poll the server until the end, got " + e
                    + "; the clock runs free between direct readings, within a bound that grows");
        }
    }

    /** Why the thread ended before it was told to. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Polls often at first, when every poll still teaches much, then at the usual pace. */
    private void run() {
        Duration pause = FIRST_POLL;
        while (!closed) {
            regulator.take(requests.burst(discipline.requestsPerPoll()), local.nanoTime(), pause);
            await(pause.toNanos());
            Duration longer = pause.multipliedBy(5).dividedBy(4);
            pause = longer.compareTo(discipline.poll()) < 0 ? longer : discipline.poll();
        }
    }

    private void await(long pauseNs) {
        long beginNs = System.nanoTime();
        for (long leftNs = pauseNs; leftNs > 0 && !closed; leftNs = pauseNs - (System.nanoTime() - beginNs)) {
            LockSupport.parkNanos(this, leftNs);
        }
    }

    ExchangeCounts counts() {
        return requests.counts();
    }

    /** Ends the thread, waits for it, and closes its socket. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = Thread.interrupted();
        Joins.uninterruptibly(List.of(thread));
        requests.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
