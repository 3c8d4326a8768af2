package dev.tare.os;

import dev.tare.harness.Facts;
import dev.tare.harness.results.ResponseTimes;
import dev.tare.machine.MachineFiles;
import dev.tare.machine.cpu.KernelThread;
import dev.tare.os.profile.OsProfiler;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** How much longer a thread slept than it asked. */
@State(Scope.Thread)
public class Overshoots {
    /** A thread that was woken by somebody else has not slept; JMH's own threads may leave a permit now and then. */
    private static final double MOST_EARLY_SHARE = 0.01;

    private static final long SOME = 10;

    private final ResponseTimes times = new ResponseTimes();
    private long early;

    /** Tells how late the kernel may be on purpose. */
    @Setup(Level.Trial)
    public void tellSlack(ThreadParams thread) {
        MachineFiles files = MachineFiles.ofThisMachine();
        Facts.print(
                thread,
                "timer-slack-ns",
                // Of its own slack alone a thread needs no privilege to read.
                KernelThread.current()
                        .flatMap(self -> files.words("proc/" + self.id() + "/timerslack_ns"))
                        .orElse("unknown"));
        Facts.print(thread, "clock-source", ClockReadings.source());
    }

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void clear() {
        times.clear();
        early = 0;
    }

    boolean isEmpty() {
        return times.count() == 0;
    }

    void woke(long askedNs, long sleptNs, boolean counts) {
        if (sleptNs < askedNs) {
            early++;
        } else if (counts) {
            times.record(sleptNs - askedNs);
        }
    }

    /** Hands them to the profiler; fails when threads woke up before their time. */
    @TearDown(Level.Iteration)
    public void record() {
        if (!(early <= SOME + MOST_EARLY_SHARE * times.count())) {
            throw new IllegalStateException("timers: expected threads to sleep as long as they asked, got " + early
                    + " that woke up early, beside " + times.count() + " that did not");
        }
        OsProfiler.RESULTS.record("overshoot", times);
    }
}
