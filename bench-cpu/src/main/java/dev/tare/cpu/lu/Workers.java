package dev.tare.cpu.lu;

import dev.tare.harness.Joins;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A fixed team of threads, the caller among them, that do one job together step by step. */
final class Workers implements AutoCloseable {
    private static final int SPINS_BEFORE_YIELD = 10_000;

    private final int count;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final ExecutorService others;
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile int step;
    private volatile boolean abandoned;

    Workers(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("workers: expected at least 1, got " + count);
        }
        this.count = count;
        // A pool of no threads is not allowed; its threads start with the first job that needs them.
        this.others = Executors.newFixedThreadPool(Math.max(1, count - 1), this::newThread);
    }

    /** How many there are. */
    int count() {
        return count;
    }

    private Thread newThread(Runnable work) {
        Thread thread = new Thread(work, "lu-worker-" + (threads.size() + 1));
        thread.setDaemon(true);
        threads.add(thread);
        return thread;
    }

    /** Runs a job in all workers, numbered from 0, which is the caller, and returns when all have left it. */
    void run(IntConsumer job) {
        arrived.set(0);
        abandoned = false;
        CompletableFuture<?>[] running = new CompletableFuture<?>[count - 1];
        for (int i = 1; i < count; i++) {
            int worker = i;
            running[i - 1] = CompletableFuture.runAsync(() -> runOne(job, worker), others);
        }
        try {
            runOne(job, 0);
        } finally {
            CompletableFuture.allOf(running).join();
        }
    }

    private void runOne(IntConsumer job, int worker) {
        boolean finished = false;
        try {
            job.accept(worker);
            finished = true;
        } finally {
            if (!finished) {
                abandoned = true;
            }
        }
    }

    /**
     * Waits until all workers have come to the end of a step. Steps are short, so it spins, and yields when a worker is
     * late: in a guest its processor may have been taken away.
     *
     * @param betweenSteps done once, by the last to arrive
     * @return whether the job goes on: false when a worker has failed
     */
    @SuppressWarnings(
            "ThreadPriorityCheck") // only speed depends on the yield, which lets a late worker have the processor
    boolean awaitAll(Runnable betweenSteps) {
        int current = step;
        if (arrived.incrementAndGet() == count) {
            arrived.set(0);
            betweenSteps.run();
            step = current + 1;
            return !abandoned;
        }
        for (int spins = 0; step == current && !abandoned; spins++) {
            if (spins < SPINS_BEFORE_YIELD) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        return !abandoned;
    }

    /** Stops the threads and waits for their end. */
    @Override
    public void close() {
        others.shutdown();
        Joins.uninterruptibly(threads);
    }
}
