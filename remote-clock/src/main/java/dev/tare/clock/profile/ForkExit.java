package dev.tare.clock.profile;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends a fork as failed. JMH keeps the iterations that were complete before a profiler objected, and would make a score
 * of them; only a fork that exits with another code than 0 takes its benchmark's score with it.
 */
final class ForkExit {
    private static final AtomicBoolean ARMED = new AtomicBoolean();

    private ForkExit() {}

    /** Lets JMH's thread, which is the current one, report the failure and end; then the JVM exits with code 1. */
    static void afterThisThread() {
        if (ARMED.compareAndSet(false, true)) {
            Thread main = Thread.currentThread();
            new Thread(() -> exitAfter(main), "exit after failure").start();
        }
    }

    private static void exitAfter(Thread main) {
        try {
            main.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.exit(1);
    }
}
