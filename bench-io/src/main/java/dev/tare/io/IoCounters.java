package dev.tare.io;

import dev.tare.harness.MeasuredCalls;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/** The physical rates of a benchmark, per second of measured time: of the calls that the score counts. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class IoCounters {
    /** Completed I/Os. */
    public long rateIOps;

    /** Megabytes of 10^6 bytes that were transferred. */
    public double bandwidthMBps;

    /** Whether a call that begins now is to be counted. */
    boolean measures(Control control) {
        return MeasuredCalls.begins(control, rateIOps == 0);
    }

    /** Counts one I/O. */
    void completed(int bytes) {
        rateIOps++;
        bandwidthMBps += bytes * 1e-6;
    }
}
