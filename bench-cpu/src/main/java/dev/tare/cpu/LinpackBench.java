package dev.tare.cpu;

import dev.tare.cpu.linpack.Linpack;
import dev.tare.cpu.linpack.Loops;
import dev.tare.cpu.lu.DenseSystem;
import java.util.concurrent.TimeUnit;
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
            "--add-modules",
            "jdk.incubator.vector",
            MemoryLimit.MOST_OF_THE_MACHINE,
            // The option below does not exist on every JVM.
            "-XX:+IgnoreUnrecognizedVMOptions",
            // Columns begin at cache lines, which not every collector sees to by itself.
            "-XX:ObjectAlignmentInBytes=64"
        })
public class LinpackBench {
    /** The program's rolled loops. */
    @Benchmark
    public double[] rolled(Rolled series, LinpackRates rates, Control control) {
        return series.run(rates, control);
    }

    /** The program's unrolled loops. */
    @Benchmark
    public double[] unrolled(Unrolled series, LinpackRates rates, Control control) {
        return series.run(rates, control);
    }

    /** A series of repetitions on one thread's own array. */
    @State(Scope.Thread)
    public abstract static class Series {
        /** The program's N X N: even, at least 10; the order of the system is half of it. */
        @Param({"1000", "2000"})
        public long arraySize;

        /** Repetitions in a series; one in a warm-up iteration. */
        @Param("1")
        public long repetitions;

        /** No new repetition of a series begins after it. */
        @Param("1200")
        public long timeLimitS;

        private final Loops loops;
        private Linpack linpack;
        private double operations;
        private long limitNs;
        private long wanted;
        private long done;

        Series(Loops loops) {
            this.loops = loops;
        }

        /** Checks the parameters and allocates the array. */
        @Setup(Level.Trial)
        public void allocate(BenchmarkParams benchmark, ThreadParams threads) {
            int size = SystemSize.requireArraySize(arraySize, benchmark.getThreads(), MemoryLimit.ofThisJvm());
            SystemSize.requireRepetitions(repetitions);
            limitNs = TimeUnit.SECONDS.toNanos(SystemSize.requireTimeLimitS(timeLimitS));
            linpack = new Linpack(Facts.seed(threads), size, loops);
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
    public static class Rolled extends Series {
        /** Made by JMH. */
        public Rolled() {
            super(Loops.ROLLED);
        }
    }

    /** A series with unrolled loops. */
    public static class Unrolled extends Series {
        /** Made by JMH. */
        public Unrolled() {
            super(Loops.UNROLLED);
        }
    }
}
