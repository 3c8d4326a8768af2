package dev.tare.net.peer;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Closes connections whose time is over; whoever reads from or writes to one then gets an exception. */
final class Deadlines implements AutoCloseable {
    private static final long CHECK_MS = 200;

    private final Map<SocketChannel, Long> deadlinesNs = new ConcurrentHashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "peer deadlines");
        thread.setDaemon(true);
        return thread;
    });

    private final ScheduledFuture<?> checks;
    private final Consumer<String> journal;

    /** Closes late connections from now on. */
    Deadlines(Consumer<String> journal) {
        this.journal = journal;
        checks = clock.scheduleWithFixedDelay(this::closeLate, CHECK_MS, CHECK_MS, TimeUnit.MILLISECONDS);
    }

    /** Gives a connection this much time from now on, whatever it had before. */
    void give(SocketChannel channel, Duration time) {
        deadlinesNs.put(channel, System.nanoTime() + time.toNanos());
    }

    /** Takes a connection's deadline away. */
    void lift(SocketChannel channel) {
        deadlinesNs.remove(channel);
    }

    @Override
    public void close() {
        checks.cancel(false);
        clock.shutdown();
    }

    private void closeLate() {
        long nowNs = System.nanoTime();
        deadlinesNs.forEach((channel, deadlineNs) -> {
            if (nowNs - deadlineNs > 0) {
                deadlinesNs.remove(channel);
                close(channel);
            }
        });
    }

    private void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            journal.accept(channel + " was late and could not be closed: " + e);
        }
    }
}
