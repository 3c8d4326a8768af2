package dev.tare.net.client;

import dev.tare.harness.HostPort;
import dev.tare.harness.Reasons;
import dev.tare.harness.RepeatedTask;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    private final PeerSession session;
    private final LongSupplier nanoClock;
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private final RepeatedTask checks;
    private @Nullable IOException broken;

    /** Watches by this machine's clock; no score depends on it. */
    public StallWatch(PeerSession session) {
        this(session, System::nanoTime);
    }

    StallWatch(PeerSession session, LongSupplier nanoClock) {
        this.session = session;
        this.nanoClock = nanoClock;
        this.checks = RepeatedTask.start("bench-net stall watch", PERIOD_MS, this::check, this::fail);
    }

    /**
     * Watches a stream from now on, until the handle is closed.
     *
     * @param channel is closed when nothing moves
     * @throws IOException when the watch has failed before: the reason, since nobody would watch the stream
     */
    public synchronized Watched watch(Closeable channel, Motion motion) throws IOException {
        if (broken != null) {
            throw new IOException("no stream can be watched any more: " + Reasons.of(broken), broken);
        }
        Watched stream = new Watched(channel, motion);
        watched.add(stream);
        return stream;
    }

    @Override
    public void close() {
        checks.close();
    }

    /** Looks at all streams now; runs by itself every second, and never twice at once. */
    synchronized void check() {
        try {
            for (Watched stream : watched) {
                stream.check();
            }
            session.ping();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    /** Whatever ends the watch ends the streams with it: none goes on unwatched. */
    private synchronized void fail(Throwable why) {
        IOException reason =
                why instanceof IOException e ? e : new IOException("the watch for stalled streams failed: " + why, why);
        broken = reason;
        checks.close();
        watched.forEach(stream -> stream.fail(reason));
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
                fail(new IOException("peer " + HostPort.text(session.peer()) + " has stalled: nothing moved for "
                        + STALL_MS + " ms; see whether it still runs and what is between"));
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
