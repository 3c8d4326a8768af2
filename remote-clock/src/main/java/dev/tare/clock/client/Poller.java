package dev.tare.clock.client;

import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.NanoSource;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The background thread that asks the server again and again. */
final class Poller implements AutoCloseable {
    private static final Duration FIRST_POLL = Duration.ofMillis(20);

    private final Requests requests;
    private final Regulator regulator;
    private final NanoSource local;
    private final Discipline discipline;
    private final Thread thread;
    private volatile boolean closed;

    private Poller(String name, Requests requests, Regulator regulator, NanoSource local, Discipline discipline) {
        this.requests = requests;
        this.regulator = regulator;
        this.local = local;
        this.discipline = discipline;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    static Poller start(String name, Requests requests, Regulator regulator, NanoSource local, Discipline discipline) {
        Poller poller = new Poller(name, requests, regulator, local, discipline);
        poller.thread.start();
        return poller;
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
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        requests.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
