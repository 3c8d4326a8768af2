package dev.tare.os;

import dev.tare.harness.MeasuredCalls;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * How late a thread wakes up that asked for a time, and what reading a clock costs.
 *
 * <p>A timer of a guest is set by leaving it (a write to the local APIC's deadline register), and its interrupt comes by way of the
 * host, whose own timer has to fire first; a processor that idles meanwhile has been given up and must be scheduled again by
 * the host, unless that polls for a while (halt_poll_ns). What a thread sleeps longer than it asked is {@code overshoot} of {@code
 * -prof os}, with its percentiles; on every Linux at least the slack by which the kernel may join timers is in it, which the
 * fact {@code timer-slack-ns} tells.
 *
 * <p>Clocks are read without a system call (vDSO) only from a clock source that a program can read: a guest whose source is
 * {@code hpet}, {@code acpi_pm} or {@code xen} pays for each reading with a system call, and most of all with an exit from the
 * guest. {@link #clockGettime} always makes the system call, so that it shows what such a guest would pay; {@link #emptyCall} is a
 * method call without a clock, the control of the others. The fact {@code clock-source} names the source.
 *
 * <p>Readings are checked in every call: a monotonic clock that goes back fails the trial.
 *
 * <p>Source: lmbench by L. McVoy and C. Staelin (lat_usleep), cyclictest of rt-tests.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class TimerBench {
    /** How long {@link #sleep} sleeps. */
    @State(Scope.Thread)
    public static class SleepTime {
        /** Milliseconds, because before JDK 21 a part of one is rounded up to a whole one. */
        @Param("1")
        public String sleepMs;

        private long ms;

        /** Reads the parameter. */
        @Setup(Level.Trial)
        public void read() {
            ms = OsParameters.sleepMs(sleepMs);
        }
    }

    /** How long {@link #parkNanos} waits. */
    @State(Scope.Thread)
    public static class ParkTime {
        /** Microseconds. */
        @Param({"50", "1000"})
        public String parkUs;

        private long ns;

        /** Reads the parameter. */
        @Setup(Level.Trial)
        public void read() {
            ns = TimeUnit.MICROSECONDS.toNanos(OsParameters.parkUs(parkUs));
        }
    }

    /** {@code Thread.sleep}. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public void sleep(SleepTime time, Overshoots overshoots, Control control) throws InterruptedException {
        boolean counts = MeasuredCalls.begins(control, overshoots.isEmpty());
        long beginNs = System.nanoTime();
        Thread.sleep(time.ms);
        overshoots.woke(TimeUnit.MILLISECONDS.toNanos(time.ms), System.nanoTime() - beginNs, counts);
    }

    /** {@code LockSupport.parkNanos}, on which locks with a limit and executors rest. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public void parkNanos(ParkTime time, Overshoots overshoots, Control control) {
        boolean counts = MeasuredCalls.begins(control, overshoots.isEmpty());
        long beginNs = System.nanoTime();
        LockSupport.parkNanos(time.ns);
        overshoots.woke(time.ns, System.nanoTime() - beginNs, counts);
    }

    /** {@code System.nanoTime}. */
    @Benchmark
    public long nanoTime(ClockReadings readings) {
        return readings.monotonic(System.nanoTime());
    }

    /** {@code System.currentTimeMillis}. */
    @Benchmark
    public long currentTimeMillis(ClockReadings readings) {
        return readings.ofWallClock(System.currentTimeMillis());
    }

    /** {@code Instant.now}, with what it costs to make an instant of it. */
    @Benchmark
    public long instantNow(ClockReadings readings) {
        Instant now = Instant.now();
        return readings.ofWallClock(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    }

    /** The system call {@code clock_gettime}, from JDK 22 on. */
    @Benchmark
    public long clockGettime(KernelClock clock, ClockReadings readings) {
        long reading = clock.readNs();
        return clock.isOfTheWall() ? readings.ofWallClock(reading) : readings.monotonic(reading);
    }

    /** A call that reads no clock: the control. */
    @Benchmark
    public long emptyCall(ClockReadings readings) {
        return readings.monotonic(readings.next());
    }
}
