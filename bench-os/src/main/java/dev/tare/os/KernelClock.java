package dev.tare.os;

import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.machine.linux.LinuxCalls;
import dev.tare.machine.linux.LinuxCalls.Call;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A clock of the kernel that is read by a system call, not by the code that the kernel lends to programs (vDSO). */
@State(Scope.Thread)
public class KernelClock {
    /** Its number in linux/time.h. */
    enum Id {
        REALTIME(0),
        MONOTONIC(1),
        MONOTONIC_RAW(4);

        private final long number;

        Id(long number) {
            this.number = number;
        }
    }

    /** How far the raw clock and the one that is steered may have come apart since the machine started, in seconds each second. */
    private static final double MOST_STEERED = 0.01;

    /** Which one: {@code REALTIME}, {@code MONOTONIC} or {@code MONOTONIC_RAW}. */
    @Param({"MONOTONIC", "MONOTONIC_RAW", "REALTIME"})
    public String clock;

    private final ByteBuffer timespec =
            ByteBuffer.allocateDirect(2 * Long.BYTES).order(ByteOrder.nativeOrder());
    private Id id;
    private LinuxCalls calls;
    private long number;
    private long address;
    private long failure;

    /** Looks up what the system call needs. */
    @Setup(Level.Trial)
    public void open() {
        OsParameters.requireSystemCalls();
        id = OsParameters.clock(clock);
        calls = LinuxCalls.ofThisKernel();
        number = Call.CLOCK_GETTIME.number();
        address = ForeignFunctions.address(timespec);
    }

    boolean isOfTheWall() {
        return id == Id.REALTIME;
    }

    long readNs() {
        long result = calls.call(number, id.number, address, 0, 0, 0, 0);
        if (result != 0) {
            failure = result;
        }
        return TimeUnit.SECONDS.toNanos(timespec.getLong(0)) + timespec.getLong(Long.BYTES);
    }

    /** Fails when a call failed, or the clock is not the one that was meant: the JDK reads the same ones. */
    @TearDown(Level.Trial)
    public void check() {
        long beforeNs = ofJdkNs();
        long readNs = readNs();
        long afterNs = ofJdkNs();
        if (failure != 0) {
            throw new IllegalStateException(
                    "clock_gettime of " + id + ": expected 0, got " + LinuxCalls.error(failure));
        }
        double boundNs = id == Id.MONOTONIC_RAW ? MOST_STEERED * beforeNs : 0;
        if (!(beforeNs - boundNs <= readNs && readNs <= afterNs + boundNs)) {
            throw new IllegalStateException("clock_gettime of " + id + ": expected a time from " + beforeNs + " to "
                    + afterNs + " ns, give or take " + boundNs + ", got " + readNs);
        }
    }

    private long ofJdkNs() {
        if (isOfTheWall()) {
            Instant now = Instant.now();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }
        return System.nanoTime();
    }
}
