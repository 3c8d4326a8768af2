package dev.tare.mem;

import dev.tare.mem.machine.HeapArrays;
import dev.tare.mem.machine.Machine;
import dev.tare.mem.stream.ArrayBytes;
import dev.tare.mem.stream.DoubleArrays;
import dev.tare.mem.stream.StreamArrays;
import dev.tare.mem.stream.StreamKernels;
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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Sustained memory bandwidth: copy, scale, add and triad over arrays much larger than the caches.
 *
 * <p>One operation is one pass over the arrays of one thread; {@code bandwidthMBps} counts bytes as STREAM does: two
 * arrays for copy and scale, three for add and triad, and no byte that the hardware moves on its own. A hypervisor shows
 * here through nested page walks, small pages behind large ones, and neighbours on the same memory bus. Allocation,
 * first touch and check are outside the timed region.
 *
 * <p>STREAM-like, after J. D. McCalpin's definition: arrays of at least four times the last-level caches, first passes
 * dropped as warm-up, results replayed on scalars and compared.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "--add-modules=jdk.incubator.vector",
            "-XX:+UseSerialGC",
            "-Xmn32m",
            "-XX:MaxRAMPercentage=80",
            "-XX:ObjectAlignmentInBytes=64",
            "-XX:+UseTransparentHugePages"
        })
public class StreamBench {
    private static final double BYTES_PER_MB = 1e6;

    /**
     * Bytes of each of the three arrays of each thread, or {@code auto}: the threads' arrays together hold four times
     * the last-level caches. What is to be compared across machines should give a number.
     */
    @Param(ArrayBytes.AUTO)
    public String arrayBytes;

    private StreamArrays arrays;
    private double arrayMB;

    /** Allocates this thread's arrays and touches their pages. */
    @Setup(Level.Trial)
    public void allocate(BenchmarkParams benchmark, ThreadParams thread) {
        long bytes = ArrayBytes.of(arrayBytes, Machine.caches(), benchmark.getThreads());
        HeapArrays.requireRoom(
                "3 arrays for each of " + benchmark.getThreads() + " threads",
                Math.multiplyExact(bytes, 3L * benchmark.getThreads()));
        arrays = new DoubleArrays(Math.toIntExact(bytes / Double.BYTES), StreamKernels.onDoubles());
        arrayMB = bytes / BYTES_PER_MB;
        if (thread.getThreadIndex() == 0) {
            System.out.println("# fact array-bytes: " + bytes);
            System.out.println("# fact kernel: " + arrays.kernelName());
        }
    }

    /** c = a. */
    @Benchmark
    public void copy(Bandwidth bandwidth) {
        arrays.copy();
        bandwidth.bandwidthMBps += 2 * arrayMB;
    }

    /** c = 3 a. */
    @Benchmark
    public void scale(Bandwidth bandwidth) {
        arrays.scale();
        bandwidth.bandwidthMBps += 2 * arrayMB;
    }

    /** c = a + b. */
    @Benchmark
    public void add(Bandwidth bandwidth) {
        arrays.add();
        bandwidth.bandwidthMBps += 3 * arrayMB;
    }

    /** c = a + 3 b. */
    @Benchmark
    public void triad(Bandwidth bandwidth) {
        arrays.triad();
        bandwidth.bandwidthMBps += 3 * arrayMB;
    }

    /** Fails the trial when the last pass left anything but what scalars give. */
    @TearDown(Level.Trial)
    public void check() {
        arrays.check();
    }

    /** Bytes moved, in MB (10^6 bytes) per second. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Bandwidth {
        /** Total over all threads. */
        public double bandwidthMBps;
    }
}
