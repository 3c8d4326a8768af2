package dev.tare.mem;

import dev.tare.harness.Facts;
import dev.tare.harness.ForkOptions;
import dev.tare.harness.HeapLimit;
import dev.tare.machine.memory.Machine;
import dev.tare.mem.kernel.Block;
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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Bandwidth of caches: one block read, or written, again and again, never both.
 *
 * <p>One operation moves 1 MiB, or the whole block where it is larger, through the widest registers of the machine;
 * {@code bandwidthMBps} counts the bytes of the block. Small blocks stay in the core's own caches, which a hypervisor
 * leaves alone but for the time that it takes; large ones share caches with neighbours and need page walks. Nothing but
 * the block is touched in the timed region.
 *
 * <p>After RAMspeed's INTmark (longs) and FLOATmark (doubles) by R. M. Hollander and P. V. Bolotoff.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsPrepend = {
            ForkOptions.LENIENT,
            ForkOptions.VECTORS,
            ForkOptions.NO_BOUNDS_CHECK,
            ForkOptions.WAIT_FOR_COMPILER,
            ForkOptions.SERIAL_COLLECTOR,
            ForkOptions.SMALL_NURSERY,
            ForkOptions.MOST_OF_THE_MACHINE,
            ForkOptions.LINE_ALIGNMENT,
            ForkOptions.HUGE_PAGES
        })
public class BlockBench {
    /** Bytes of each thread's block, a multiple of 1 KiB. */
    @Param({
        "1024",
        "2048",
        "4096",
        "8192",
        "16384",
        "32768",
        "65536",
        "131072",
        "262144",
        "524288",
        "1048576",
        "2097152",
        "4194304",
        "8388608",
        "16777216",
        "33554432"
    })
    public String blockBytes;

    /** A thread's block. */
    @State(Scope.Thread)
    public abstract static class ThreadBlock {
        private Block<?> block;
        private long calls;

        abstract Block<?> allocate(long bytes);

        /** Allocates the block and touches its pages. */
        @Setup(Level.Trial)
        public void allocate(BlockBench bench, BenchmarkParams benchmark, ThreadParams thread) {
            block = allocate(bench.checkedBytes(benchmark, thread));
            Facts.print(thread, "kernel", block.kernel());
        }

        long read(Bandwidth bandwidth, Control control) {
            moved(bandwidth, control);
            return block.read();
        }

        void write(Bandwidth bandwidth, Control control) {
            moved(bandwidth, control);
            block.write();
        }

        private void moved(Bandwidth bandwidth, Control control) {
            if (bandwidth.measures(control)) {
                bandwidth.moved(block.bytesPerCall());
            }
            calls++;
        }

        /** Fails the trial when less was read or written than counted. */
        @TearDown(Level.Trial)
        public void check(BenchmarkParams benchmark, ThreadParams thread, ThreadShares shares) {
            Facts.print(thread, "huge-pages", Machine.memory().hugePages());
            shares.add(benchmark, thread, calls);
            block.check();
        }
    }

    /** A block of longs. */
    public static class LongBlock extends ThreadBlock {
        @Override
        Block<?> allocate(long bytes) {
            return Block.ofLongs(bytes);
        }
    }

    /** A block of doubles. */
    public static class DoubleBlock extends ThreadBlock {
        @Override
        Block<?> allocate(long bytes) {
            return Block.ofDoubles(bytes);
        }
    }

    /** Reads longs. */
    @Benchmark
    public long intRead(LongBlock longs, Bandwidth bandwidth, Control control) {
        return longs.read(bandwidth, control);
    }

    /** Writes longs. */
    @Benchmark
    public void intWrite(LongBlock longs, Bandwidth bandwidth, Control control) {
        longs.write(bandwidth, control);
    }

    /** Reads doubles. */
    @Benchmark
    public long floatRead(DoubleBlock doubles, Bandwidth bandwidth, Control control) {
        return doubles.read(bandwidth, control);
    }

    /** Writes doubles. */
    @Benchmark
    public void floatWrite(DoubleBlock doubles, Bandwidth bandwidth, Control control) {
        doubles.write(bandwidth, control);
    }

    private long checkedBytes(BenchmarkParams benchmark, ThreadParams thread) {
        long bytes = MemParameters.blockBytes(blockBytes, benchmark.getThreads(), HeapLimit.ofThisJvm());
        Facts.print(thread, "cache-level", Machine.caches().levelOf(bytes));
        Facts.print(thread, "memory-fits", Machine.memory().fits(bytes * benchmark.getThreads()));
        return bytes;
    }
}
