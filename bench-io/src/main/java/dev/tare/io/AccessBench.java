package dev.tare.io;

import dev.tare.harness.HeapLimit;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.profile.IoProfiler;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.OpenTarget;
import dev.tare.io.workload.SharedTarget;
import dev.tare.io.workload.SteadyState;
import dev.tare.io.workload.ThreadPart;
import dev.tare.io.workload.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * The access patterns that files, devices and LUNs are measured with: one completed I/O per call, {@code queueDepth} of
 * them outstanding in each thread; threads share the target and have equal parts of its working set.
 *
 * <p>Making, filling and verifying the working set are not measured. Blocks that were read are checked in a sample while
 * measuring, everything that was written in full afterwards; wrong, stale or short data fail the benchmark. Source: the
 * access specifications of Iometer.
 *
 * <p>With {@code ratePerS} requests come at that rate, whether earlier I/Os are done or not, as users' do: an I/O begins when
 * its request is due and one of the {@code queueDepth} slots is idle, and its response time counts from when it was due. A
 * target that stalls keeps waiting whoever comes meanwhile, which a closed loop hides, because it asks nothing then.
 *
 * <p>Plain throughput mode gives rates only: JMH adds up counters, so that none can carry an average or a maximum.
 * Response times (average, percentiles, maximum) and the CPU time of an I/O are secondary results of
 * {@link dev.tare.io.profile.IoProfiler}, which is on in every run of {@code benchmarks.jar} and is asked for by {@code -prof}
 * elsewhere. They are recorded in any case, so that it changes nothing in what is measured. Without it, the average of a thread
 * is {@code queueDepth} divided by its I/Os per second; {@code -bm sample} has JMH's own percentiles of a call, which is
 * one response at {@code queueDepth=1} only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public abstract class AccessBench {
    private @Nullable SharedTarget shared;
    private @Nullable OpenTarget opened;
    private @Nullable Workload workload;
    private ThreadPart part = ThreadPart.WHOLE;

    /**
     * Checks what can be checked without the target.
     *
     * @throws IllegalArgumentException when a parameter is not one that {@link #openTarget} takes
     */
    abstract void requireParameters(AccessParameters access, AccessSpec spec);

    /** What the threads work on, in turn. */
    abstract List<String> targets();

    /** Opens one of the {@link #targets()}; done once for all threads of a trial. */
    abstract OpenTarget openTarget(String one, AccessParameters access, AccessSpec spec) throws IOException;

    /**
     * Checks what can be checked without the target, for threads that have this memory together.
     *
     * @throws IllegalArgumentException when a parameter has no meaning
     */
    final void require(AccessParameters access, AccessSpec spec, int threads, HeapLimit heap) {
        access.require(threads, heap);
        requireParameters(access, spec);
        if (targets().size() > threads) {
            throw new IllegalArgumentException("target: expected at most as many as threads, one each, got "
                    + targets().size() + " for " + threads + "; give -t "
                    + targets().size());
        }
    }

    /** Joins the target, prepares this thread's part of it, and opens a queue. */
    @Setup
    public void open(AccessParameters access, SharedTarget target, ThreadParams threads, BenchmarkParams benchmark)
            throws IOException {
        try {
            prepare(access, target, threads, benchmark);
        } catch (IOException | RuntimeException | Error e) {
            target.fail();
            throw e;
        }
    }

    private void prepare(AccessParameters access, SharedTarget target, ThreadParams threads, BenchmarkParams benchmark)
            throws IOException {
        AccessSpec spec = spec(access, benchmark.getBenchmark(), benchmark::getParam);
        require(access, spec, threads.getThreadCount(), HeapLimit.ofThisJvm());
        Optional<SteadyState> rounds = SteadyState.of(access.steadyState);
        long limitS = benchmark.getTimeout().convertTo(TimeUnit.SECONDS);
        rounds.ifPresent(wanted -> wanted.requireWithin(limitS));
        List<String> all = targets();
        part = new ThreadPart(threads.getThreadIndex(), threads.getThreadCount(), all.size());
        OpenTarget joined = target.join(all, one -> openTarget(one, access, spec), access, part);
        shared = target;
        opened = joined;
        workload = Workload.open(joined.device(), access, spec, joined.mayBeFilled(), part);
        target.steady(rounds, workload, part);
    }

    /**
     * By the benchmark's name: a set-up cannot take the parameters of one benchmark without giving them to all.
     *
     * @param name class and method
     * @param parameters the value of a parameter of this benchmark
     */
    static AccessSpec spec(AccessParameters access, String name, UnaryOperator<String> parameters) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "sequentialRead" -> access.spec(100, 0);
            case "sequentialWrite" -> access.spec(0, 0);
            case "randomRead" -> access.spec(100, 100);
            case "randomWrite" -> access.spec(0, 100);
            case "discard" -> access.spec(0, 100).withDiscards();
            case "mixed" ->
                access.spec(
                        Integer.parseInt(parameters.apply("readPercent")),
                        Integer.parseInt(parameters.apply("randomPercent")));
            default -> throw new IllegalStateException("access pattern: expected a known one, got " + name);
        };
    }

    /** Begins to count response times and throughput anew, and the requests of an open loop. */
    @Setup(Level.Iteration)
    public void begin(SharedTarget target, IterationParams iteration) throws IOException {
        workload().beginIteration(iteration.getType() == IterationType.MEASUREMENT);
        target.beginIteration();
    }

    /** Reads in order. */
    @Benchmark
    public int sequentialRead(IoCounters counters, Control control) throws IOException {
        return step(counters, control);
    }

    /** Writes in order. */
    @Benchmark
    public int sequentialWrite(IoCounters counters, Control control) throws IOException {
        return step(counters, control);
    }

    /** Reads at random. */
    @Benchmark
    public int randomRead(IoCounters counters, Control control) throws IOException {
        return step(counters, control);
    }

    /** Writes at random. */
    @Benchmark
    public int randomWrite(IoCounters counters, Control control) throws IOException {
        return step(counters, control);
    }

    /**
     * Reads and writes, in order and at random.
     *
     * @param mix the proportions, here so that this benchmark has them as its parameters; {@link #open} looks at them
     */
    @Benchmark
    public int mixed(AccessParameters.Mix mix, IoCounters counters, MixCounters apart, Control control)
            throws IOException {
        boolean measured = counters.measures(control);
        int bytes = step(counters, measured);
        if (measured) {
            apart.completed(workload().lastCompleted(), bytes);
        }
        return bytes;
    }

    /**
     * Tells the target, block by block, that its content is no longer needed: BLKDISCARD on a device, a hole in a file, both with
     * JDK 22 or newer; UNMAP on a LUN. What was discarded is written again before each iteration; {@code
     * discardedAgainPercent} tells how many discards in a hundred met what was discarded already, because the iteration went
     * through the working set.
     */
    @Benchmark
    public int discard(IoCounters counters, Control control) throws IOException {
        return step(counters, control);
    }

    /** Hands over what was counted, then waits for what is outstanding. */
    @TearDown(Level.Iteration)
    public void end(SharedTarget target, IterationParams iteration) throws IOException {
        Optional<Double> achievedPercent = workload().endIteration(IoProfiler.RESULTS);
        target.endIteration(
                workload(), iteration.getType() == IterationType.MEASUREMENT ? achievedPercent : Optional.empty());
        workload().drain();
    }

    /** Checks every byte, if the content is known, and leaves the target. */
    @TearDown
    public void close() throws IOException {
        if (shared == null) {
            return;
        }
        try {
            if (workload != null) {
                workload.close();
            }
        } finally {
            shared.leave(Optional.ofNullable(workload), part);
        }
    }

    private int step(IoCounters counters, Control control) throws IOException {
        return step(counters, counters.measures(control));
    }

    private int step(IoCounters counters, boolean measured) throws IOException {
        try {
            int bytes = workload().step(measured);
            if (measured) {
                counters.completed(bytes);
            }
            return bytes;
        } catch (IOException e) {
            throw opened == null ? e : opened.explain(e);
        }
    }

    private Workload workload() {
        if (workload == null) {
            throw new IllegalStateException("work: expected it open, got none");
        }
        return workload;
    }
}
