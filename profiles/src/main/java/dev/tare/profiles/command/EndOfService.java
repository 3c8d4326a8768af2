package dev.tare.profiles.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a server stop cleanly on Ctrl-C and {@code kill}: it is closed, says its last words, and then the process ends. */
final class EndOfService {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);
    private final Runnable close;

    private EndOfService(Runnable close) {
        this.close = close;
    }

    /** Listens for the end of the process. */
    static EndOfService listen() {
        return closing(() -> {});
    }

    /** The same for a server whose own waiting ends when it is closed. */
    static EndOfService closing(Runnable close) {
        EndOfService end = new EndOfService(close);
        Runtime.getRuntime().addShutdownHook(new Thread(end::stop, "tare-end-of-service"));
        return end;
    }

    /** Waits until the process is asked to end. */
    void awaitRequest() throws InterruptedException {
        asked.await();
    }

    /** Says that the server is closed and that nothing more will be said. */
    void reached() {
        reached.countDown();
    }

    private void stop() {
        close.run();
        asked.countDown();
        try {
            reached.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
