package dev.tare.cpu;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/** The physical quantity of the CPU benchmarks, which JMH prints beside the score. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class FlopRate {
    /** GFLOP done in the measured time; JMH divides it by the seconds of that time and prints GFLOP/s. */
    public double rateGflops;

    /**
     * Counts the floating point operations of a call; to be called when the call begins.
     *
     * <p>While several threads wait for each other, JMH runs calls before and after the measured time, and resets the
     * counters only before all of them. Counting these would overstate the rate by a call or two of each thread. The
     * control is shared: a thread that begins late still measures its first call when another has already stopped.
     */
    void count(double operations, Control control) {
        boolean firstCall = rateGflops == 0;
        if (control.startMeasurement && (firstCall || !control.stopMeasurement)) {
            rateGflops += operations * 1e-9;
        }
    }
}
