package dev.tare.cpu;

import dev.tare.harness.MeasuredCalls;
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

    /** Counts the floating point operations of a call; to be called when the call begins. */
    void count(double operations, Control control) {
        if (MeasuredCalls.begins(control, rateGflops == 0)) {
            add(operations);
        }
    }

    /** Adds the floating point operations of a measured call. */
    void add(double operations) {
        rateGflops += operations * 1e-9;
    }
}
