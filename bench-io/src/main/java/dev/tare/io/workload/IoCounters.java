package dev.tare.io.workload;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The physical rates of a benchmark, per second of measured time. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class IoCounters {
    /** Completed I/Os. */
    public long rateIOps;

    /** Megabytes of 10^6 bytes that were transferred. */
    public double bandwidthMBps;

    /** Counts one I/O. */
    public void completed(int bytes) {
        rateIOps++;
        bandwidthMBps += bytes * 1e-6;
    }
}
