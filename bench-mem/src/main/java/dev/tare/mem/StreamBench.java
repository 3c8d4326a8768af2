package dev.tare.mem;

import dev.tare.harness.Facts;
import dev.tare.harness.ForkOptions;
import dev.tare.harness.HeapLimit;
import dev.tare.machine.memory.Machine;
import dev.tare.mem.kernel.StreamArrays;
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
 * Sustained memory bandwidth: copy, scale, add and triad over arrays much larger than the caches.
 *
 * <p>One operation is one pass over the arrays of one thread; {@code bandwidthMBps} counts bytes as STREAM does: two
 * arrays for copy and scale, three for add and triad, and no byte that the hardware moves on its own. A hypervisor shows
 * here through nested page walks, small pages behind large ones, and neighbours on the same memory bus. Allocation,
 * first touch and check are outside the timed region.
 *
 * <p>STREAM-like, after J. D. McCalpin's definition, and RAMspeed's FLOATmem (doubles) and INTmem (longs): arrays of at
 * least four times the last-level caches, first passes dropped as warm-up, results replayed on scalars and compared.
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
public class StreamBench {
    /** What the arrays hold. */
    public enum ElementType {
        /** 64-bit floating point: STREAM and RAMspeed's FLOATmem. */
        DOUBLE,
        /** 64-bit integers: RAMspeed's INTmem. */
        LONG
    }

    /**
     * Bytes of each of the three arrays of each thread, or {@code auto}: the threads' arrays together hold four times
     * the last-level caches. A guest may see other caches than its host: what is to be compared across machines gives a
     * number, and the fact {@code stream-rule} says whether it is large enough here.
     */
    @Param(MemParameters.AUTO)
    public String arrayBytes;

    /** What the arrays hold. */
    @Param
    public ElementType elementType;

    private StreamArrays<?> arrays;
    private long oneArrayBytes;
    private long passes;

    /** Allocates this thread's arrays and touches their pages. */
    @Setup(Level.Trial)
    public void allocate(BenchmarkParams benchmark, ThreadParams thread) {
        int threads = benchmark.getThreads();
        long bytes = MemParameters.streamArrayBytes(arrayBytes, Machine.caches(), threads, HeapLimit.ofThisJvm());
        Facts.print(thread, "array-bytes", bytes);
        Facts.print(thread, "stream-rule", MemParameters.streamRule(bytes, Machine.caches(), threads));
        Facts.print(thread, "memory-fits", Machine.memory().fits(MemParameters.streamBytes(bytes, threads)));
        arrays = elementType == ElementType.DOUBLE ? StreamArrays.ofDoubles(bytes) : StreamArrays.ofLongs(bytes);
        Facts.print(thread, "kernel", arrays.kernel());
        oneArrayBytes = bytes;
    }

    /** c = a. */
    @Benchmark
    public void copy(Bandwidth bandwidth, Control control) {
        boolean measured = bandwidth.measures(control);
        arrays.copy();
        passed(bandwidth, measured ? 2 : 0);
    }

    /** c = 3 a. */
    @Benchmark
    public void scale(Bandwidth bandwidth, Control control) {
        boolean measured = bandwidth.measures(control);
        arrays.scale();
        passed(bandwidth, measured ? 2 : 0);
    }

    /** c = a + b. */
    @Benchmark
    public void add(Bandwidth bandwidth, Control control) {
        boolean measured = bandwidth.measures(control);
        arrays.add();
        passed(bandwidth, measured ? 3 : 0);
    }

    /** c = a + 3 b. */
    @Benchmark
    public void triad(Bandwidth bandwidth, Control control) {
        boolean measured = bandwidth.measures(control);
        arrays.triad();
        passed(bandwidth, measured ? 3 : 0);
    }

    private void passed(Bandwidth bandwidth, int arraysMoved) {
        bandwidth.moved(arraysMoved * oneArrayBytes);
        passes++;
    }

    /** Fails the trial when the last pass left anything but what scalars give. */
    @TearDown(Level.Trial)
    public void check(BenchmarkParams benchmark, ThreadParams thread, ThreadShares shares) {
        Facts.print(thread, "huge-pages", Machine.memory().hugePages());
        shares.add(benchmark, thread, passes);
        arrays.check();
    }
}
