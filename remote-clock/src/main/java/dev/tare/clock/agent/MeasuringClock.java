package dev.tare.clock.agent;

import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.NanoSource;
import dev.tare.clock.RemoteClock;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The one clock of a JVM that runs benchmarks. */
public final class MeasuringClock {
    /** Enough calls for the JIT compiler; else the first single shot would pay for the interpreter. */
    private static final int WARM_UP_READINGS = 20_000;

    /** Readings that generated code took from a direct clock. */
    private static final LongAdder DIRECT_READINGS = new LongAdder();

    private static @Nullable RemoteClock clock;
    private static boolean direct;
    private static @Nullable String failure;

    private MeasuringClock() {}

    /**
     * Opens the clock, unless this JVM has one, and warms it up.
     *
     * @return false when the server did not answer; {@link #failure()} then says why
     */
    public static synchronized boolean open(ClockSettings settings) {
        if (clock == null && failure == null) {
            try {
                clock = settings.open();
                direct = settings.direct();
                if (!direct) {
                    warmUp(clock);
                }
            } catch (ClockUnreachableException e) {
                failure = e.getMessage();
            }
        }
        return clock != null;
    }

    /** The clock, if it was opened. */
    public static synchronized Optional<RemoteClock> clock() {
        return Optional.ofNullable(clock);
    }

    /** Why the clock could not be opened. */
    public static synchronized Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Readings that generated code has taken so far from a direct clock; 0 with a disciplined one. */
    public static long directReadings() {
        return DIRECT_READINGS.sum();
    }

    static synchronized NanoSource opened() {
        RemoteClock source = clock;
        if (source == null) {
            throw new IllegalStateException("remote clock: expected it to be open before a benchmark runs, got "
                    + (failure == null ? "no attempt to open it" : failure));
        }
        if (!direct) {
            return source;
        }
        return () -> {
            DIRECT_READINGS.increment();
            return source.nanoTime();
        };
    }

    private static void warmUp(RemoteClock clock) {
        for (int i = 0; i < WARM_UP_READINGS; i++) {
            clock.nanoTime();
        }
    }
}
