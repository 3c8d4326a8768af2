package dev.tare.profiles.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and {@code kill} in the middle of a run: the fork in flight is stopped, what was measured is written, and only
 * then the process ends.
 */
public final class Interruption implements AutoCloseable {
    private static final Duration CHILDREN_GRACE = Duration.ofSeconds(5);
    private static final Duration WRITE_GRACE = Duration.ofSeconds(30);
    private static final Duration REPEAT = Duration.ofMillis(200);

    private final CountDownLatch written = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopForks, "tare-interruption");
    private volatile boolean requested;

    private Interruption() {}

    /** Listens from now on until it is closed. */
    public static Interruption listen() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    boolean requested() {
        return requested;
    }

    private void stopForks() {
        requested = true;
        long startNs = System.nanoTime();
        try {
            do {
                // Again and again, because a fork may have been on its way when the signal came.
                boolean patient = System.nanoTime() - startNs < CHILDREN_GRACE.toNanos();
                // A terminal's Ctrl-C reaches the forks as well, kill does not; one that ends already is not harmed.
                ProcessHandle.current()
                        .descendants()
                        .forEach(patient ? ProcessHandle::destroy : ProcessHandle::destroyForcibly);
            } while (!written.await(REPEAT.toMillis(), TimeUnit.MILLISECONDS)
                    && System.nanoTime() - startNs < WRITE_GRACE.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that everything is written; the process may end. */
    @Override
    public void close() {
        written.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException shuttingDown) {
                requested = true;
            }
        }
    }
}
