package dev.tare.mem;

import dev.tare.harness.Facts;
import dev.tare.harness.ForkOptions;
import dev.tare.harness.HeapLimit;
import dev.tare.machine.memory.Machine;
import dev.tare.mem.kernel.RandomCycle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Latency of caches and memory: loads each of which needs the one before, along a random cycle through all cache lines
 * of a block. The score is nanoseconds per load.
 *
 * <p>Beyond the reach of the address translation caches every load walks page tables, and in a guest the nested tables
 * of the hypervisor besides: this is where virtualization shows first, and where huge pages help most. Building and
 * checking the cycle are outside the timed region; no prefetcher can guess the next line.
 *
 * <p>After the pointer chase of lmbench's lat_mem_rd by L. McVoy and C. Staelin.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class LatencyBench {
    private static final int LOADS = 1 << 16;
    private static final long FIRST_SEED = 64;

    /** Bytes of each thread's block, a multiple of a line of 64 bytes. */
    @Param({"4096", "16384", "65536", "262144", "1048576", "4194304", "16777216", "67108864", "268435456", "1073741824"
    })
    public String blockBytes;

    private RandomCycle cycle;

    /** Allocates this thread's block and lays the cycle through it. */
    @Setup(Level.Trial)
    public void allocate(BenchmarkParams benchmark, ThreadParams thread) {
        long bytes = MemParameters.cycleBytes(blockBytes, benchmark.getThreads(), HeapLimit.ofThisJvm());
        Facts.print(thread, "cache-level", Machine.caches().levelOf(bytes));
        Facts.print(thread, "memory-fits", Machine.memory().fits(bytes * benchmark.getThreads()));
        Facts.print(thread, "seed", FIRST_SEED);
        cycle = new RandomCycle(bytes, FIRST_SEED + thread.getThreadIndex());
    }

    /** With the pages that the system gives to everybody; the fact {@code huge-pages} says which these were. */
    @Benchmark
    @OperationsPerInvocation(LOADS)
    @Fork(
            value = 3,
            jvmArgsPrepend = {
                ForkOptions.LENIENT,
                ForkOptions.SERIAL_COLLECTOR,
                ForkOptions.SMALL_NURSERY,
                ForkOptions.MOST_OF_THE_MACHINE,
                ForkOptions.LINE_ALIGNMENT,
                ForkOptions.PLAIN_REFERENCES,
                ForkOptions.SMALL_PAGES
            })
    public Object load() {
        return cycle.follow(LOADS);
    }

    /** With huge pages, where the system gives them to those that ask. */
    @Benchmark
    @OperationsPerInvocation(LOADS)
    @Fork(
            value = 3,
            jvmArgsPrepend = {
                ForkOptions.LENIENT,
                ForkOptions.SERIAL_COLLECTOR,
                ForkOptions.SMALL_NURSERY,
                ForkOptions.MOST_OF_THE_MACHINE,
                ForkOptions.LINE_ALIGNMENT,
                ForkOptions.PLAIN_REFERENCES,
                ForkOptions.HUGE_PAGES
            })
    public Object loadHugePages() {
        return cycle.follow(LOADS);
    }

    /** Fails the trial when the cycle is not one, or the loads did not go along it. */
    @TearDown(Level.Trial)
    public void check(ThreadParams thread) {
        Facts.print(thread, "huge-pages", Machine.memory().hugePages());
        cycle.check();
    }
}
