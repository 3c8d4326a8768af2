package dev.tare.clock.profile;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.NanoSource;
import dev.tare.clock.RemoteClock.OpenInterval;
import dev.tare.clock.client.DirectClock;
import dev.tare.clock.client.Discipline;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Compares the local monotonic clock with a server for a while: its rate, its steps, its granularity and what a reading
 * costs.
 *
 * <p>The server is asked directly, at the ends of the audit and of slices of it, so nothing in the verdict leans on the
 * clock under audit.
 */
public final class ClockAudit {
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int READINGS = 200_000;
    private static final int ROUNDS = 10;

    private final DirectClock remote;
    private final NanoSource local;

    private ClockAudit(DirectClock remote, NanoSource local) {
        this.remote = remote;
        this.local = local;
    }

    /**
     * Audits {@link System#nanoTime()}.
     *
     * @param length how long; 30 s bound the rate to about 1 ppm over a local network
     * @throws ClockUnreachableException when the server is silent
     * @throws IllegalArgumentException when the audit is to be shorter than two seconds
     */
    public static AuditReport run(ClockAddress server, Duration length) throws InterruptedException {
        return run(server, length, System::nanoTime);
    }

    /** The same for another clock. */
    static AuditReport run(ClockAddress server, Duration length, NanoSource local) throws InterruptedException {
        if (length.compareTo(SLICE.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "clock audit: expected at least 2 s, got %.3g s; audit for longer",
                    length.toNanos() / 1e9));
        }
        try (DirectClock remote = DirectClock.open(server, Discipline.standard(), local)) {
            return new ClockAudit(remote, local).run(length);
        }
    }

    private AuditReport run(Duration length) throws InterruptedException {
        long granularityNs = granularityNs();
        double localReadNs = localReadNs();
        List<MeasuredInterval> slices = new ArrayList<>();
        OpenInterval whole = remote.beginInterval();
        ScheduledExecutorService pace =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "audit of the local clock"));
        try {
            for (long left = length.toSeconds(); left > 0; left--) {
                OpenInterval slice = remote.beginInterval();
                slices.add(pace.schedule(() -> remote.endInterval(slice), SLICE.toMillis(), TimeUnit.MILLISECONDS)
                        .get());
            }
        } catch (ExecutionException e) {
            throw new ClockUnreachableException(
                    "clock audit: expected readings of " + remote.server() + " until the end, got " + e.getCause()
                            + "; see whether the server still runs, and audit again",
                    new IOException(e));
        } finally {
            pace.shutdownNow();
        }
        return AuditReport.of(remote.server(), remote.endInterval(whole), slices, granularityNs, localReadNs);
    }

    /** Smallest step between readings that differ. */
    private long granularityNs() {
        long smallest = Long.MAX_VALUE;
        long last = local.nanoTime();
        for (int i = 0; i < READINGS; i++) {
            long now = local.nanoTime();
            if (now > last) {
                smallest = Math.min(smallest, now - last);
            }
            last = now;
        }
        return smallest;
    }

    /** Nanoseconds per reading, by the clock itself; the quickest of a few rounds, after the compiler. */
    private double localReadNs() {
        double quickest = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = local.nanoTime();
            for (int i = 1; i < READINGS; i++) {
                local.nanoTime();
            }
            quickest = Math.min(quickest, (double) (local.nanoTime() - begin) / READINGS);
        }
        return quickest;
    }
}
