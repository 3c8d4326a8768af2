package dev.tare.os;

import dev.tare.harness.Facts;
import dev.tare.machine.MachineFiles;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** What a thread has read from a clock, which is compared with the reading before. */
@State(Scope.Thread)
public class ClockReadings {
    private static final String SOURCE = "sys/devices/system/clocksource/clocksource0/current_clocksource";

    private long first;
    private long last;
    private long stepsBack;
    private long stepsBackOfWallClock;
    private long calls;

    /** What the kernel reads when it is asked for the time. */
    static String source() {
        return MachineFiles.ofThisMachine().words(SOURCE).orElse("unknown");
    }

    /** Tells the clock source. */
    @Setup(Level.Trial)
    public void begin(ThreadParams thread) {
        Facts.print(thread, "clock-source", source());
        first = Long.MIN_VALUE;
        last = Long.MIN_VALUE;
    }

    /** A reading of a clock that must not go back. */
    long monotonic(long reading) {
        if (reading < last) {
            stepsBack++;
        }
        return keep(reading);
    }

    /** A reading of a clock that may be set. */
    long ofWallClock(long reading) {
        if (reading < last) {
            stepsBackOfWallClock++;
        }
        return keep(reading);
    }

    private long keep(long reading) {
        if (first == Long.MIN_VALUE) {
            first = reading;
        }
        last = reading;
        return reading;
    }

    /** The next number: a method that is called and reads no clock. */
    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    long next() {
        return ++calls;
    }

    /** Fails when a monotonic clock went back, or any clock stood still. */
    @TearDown(Level.Trial)
    public void check(ThreadParams thread) {
        if (!(stepsBack == 0)) {
            throw new IllegalStateException(
                    "clock: expected readings that never go back, got " + stepsBack + " that did");
        }
        if (!(last > first || stepsBackOfWallClock > 0)) {
            throw new IllegalStateException(
                    "clock: expected it to go on, got " + first + " first and " + last + " last");
        }
        if (stepsBackOfWallClock > 0) {
            Facts.print(thread, "clock-set-back", stepsBackOfWallClock + " times");
        }
    }
}
