import dev.tare.cpu.linpack.Linpack;
import dev.tare.cpu.lu.DenseSystem;
import dev.tare.cpu.lu.LuSolver;
import dev.tare.cpu.peak.FmaKernel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/** Our side of the comparison, with the protocol of peer.h: the work of the benchmarks, without JMH. */
final class CpuBatches {
    /** Of CPU time: on a busy machine the compiler needs longer. */
    private static final long WARM_UP_NS = 4_000_000_000L;
    private static final long BATCH_NS = 200_000_000L;
    private static final int MAX_SAMPLES = 100_000;
    private static final long SEED = 1988;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private interface BatchWork {
        /** Not timed. */
        default void prepare() {}

        /** Timed. */
        void run();

        /** Floating point operations of a run. */
        double operations();

        /** Throws when the last result is wrong. */
        default void check() {}
    }

    public static void main(String[] args) throws IOException {
        int size = Integer.parseInt(args[1]);
        BatchWork work =
                switch (args[0]) {
                    case "blocked" -> lu(size, 1);
                    case "blocked2" -> lu(size, 2);
                    case "ejml" -> ejml(size);
                    case "rolled" -> linpack(size, Linpack.Loops.ROLLED);
                    case "unrolled" -> linpack(size, Linpack.Loops.UNROLLED);
                    case "fma" -> multiplyAdds(size);
                    default -> throw new IllegalArgumentException("unknown work: " + args[0]);
                };
        while (THREADS.getCurrentThreadCpuTime() < WARM_UP_NS) {
            batch(work);
        }
        System.out.println(work.operations());
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            System.out.println(batch(work));
        }
    }

    private static String batch(BatchWork work) {
        double[] samplesS = new double[MAX_SAMPLES];
        long endNs = System.nanoTime() + BATCH_NS;
        long cpuNs = 0;
        int n = 0;
        do {
            work.prepare();
            long cpuStartNs = cpuNs();
            long startNs = System.nanoTime();
            work.run();
            samplesS[n++] = (System.nanoTime() - startNs) * 1e-9;
            cpuNs += cpuNs() - cpuStartNs;
        } while (n < MAX_SAMPLES && System.nanoTime() < endNs);
        work.check();
        Arrays.sort(samplesS, 0, n);
        return String.format(Locale.ROOT, "%.9g %.9g", samplesS[n / 2], cpuNs * 1e-9 / n);
    }

    private static long cpuNs() {
        long sum = 0;
        for (long id : THREADS.getAllThreadIds()) {
            sum += Math.max(0, THREADS.getThreadCpuTime(id));
        }
        return sum;
    }

    private static BatchWork lu(int order, int workers) {
        DenseSystem system = new DenseSystem(SEED, order);
        LuSolver solver = new LuSolver(order, workers);
        System.err.println(solver.kernel());
        double[] x = new double[order];
        return new BatchWork() {
            @Override
            public void prepare() {
                system.fillColumns(solver.matrix(), solver.leadingDimension());
                system.fillRightHandSide(x);
            }

            @Override
            public void run() {
                solver.solve(x);
            }

            @Override
            public double operations() {
                return DenseSystem.operations(order);
            }

            @Override
            public void check() {
                system.requireSolved(x);
            }
        };
    }

    private static BatchWork ejml(int order) {
        DenseSystem system = new DenseSystem(SEED, order);
        DMatrixRMaj a = new DMatrixRMaj(order, order);
        DMatrixRMaj b = new DMatrixRMaj(order, 1);
        DMatrixRMaj x = new DMatrixRMaj(order, 1);
        system.transposed().fillColumns(a.data, order);
        system.fillRightHandSide(b.data);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.lu(order);
        return new BatchWork() {
            @Override
            public void run() {
                solver.setA(a);
                solver.solve(b, x);
            }

            @Override
            public double operations() {
                return DenseSystem.operations(order);
            }

            @Override
            public void check() {
                system.requireSolved(x.data);
            }
        };
    }

    private static BatchWork linpack(int arraySize, Linpack.Loops loops) {
        Linpack linpack = new Linpack(SEED, arraySize, loops);
        System.err.println(linpack.kernel());
        return new BatchWork() {
            @Override
            public void prepare() {
                linpack.matgen();
            }

            @Override
            public void run() {
                linpack.dgefa();
                linpack.dgesl();
            }

            @Override
            public double operations() {
                return DenseSystem.operations(linpack.order());
            }

            @Override
            public void check() {
                linpack.requireSolved();
            }
        };
    }

    private static BatchWork multiplyAdds(int steps) {
        FmaKernel kernel = FmaKernel.widest();
        System.err.println(kernel.description());
        double[] values = new double[kernel.sums()];
        return new BatchWork() {
            @Override
            public void run() {
                kernel.step(steps, values);
            }

            @Override
            public double operations() {
                return 2.0 * steps * values.length;
            }
        };
    }

    private CpuBatches() {}
}
