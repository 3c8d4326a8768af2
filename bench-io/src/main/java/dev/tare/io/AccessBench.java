package dev.tare.io;

import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.IoCounters;
import dev.tare.io.workload.Job;
import dev.tare.io.workload.MixParameters;
import dev.tare.io.workload.OpenTarget;
import dev.tare.io.workload.SharedTarget;
import dev.tare.io.workload.Shares;
import dev.tare.io.workload.Throughput;
import java.io.IOException;
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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * The access patterns that files, devices and LUNs are measured with: one completed I/O per call, {@code queueDepth} of
 * them outstanding in each thread; threads share the target and have equal parts of its working set.
 *
 * <p>Making, filling and verifying the working set are not measured. Blocks that were read are checked in a sample while
 * measuring, everything that was written in full afterwards; wrong, stale or short data fail the benchmark. Source: the
 * access specifications of Iometer.
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
    private final Throughput throughput = new Throughput();
    private @Nullable SharedTarget shared;
    private @Nullable Job job;

    /**
     * Checks what can be checked without the target.
     *
     * @throws IllegalArgumentException when a parameter is not one that {@link #openTarget} takes
     */
    abstract void requireParameters(AccessParameters access, Shares shares);

    /** Opens the target; done once for all threads of a trial. */
    abstract OpenTarget openTarget(AccessParameters access, Shares shares) throws IOException;

    /** Joins the target, prepares this thread's part of it, and opens a queue. */
    @Setup
    public void open(AccessParameters access, SharedTarget target, ThreadParams threads, BenchmarkParams benchmark)
            throws IOException {
        Shares shares = shares(benchmark.getBenchmark(), benchmark::getParam);
        OpenTarget joined = target.join(() -> openTarget(access, shares), access);
        shared = target;
        job = Job.open(
                joined.device(),
                access,
                shares,
                joined.mayBeFilled(),
                threads.getThreadIndex(),
                threads.getThreadCount());
    }

    /**
     * By the benchmark's name: a set-up cannot take the parameters of one benchmark without giving them to all.
     *
     * @param name class and method
     * @param parameters the value of a parameter of this benchmark
     */
    static Shares shares(String name, UnaryOperator<String> parameters) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "sequentialRead" -> new Shares(100, 0);
            case "sequentialWrite" -> new Shares(0, 0);
            case "randomRead" -> new Shares(100, 100);
            case "randomWrite" -> new Shares(0, 100);
            case "mixed" ->
                new Shares(
                        Integer.parseInt(parameters.apply("readPercent")),
                        Integer.parseInt(parameters.apply("randomPercent")));
            default -> throw new IllegalStateException("access pattern: expected a known one, got " + name);
        };
    }

    /** Begins to count response times and throughput anew. */
    @Setup(Level.Iteration)
    public void begin() {
        job().workload().beginIteration();
        throughput.begin();
    }

    /** Reads in order. */
    @Benchmark
    public int sequentialRead(IoCounters counters) throws IOException {
        return step(counters);
    }

    /** Writes in order. */
    @Benchmark
    public int sequentialWrite(IoCounters counters) throws IOException {
        return step(counters);
    }

    /** Reads at random. */
    @Benchmark
    public int randomRead(IoCounters counters) throws IOException {
        return step(counters);
    }

    /** Writes at random. */
    @Benchmark
    public int randomWrite(IoCounters counters) throws IOException {
        return step(counters);
    }

    /**
     * Reads and writes, in order and at random.
     *
     * @param mix the proportions, here so that this benchmark has them as its parameters; {@link #open} looks at them
     */
    @Benchmark
    public int mixed(MixParameters mix, IoCounters counters) throws IOException {
        return step(counters);
    }

    /** Waits for what is outstanding; it counts nowhere. */
    @TearDown(Level.Iteration)
    public void drain() throws IOException {
        throughput.end();
        job().workload().drain();
    }

    /** Checks every byte, if the content is known, and leaves the target. */
    @TearDown
    public void close() throws IOException {
        if (shared == null) {
            return;
        }
        try {
            if (job != null) {
                job.close();
            }
        } finally {
            shared.leave(throughput.fastestBytesPerS());
        }
    }

    private int step(IoCounters counters) throws IOException {
        int bytes = job().workload().step();
        counters.completed(bytes);
        throughput.add(bytes);
        return bytes;
    }

    private Job job() {
        if (job == null) {
            throw new IllegalStateException("work: expected it open, got none");
        }
        return job;
    }
}
