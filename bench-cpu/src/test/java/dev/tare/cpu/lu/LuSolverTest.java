package dev.tare.cpu.lu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tare.machine.memory.CacheLevel;
import dev.tare.machine.memory.Caches;
import dev.tare.machine.memory.Machine;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LuSolverTest {
    private static final long SEED = 42;

    @Test
    void explicitVectorsAreChosenWhereTheirModuleIsPresent() {
        boolean isPresent =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertThat(LuSolver.fastestKernel().description()).startsWith(isPresent ? "vectors of" : "plain Java");
    }

    /** Every small order, then primes, powers of two and their neighbours, and widths of panels and tiles. */
    static Stream<Integer> orders() {
        return Stream.concat(
                IntStream.rangeClosed(1, 70).boxed(), Stream.of(96, 97, 127, 128, 129, 211, 255, 256, 257, 331, 512));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyOrderIsSolvedWithVectors(int order) {
        DenseSystem system = new DenseSystem(SEED, order);
        system.requireSolved(solve(system, 1, LuSolver.fastestKernel()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void everyOrderIsSolvedInPlainJava(int order) {
        DenseSystem system = new DenseSystem(SEED, order);
        system.requireSolved(solve(system, 1, new PlainTileKernel()));
    }

    @Test
    void numberOfWorkersDoesNotChangeABitOfTheSolution() {
        DenseSystem system = new DenseSystem(SEED, 403);
        double[] alone = solve(system, 1, LuSolver.fastestKernel());
        for (int workers = 2; workers <= 5; workers++) {
            assertThat(solve(system, workers, LuSolver.fastestKernel())).isEqualTo(alone);
        }
    }

    /** None, those of a phone, of a desktop, of a server, and what no processor has. */
    static Stream<Caches> caches() {
        return Stream.of(
                new Caches(List.of()),
                caches(16 << 10, 128 << 10),
                caches(32 << 10, 256 << 10),
                caches(48 << 10, 2 << 20),
                caches(1, 1),
                caches(1L << 40, 1L << 50));
    }

    private static Caches caches(long first, long second) {
        return new Caches(List.of(
                new CacheLevel(1, first, 1, OptionalLong.of(first)),
                new CacheLevel(2, second, 1, OptionalLong.of(second))));
    }

    @ParameterizedTest
    @MethodSource("caches")
    void everyMachinesCachesGiveBlocksThatSolve(Caches caches) {
        DenseSystem system = new DenseSystem(SEED, 700);
        for (TileKernel kernel : List.of(LuSolver.fastestKernel(), new PlainTileKernel())) {
            try (LuSolver solver = new LuSolver(700, 2, kernel, caches)) {
                system.requireSolved(solve(system, solver));
            }
        }
    }

    @Test
    void blocksFitTheCachesTheyAreReadFrom() {
        TileKernel kernel = LuSolver.fastestKernel();
        CacheBlocks blocks = CacheBlocks.of(4000, kernel, caches(32 << 10, 1 << 20));
        assertThat(blocks.panelWidth() * kernel.columns() * 8).isBetween(4 << 10, 16 << 10);
        assertThat(blocks.chunkColumns() * TileKernel.TOP_STEP * 8).isBetween(256 << 10, 512 << 10);
        assertThat(blocks.rowsAtOnce(blocks.panelWidth(), kernel.rows()) * blocks.panelWidth() * 8)
                .isBetween(32 << 10, 128 << 10);
    }

    @Test
    void solverIsUsedAgainAndAgain() {
        DenseSystem system = new DenseSystem(SEED, 150);
        try (LuSolver solver = new LuSolver(150, 2, LuSolver.fastestKernel(), Machine.caches())) {
            double[] first = solve(system, solver);
            assertThat(solve(system, solver)).isEqualTo(first);
        }
    }

    @Test
    void matrixThatNeedsARowInterchangeAtEveryStepIsSolved() {
        // Ones above the diagonal's mirror: without pivoting the first division would be by zero.
        int n = 100;
        try (LuSolver solver = new LuSolver(n, 1, LuSolver.fastestKernel(), Machine.caches())) {
            for (int i = 0; i < n; i++) {
                solver.matrix()[i + (n - 1 - i) * solver.leadingDimension()] = i + 1;
            }
            double[] x = IntStream.range(0, n).mapToDouble(i -> (i + 1) * 3.0).toArray();
            solver.solve(x);
            assertThat(x).containsOnly(3.0);
        }
    }

    @Test
    void singularMatrixIsRefusedByEveryNumberOfWorkers() {
        DenseSystem system = new DenseSystem(SEED, 300);
        for (int workers = 1; workers <= 3; workers++) {
            try (LuSolver solver = new LuSolver(300, workers, LuSolver.fastestKernel(), Machine.caches())) {
                fill(system, solver);
                for (int i = 0; i < 300; i++) {
                    solver.matrix()[i + 250 * solver.leadingDimension()] = 0;
                }
                assertThatExceptionOfType(ArithmeticException.class)
                        .isThrownBy(() -> solver.solve(new double[300]))
                        .withMessageContaining("singular")
                        .withMessageContaining("column 250");
                system.requireSolved(solve(system, solver));
            }
        }
    }

    @Test
    void notANumberIsRefused() {
        DenseSystem system = new DenseSystem(SEED, 90);
        try (LuSolver solver = new LuSolver(90, 1, LuSolver.fastestKernel(), Machine.caches())) {
            fill(system, solver);
            solver.matrix()[17 + 60 * solver.leadingDimension()] = Double.NaN;
            assertThatExceptionOfType(ArithmeticException.class)
                    .isThrownBy(() -> solver.solve(new double[90]))
                    .withMessageContaining("NaN");
        }
    }

    @Test
    void orderZeroAndNoWorkersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LuSolver(0, 1))
                .withMessage("order: expected at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LuSolver(10, 0))
                .withMessage("workers: expected at least 1, got 0");
    }

    @Test
    void closingEndsTheWorkers() {
        DenseSystem system = new DenseSystem(SEED, 200);
        solve(system, 3, LuSolver.fastestKernel());
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("lu-worker-"));
    }

    private static double[] solve(DenseSystem system, int workers, TileKernel kernel) {
        try (LuSolver solver = new LuSolver(system.order(), workers, kernel, Machine.caches())) {
            return solve(system, solver);
        }
    }

    private static double[] solve(DenseSystem system, LuSolver solver) {
        fill(system, solver);
        double[] x = new double[system.order()];
        system.fillRightHandSide(x);
        solver.solve(x);
        return x;
    }

    private static void fill(DenseSystem system, LuSolver solver) {
        system.fillColumns(solver.matrix(), solver.leadingDimension());
    }
}
