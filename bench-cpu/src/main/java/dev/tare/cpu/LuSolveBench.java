package dev.tare.cpu;

import dev.tare.cpu.lu.DenseSystem;
import dev.tare.cpu.lu.LuSolver;
import dev.tare.harness.Facts;
import dev.tare.harness.ForkOptions;
import dev.tare.harness.HeapLimit;
import dev.tare.harness.MeasuredCalls;
import java.util.concurrent.TimeUnit;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Solves a dense system of linear equations by LU decomposition with partial pivoting: the work of LINPACK and HPL.
 *
 * <p>Almost all of it is arithmetic in registers and caches, which a hypervisor leaves alone: what a guest loses here it
 * loses to stolen time, to nested paging of the matrix and to changed clock frequencies. Making the matrix is excluded
 * from the score. Every thread solves a system of its own. Source: Dongarra, Luszczek and Petitet, "The LINPACK
 * Benchmark: past, present and future", 2003, whose operation count and residual are used here.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 3,
        jvmArgsPrepend = {
            ForkOptions.LENIENT,
            ForkOptions.VECTORS,
            ForkOptions.MOST_OF_THE_MACHINE,
            // The matrix exceeds what the address translation caches reach with small pages.
            ForkOptions.HUGE_PAGES,
            // Packed strips begin at a cache line.
            ForkOptions.LINE_ALIGNMENT
        })
public class LuSolveBench {
    /** Seed of the first thread's system; each further thread takes the next one. */
    private static final long FIRST_SEED = 1988;

    /** EJML's row-wise LU solver: what a Java program without tuned kernels gets. */
    @Benchmark
    public double[] ejml(Ejml ejml, FlopRate rate, Control control) {
        rate.count(ejml.operations, control);
        if (!ejml.solver.setA(ejml.a)) {
            throw new IllegalStateException("EJML found a regular matrix singular: " + ejml.system);
        }
        ejml.solver.solve(ejml.b, ejml.x);
        return ejml.x.data;
    }

    /** Our own blocked solver on one core: what the processor gives. */
    @Benchmark
    public double[] blocked(Blocked blocked, FlopRate rate) {
        rate.add(blocked.isMeasured ? blocked.operations : 0);
        blocked.solver.solve(blocked.x);
        return blocked.x;
    }

    /** One system solved by several cores together: what a guest with several virtual processors gives. */
    @Benchmark
    public double[] blockedParallel(BlockedParallel blocked, FlopRate rate) {
        return blocked(blocked, rate);
    }

    /** The seed of this thread's system; the first one is printed. */
    static long seed(ThreadParams threads) {
        Facts.print(threads, "seed", FIRST_SEED);
        return FIRST_SEED + threads.getThreadIndex();
    }

    /** EJML's solver and what it works on. */
    @State(Scope.Thread)
    public static class Ejml {
        /** Number of equations; a {@code long}, so that a value beyond the JVM's arrays is refused with a reason. */
        @Param({"500", "1000", "2000"})
        public long order;

        private DenseSystem system;
        private double operations;
        private LinearSolverDense<DMatrixRMaj> solver;
        private DMatrixRMaj a;
        private DMatrixRMaj b;
        private DMatrixRMaj x;

        /** Checks the order and makes the matrix, by rows. */
        @Setup(Level.Trial)
        public void makeSystem(BenchmarkParams benchmark, ThreadParams threads) {
            int n = CpuParameters.order(
                    order, CpuParameters.MATRICES_OF_EJML * benchmark.getThreads(), HeapLimit.ofThisJvm());
            system = new DenseSystem(seed(threads), n);
            operations = DenseSystem.operations(n);
            a = new DMatrixRMaj(n, n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    a.unsafe_set(i, j, system.element(i, j));
                }
            }
            b = new DMatrixRMaj(n, 1);
            system.fillRightHandSide(b.data);
            x = new DMatrixRMaj(n, 1);
            solver = LinearSolverFactory_DDRM.lu(n);
        }

        /** Checks the last solution of the iteration by HPL's residual. */
        @TearDown(Level.Iteration)
        public void check() {
            system.requireSolved(x.data);
        }
    }

    /** Our solver with one worker. */
    @State(Scope.Thread)
    public static class Blocked {
        /** Number of equations; a {@code long}, so that a value beyond the JVM's arrays is refused with a reason. */
        @Param({"500", "1000", "2000"})
        public long order;

        private DenseSystem system;
        private double operations;
        private LuSolver solver;
        private double[] x;
        private boolean isFirst;
        private boolean isMeasured;

        /** Threads that solve one system together. */
        long workers() {
            return 1;
        }

        /** Checks the parameters and allocates the matrix. */
        @Setup(Level.Trial)
        public void allocate(BenchmarkParams benchmark, ThreadParams threads) {
            int n = CpuParameters.order(order, benchmark.getThreads(), HeapLimit.ofThisJvm());
            int team = CpuParameters.workers(workers());
            system = new DenseSystem(seed(threads), n);
            operations = DenseSystem.operations(n);
            x = new double[n];
            solver = new LuSolver(n, team);
            Facts.print(threads, "kernel", solver.kernel());
        }

        /** Forgets the calls of earlier iterations. */
        @Setup(Level.Iteration)
        public void begin() {
            isFirst = true;
        }

        /**
         * Makes the matrix again, which the solver overwrites; JMH leaves this out of the measured time. Whether the call is
         * measured is asked before: JMH decides that here, and other threads may end while the matrix is made.
         */
        @Setup(Level.Invocation)
        public void fill(Control control) {
            isMeasured = MeasuredCalls.begins(control, isFirst);
            isFirst &= !isMeasured;
            system.fillColumns(solver.matrix(), solver.leadingDimension());
            system.fillRightHandSide(x);
        }

        /** Checks the last solution of the iteration by HPL's residual. */
        @TearDown(Level.Iteration)
        public void check() {
            system.requireSolved(x);
        }

        /** Ends the workers. */
        @TearDown(Level.Trial)
        public void close() {
            solver.close();
        }
    }

    /** Our solver with several workers. */
    public static class BlockedParallel extends Blocked {
        /** Threads that solve one system together, at least 1. */
        @Param("2")
        public long workers;

        @Override
        long workers() {
            return workers;
        }
    }
}
