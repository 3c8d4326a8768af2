package dev.tare.clock.agent;

import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockStatus;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.NanoSource;
import dev.tare.clock.RemoteClock;
import dev.tare.harness.Timescale;
import java.util.Optional;
import java.util.OptionalLong;
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
     * Opens the clock, unless this JVM has one, warms it up, and lets records of iterations carry its time.
     *
     * @return false when the server did not answer; {@link #failure()} then says why
     */
    public static synchronized boolean open(ClockSettings settings) {
        if (clock == null && failure == null) {
            try {
                RemoteClock opened = settings.open();
                clock = opened;
                direct = settings.direct();
                if (!direct) {
                    warmUp(opened);
                }
                Timescale.use(new ServersTimescale(settings.label(), opened));
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

    private static synchronized NanoSource opened() {
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

    /** The server's time, for records of iterations. */
    private record ServersTimescale(String name, RemoteClock clock) implements Timescale {
        @Override
        public Reading now() {
            ClockReading reading = clock.read();
            return new Reading(
                    reading.midpointNs(),
                    reading.status() == ClockStatus.DISRUPTED
                            ? OptionalLong.empty()
                            : OptionalLong.of(reading.boundNs()));
        }
    }

    /** What JMH's generated code calls in place of {@link System#nanoTime()}. */
    public static final class Swapped {
        /** A constant to the compiler, which therefore inlines the clock; this class is first used when the clock is open. */
        private static final NanoSource SOURCE = opened();

        private Swapped() {}

        /** Nanoseconds on the remote timescale; only differences mean anything. */
        public static long nanoTime() {
            return SOURCE.nanoTime();
        }
    }
}
