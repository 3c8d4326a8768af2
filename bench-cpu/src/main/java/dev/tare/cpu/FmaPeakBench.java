package dev.tare.cpu;

import dev.tare.cpu.peak.FmaKernel;
import dev.tare.harness.Facts;
import dev.tare.harness.ForkOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Fused multiply-adds in registers: the most that a core can calculate, of which every LU score is a share.
 *
 * <p>It touches no memory. What a guest loses here it loses to stolen time and to the clock frequency alone; what it loses
 * more elsewhere is due to memory.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsPrepend = ForkOptions.VECTORS)
public class FmaPeakBench {
    /** Steps of every sum in a call: a few tenths of a millisecond. */
    private static final int STEPS = 100_000;

    /** Every sum takes 100 000 steps. */
    @Benchmark
    public double[] multiplyAdd(Sums sums, FlopRate rate, Control control) {
        rate.count(sums.operations, control);
        System.arraycopy(sums.starts, 0, sums.values, 0, sums.values.length);
        sums.kernel.step(STEPS, sums.values);
        return sums.values;
    }

    /** The sums of one thread. */
    @State(Scope.Thread)
    public static class Sums {
        private FmaKernel kernel;
        private double[] starts;
        private double[] values;
        private double operations;

        /** Starts every sum at another value. */
        @Setup(Level.Trial)
        public void start(ThreadParams threads) {
            kernel = FmaKernel.widest();
            Facts.print(threads, "kernel", kernel.description());
            starts = new double[kernel.sums()];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = 1 + i;
            }
            values = new double[starts.length];
            operations = 2.0 * STEPS * starts.length;
        }

        /** Takes the same steps one by one: every bit must be the same. */
        @TearDown(Level.Iteration)
        public void check() {
            for (int i = 0; i < starts.length; i++) {
                double expected = starts[i];
                for (int step = 0; step < STEPS; step++) {
                    expected = kernel.stepOnce(expected);
                }
                if (!(values[i] == expected)) {
                    throw new IllegalStateException("sum " + i + ": expected " + expected + ", got " + values[i]
                            + "; this processor or JVM miscalculates: do not use the score");
                }
            }
        }
    }
}
