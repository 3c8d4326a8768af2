package dev.tare.harness;

import java.util.List;

/** Waits for threads that have been told to end. */
public final class Joins {
    private Joins() {}

    /**
     * Returns when all have ended. An interrupt does not shorten the wait, because what the threads use is released after it;
     * the caller's thread is interrupted again when it returns.
     */
    public static void uninterruptibly(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
