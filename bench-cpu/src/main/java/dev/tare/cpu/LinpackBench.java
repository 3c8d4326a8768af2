package dev.tare.cpu;

import dev.tare.cpu.linpack.Linpack;
import dev.tare.cpu.lu.DenseSystem;
import dev.tare.harness.Facts;
import dev.tare.harness.ForkOptions;
import dev.tare.harness.HeapLimit;
import dev.tare.harness.MeasuredCalls;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * The classic LINPACK program (Toy, 1988; Menninger, 1993), as the 2010 study ran it.
 *
 * <p>It works column by column, so that every element passes through memory again and again: where {@link LuSolveBench}
 * measures the core, this measures the core as far as caches and memory feed it, and nested paging of a matrix larger than
 * the caches. One call is a series of repetitions of matgen, dgefa and dgesl. The score counts series; the program's own
 * figures are the secondary results, and {@code rateGflops} is its KFLOPS, which leave out matgen.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 3,
        jvmArgsPrepend = {
            ForkOptions.LENIENT,
            ForkOptions.VECTORS,
            ForkOptions.MOST_OF_THE_MACHINE,
            // Columns begin at cache lines, which not every collector sees to by itself.
            ForkOptions.LINE_ALIGNMENT
        })
public class LinpackBench {
    /** The program's rolled loops. */
    @Benchmark
    public double[] rolled(RolledLoops series, LinpackRates rates, Control control) {
        return series.run(rates, control);
    }

    /** The program's unrolled loops. */
    @Benchmark
    public double[] unrolled(UnrolledLoops series, LinpackRates rates, Control control) {
        return series.run(rates, control);
    }

    /** A series of repetitions on one thread's own array. */
    @State(Scope.Thread)
    public abstract static class Repeated {
        /** The program's N X N: even, at least 10; the order of the system is half of it. */
        @Param({"1000", "2000"})
        public long arraySize;

        /** Repetitions in a series; one in a warm-up iteration. */
        @Param("1")
        public long repetitions;

        /** No new repetition of a series begins after it. */
        @Param("1200")
        public long timeLimitS;

        private final Linpack.Loops loops;
        private Linpack linpack;
        private double operations;
        private long limitNs;
        private long wanted;
        private long done;

        Repeated(Linpack.Loops loops) {
            this.loops = loops;
        }

        /** Checks the parameters and allocates the array. */
        @Setup(Level.Trial)
        public void allocate(BenchmarkParams benchmark, ThreadParams threads) {
            int size = CpuParameters.arraySize(arraySize, benchmark.getThreads(), HeapLimit.ofThisJvm());
            CpuParameters.repetitions(repetitions);
            limitNs = TimeUnit.SECONDS.toNanos(CpuParameters.timeLimitS(timeLimitS));
            linpack = new Linpack(LuSolveBench.seed(threads), size, loops);
            operations = DenseSystem.operations(linpack.order());
            Facts.print(threads, "order", linpack.order());
            Facts.print(threads, "kernel", linpack.kernel());
        }

        /** Decides how many repetitions the next series has. */
        @Setup(Level.Iteration)
        public void plan(IterationParams iteration) {
            wanted = iteration.getType() == IterationType.WARMUP ? 1 : repetitions;
            done = 0;
        }

        double[] run(LinpackRates rates, Control control) {
            boolean isMeasured = MeasuredCalls.begins(control, rates.isEmpty());
            long startNs = System.nanoTime();
            long nowNs = startNs;
            for (done = 0; done < wanted && (done == 0 || nowNs - startNs <= limitNs); done++) {
                long matgenNs = System.nanoTime();
                linpack.matgen();
                long dgefaNs = System.nanoTime();
                linpack.dgefa();
                long dgeslNs = System.nanoTime();
                linpack.dgesl();
                nowNs = System.nanoTime();
                if (isMeasured) {
                    rates.add(operations, dgefaNs - matgenNs, dgeslNs - dgefaNs, nowNs - dgeslNs);
                }
            }
            return linpack.solution();
        }

        /** Checks the last solution by HPL's residual, and says when the series was cut. */
        @TearDown(Level.Iteration)
        public void check() {
            if (done < wanted) {
                // Of any thread: each may be cut elsewhere, or alone.
                Facts.print("cut", done + " of " + wanted + " repetitions, no new one after " + timeLimitS + " s");
            }
            linpack.requireSolved();
        }
    }

    /** A series with rolled loops. */
    public static class RolledLoops extends Repeated {
        /** Made by JMH. */
        public RolledLoops() {
            super(Linpack.Loops.ROLLED);
        }
    }

    /** A series with unrolled loops. */
    public static class UnrolledLoops extends Repeated {
        /** Made by JMH. */
        public UnrolledLoops() {
            super(Linpack.Loops.UNROLLED);
        }
    }

    /**
     * What the LINPACK program prints, as JMH's auxiliary counters.
     *
     * <p>JMH divides each by the measured seconds, which it takes from its own clock. The program's parts are timed by the local
     * one, whose absolute rate matters nowhere: it only divides the measured time into parts.
     */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class LinpackRates {
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
}
