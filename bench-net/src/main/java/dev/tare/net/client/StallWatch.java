package dev.tare.net.client;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Closes a stream on which nothing moves although something should, so that the thread that is blocked on it gets an
 * exception within seconds. Watching costs the measured thread nothing beyond the count that it writes anyway.
 *
 * <p>It also asks the peer for a sign of life every second; a peer that gives none makes all watched streams fail.
 */
public final class StallWatch implements AutoCloseable {
    private static final long PERIOD_MS = 1000;

    /** Nothing moves for so long: TCP itself recovers from lost packets in less. */
    private static final long STALL_MS = 5000;

    private final Session session;
    private final LongSupplier nanoClock;
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "bench-net stall watch");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> checks;

    /** Watches by this machine's clock; no score depends on it. */
    public StallWatch(Session session) {
        this(session, System::nanoTime);
    }

    StallWatch(Session session, LongSupplier nanoClock) {
        this.session = session;
        this.nanoClock = nanoClock;
        this.checks = clock.scheduleWithFixedDelay(this::check, PERIOD_MS, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Watches a stream from now on, until the handle is closed.
     *
     * @param channel is closed when nothing moves
     */
    public Watched watch(Closeable channel, Motion motion) throws IOException {
        Watched stream = new Watched(channel, motion);
        watched.add(stream);
        return stream;
    }

    @Override
    public void close() {
        checks.cancel(false);
        clock.shutdown();
    }

    /** Looks at all streams now; runs by itself every second, and never twice at once. */
    synchronized void check() {
        try {
            for (Watched stream : watched) {
                stream.check();
            }
            session.ping();
        } catch (IOException e) {
            watched.forEach(stream -> stream.fail(e));
            checks.cancel(false);
        }
    }

    /** How far a stream has come, in whatever unit; it may ask the peer. */
    public interface Motion {
        long total() throws IOException;
    }

    /** One stream that should move. */
    public final class Watched implements AutoCloseable {
        private final Closeable channel;
        private final Motion motion;
        private long seen;
        private long movedAtNs = nanoClock.getAsLong();
        private volatile @Nullable IOException failure;

        private Watched(Closeable channel, Motion motion) throws IOException {
            this.channel = channel;
            this.motion = motion;
            this.seen = motion.total();
        }

        /** Why the watch has closed the stream; empty when it has not. */
        public Optional<IOException> failure() {
            return Optional.ofNullable(failure);
        }

        @Override
        public void close() {
            watched.remove(this);
        }

        private void check() throws IOException {
            long total = motion.total();
            if (total != seen) {
                seen = total;
                movedAtNs = nanoClock.getAsLong();
            } else if (nanoClock.getAsLong() - movedAtNs > TimeUnit.MILLISECONDS.toNanos(STALL_MS)) {
                fail(new IOException("peer " + session.peer() + " has stalled: nothing moved for " + STALL_MS
                        + " ms; see whether it still runs and what is between"));
            }
        }

        private void fail(IOException why) {
            failure = why;
            watched.remove(this);
            try {
                channel.close();
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
    }
}
