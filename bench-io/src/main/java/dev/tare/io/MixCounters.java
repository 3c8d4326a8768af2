package dev.tare.io;

import dev.tare.io.workload.Operation;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The physical rates of a mixed benchmark apart, beside those of {@link IoCounters} that hold both. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class MixCounters {
    /** Completed reads. */
    public long readIOps;

    /** Completed writes. */
    public long writeIOps;

    /** Megabytes of 10^6 bytes that were read. */
    public double readMBps;

    /** Megabytes of 10^6 bytes that were written. */
    public double writeMBps;

    /** Counts one I/O. */
    void completed(Operation operation, int bytes) {
        if (operation == Operation.READ) {
            readIOps++;
            readMBps += bytes * 1e-6;
        } else {
            writeIOps++;
            writeMBps += bytes * 1e-6;
        }
    }
}
