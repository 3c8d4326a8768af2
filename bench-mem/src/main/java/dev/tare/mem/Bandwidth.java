package dev.tare.mem;

import dev.tare.harness.MeasuredCalls;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;

/** Bytes moved, in MB (10^6 bytes) per second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Bandwidth {
    private static final double BYTES_PER_MB = 1e6;

    /** Total over all threads. */
    public double bandwidthMBps;

    private int threads;

    /** Remembers among how many the total is shared. */
    @Setup(Level.Trial)
    public void count(BenchmarkParams benchmark) {
        threads = benchmark.getThreads();
    }

    /** Mean over the threads. */
    public double perThreadMBps() {
        return bandwidthMBps / threads;
    }

    /** Whether a call that begins now is measured, see {@link MeasuredCalls}. */
    boolean measures(Control control) {
        return MeasuredCalls.begins(control, bandwidthMBps == 0);
    }

    void moved(long bytes) {
        bandwidthMBps += bytes / BYTES_PER_MB;
    }
}
