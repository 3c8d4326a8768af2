package dev.tare.clock.agent;

import dev.tare.clock.NanoSource;

/** What JMH's generated code calls in place of {@link System#nanoTime()}. */
public final class SwappedClock {
    /** A constant to the compiler, which therefore inlines the clock; this class is first used when the clock is open. */
    private static final NanoSource SOURCE = MeasuringClock.opened();

    private SwappedClock() {}

    /** Nanoseconds on the remote timescale; only differences mean anything. */
    public static long nanoTime() {
        return SOURCE.nanoTime();
    }
}
