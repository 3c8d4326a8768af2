package dev.tare.clock.client;

import dev.tare.clock.NanoSource;
import java.util.concurrent.TimeUnit;

/**
 * How often a server may be asked after it sent a kiss-o'-death (RFC 5905, section 7.4).
 *
 * <p>RATE: at least a second passes from the beginning of one burst to that of the next, twice as much after each further
 * one, up to 64 s. It stays so as long as the clock is open, which is a few minutes: a client that hurried again would be
 * told off again. Any other code: never again. Measured on real time, whatever the clock under test says. Thread-safe.
 */
final class BackOff {
    private static final long FIRST_INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_INTERVAL_NS = TimeUnit.SECONDS.toNanos(64);

    private final NanoSource real;
    private long intervalNs;
    private long quietUntilNs;
    private boolean refused;

    BackOff(NanoSource real) {
        this.real = real;
        this.quietUntilNs = real.nanoTime();
    }

    /** Whether a burst may begin now; if so, it has begun. */
    synchronized boolean mayBegin() {
        long nowNs = real.nanoTime();
        if (refused || nowNs - quietUntilNs < 0) {
            return false;
        }
        quietUntilNs = nowNs + intervalNs;
        return true;
    }

    /** Takes a demand of the server to heart. */
    synchronized void heed(Exchanger.Kiss kiss) {
        refused |= !kiss.onlyTooFast();
        intervalNs = Math.min(LONGEST_INTERVAL_NS, Math.max(FIRST_INTERVAL_NS, 2 * intervalNs));
        quietUntilNs = real.nanoTime() + intervalNs;
    }

    /** Whether a burst may begin before so much time has passed. */
    synchronized boolean allowsWithin(long waitNs) {
        return !refused && quietUntilNs - real.nanoTime() <= waitNs;
    }

    /** Whether the server does not want to be asked ever again. */
    synchronized boolean isFinal() {
        return refused;
    }
}
