package dev.tare.clock.server;

import dev.tare.clock.NanoSource;

/** The server's time: the wall clock at the start, carried on by a monotonic clock, so that it never steps. */
public final class ServerTimescale {
    private static final int GRANULARITY_STEPS = 100;
    private static final int FINEST_PRECISION = -29;

    private final NanoSource monotonic;
    private final long offsetNs;
    private final long startUnixNs;
    private final int precision;

    /** @param startUnixNs nanoseconds since 1970 that this timescale shows now */
    public ServerTimescale(NanoSource monotonic, long startUnixNs) {
        this.monotonic = monotonic;
        this.startUnixNs = startUnixNs;
        this.offsetNs = startUnixNs - monotonic.nanoTime();
        this.precision = precisionOf(monotonic);
    }

    /** Nanoseconds since 1970. */
    public long nowUnixNs() {
        return monotonic.nanoTime() + offsetNs;
    }

    /** What this timescale showed when the monotonic clock showed {@code monotonicNs}. */
    public long atUnixNs(long monotonicNs) {
        return monotonicNs + offsetNs;
    }

    long monotonicNs() {
        return monotonic.nanoTime();
    }

    long startUnixNs() {
        return startUnixNs;
    }

    int precision() {
        return precision;
    }

    /** The smallest step seen, as a power of two of seconds, rounded up. */
    private static int precisionOf(NanoSource clock) {
        long smallestNs = Long.MAX_VALUE;
        for (int i = 0; i < GRANULARITY_STEPS; i++) {
            long before = clock.nanoTime();
            long after = clock.nanoTime();
            while (after == before) {
                after = clock.nanoTime();
            }
            smallestNs = Math.min(smallestNs, after - before);
        }
        int exponent = (int) Math.ceil(Math.log(smallestNs / 1e9) / Math.log(2));
        return Math.max(FINEST_PRECISION, exponent);
    }
}
