package dev.tare.cpu;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * What the LINPACK program prints, as JMH's auxiliary counters.
 *
 * <p>JMH divides each by the measured seconds, which it takes from its own clock. The program's parts are timed by the local
 * one, whose absolute rate matters nowhere: it only divides the measured time into parts.
 */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
public class LinpackRates {
    private int threads;
    private int repetitions;
    private double operations;
    private double dgefaS;
    private double dgeslS;
    private double overheadS;

    /** Starts an iteration. */
    @Setup(Level.Iteration)
    public void reset(BenchmarkParams benchmark) {
        threads = benchmark.getThreads();
        repetitions = 0;
        operations = 0;
        dgefaS = 0;
        dgeslS = 0;
        overheadS = 0;
    }

    /** Whether nothing has been counted in this iteration. */
    boolean isEmpty() {
        return repetitions == 0;
    }

    /** Counts a repetition. */
    void add(double repetitionOperations, long overheadNs, long dgefaNs, long dgeslNs) {
        repetitions++;
        operations += repetitionOperations;
        overheadS += overheadNs * 1e-9;
        dgefaS += dgefaNs * 1e-9;
        dgeslS += dgeslNs * 1e-9;
    }

    /** GFLOP/s of dgefa and dgesl: the program's KFLOPS, which leave out the overhead. */
    public double rateGflops() {
        return operations * 1e-9 * (overheadS + dgefaS + dgeslS) / (dgefaS + dgeslS);
    }

    /** Repetitions per second, overhead included. */
    public double repetitionsPerS() {
        return repetitions;
    }

    /** Share of the time that the decomposition took. */
    public double dgefaPercent() {
        return 100 * dgefaS / threads;
    }

    /** Share of the time that the solution took. */
    public double dgeslPercent() {
        return 100 * dgeslS / threads;
    }

    /** Share of the time that took neither: making the matrix. */
    public double overheadPercent() {
        return 100 * overheadS / threads;
    }
}
