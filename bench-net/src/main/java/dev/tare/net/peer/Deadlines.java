package dev.tare.net.peer;

import dev.tare.harness.RepeatedTask;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Closes connections whose time is over; whoever reads from or writes to one then gets an exception. */
final class Deadlines implements AutoCloseable {
    private static final long CHECK_MS = 200;

    private final Map<SocketChannel, Long> deadlinesNs = new ConcurrentHashMap<>();
    private final Set<SocketChannel> late = ConcurrentHashMap.newKeySet();
    private final RepeatedTask checks;

    /** Closes late connections from now on. */
    Deadlines(Consumer<String> journal) {
        checks = RepeatedTask.start(
                "peer deadlines",
                CHECK_MS,
                this::closeLate,
                why -> journal.accept("a connection was late and could not be closed: " + why));
    }

    /** Gives a connection this much time from now on, whatever it had before. */
    void give(SocketChannel channel, Duration time) {
        deadlinesNs.put(channel, System.nanoTime() + time.toNanos());
    }

    /** Takes a connection's deadline away. */
    void lift(SocketChannel channel) {
        deadlinesNs.remove(channel);
    }

    /** Whether a connection was closed because it was late. */
    boolean wasLate(SocketChannel channel) {
        return late.contains(channel);
    }

    /** Keeps nothing of a connection that has ended. */
    void forget(SocketChannel channel) {
        lift(channel);
        late.remove(channel);
    }

    @Override
    public void close() {
        checks.close();
    }

    private void closeLate() throws IOException {
        long nowNs = System.nanoTime();
        Iterator<Map.Entry<SocketChannel, Long>> deadlines =
                deadlinesNs.entrySet().iterator();
        while (deadlines.hasNext()) {
            Map.Entry<SocketChannel, Long> deadline = deadlines.next();
            if (nowNs - deadline.getValue() > 0) {
                deadlines.remove();
                late.add(deadline.getKey());
                deadline.getKey().close();
            }
        }
    }
}
