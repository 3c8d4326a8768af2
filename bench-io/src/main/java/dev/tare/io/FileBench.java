package dev.tare.io;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.Facts;
import dev.tare.io.file.OwnFile;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.IoCounters;
import dev.tare.io.workload.Job;
import dev.tare.io.workload.MixParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Sequential and random I/O on a file or a raw device: one completed I/O per call, with {@code queueDepth} outstanding.
 *
 * <p>Every block goes through the guest's and then the hypervisor's block layer, its interrupts through both; small
 * blocks show the cost of a request, large ones the cost of moving bytes. File creation, filling and verification are
 * not measured; what a disk's or a storage server's own caches hide is, unless the working set is larger than they are.
 *
 * <p>Source: Iometer's access specifications.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class FileBench {
    /** A folder to make a file in. */
    @Param({"."})
    public String target = "";

    /** Whether to go around the page cache. */
    @Param({"true"})
    public boolean direct;

    private @Nullable BlockDevice device;

    @Setup
    public void open(AccessParameters access) throws IOException {
        BlockDevice opened = OwnFile.create(Path.of(target), access.workingSetBytes(), direct);
        device = opened;
        Map<String, String> facts = new LinkedHashMap<>(opened.facts());
        facts.put("seed", Long.toString(access.seed));
        Facts.print(System.out, facts);
    }

    @TearDown
    public void close() throws IOException {
        if (device != null) {
            device.close();
        }
    }

    /** A thread's work; JMH makes one of the kinds below for each benchmark. */
    @State(Scope.Thread)
    public static class Work {
        private @Nullable Job job;

        void open(FileBench bench, AccessParameters access, int readPercent, int randomPercent, ThreadParams threads)
                throws IOException {
            if (bench.device == null) {
                throw new IllegalStateException("device: expected it open, got none");
            }
            job = Job.open(
                    bench.device,
                    access,
                    readPercent,
                    randomPercent,
                    true,
                    threads.getThreadIndex(),
                    threads.getThreadCount());
        }

        @Setup(Level.Iteration)
        public void begin() {
            job().workload().beginIteration();
        }

        @TearDown(Level.Iteration)
        public void drain() throws IOException {
            job().workload().drain();
        }

        @TearDown
        public void close() throws IOException {
            job().close();
        }

        int step(IoCounters counters) throws IOException {
            int bytes = job().workload().step();
            counters.completed(bytes);
            return bytes;
        }

        private Job job() {
            if (job == null) {
                throw new IllegalStateException("work: expected it open, got none");
            }
            return job;
        }
    }

    /** Reads in order. */
    public static class SequentialReads extends Work {
        @Setup
        public void open(FileBench bench, AccessParameters access, ThreadParams threads) throws IOException {
            open(bench, access, 100, 0, threads);
        }
    }

    /** Writes in order. */
    public static class SequentialWrites extends Work {
        @Setup
        public void open(FileBench bench, AccessParameters access, ThreadParams threads) throws IOException {
            open(bench, access, 0, 0, threads);
        }
    }

    /** Reads at random. */
    public static class RandomReads extends Work {
        @Setup
        public void open(FileBench bench, AccessParameters access, ThreadParams threads) throws IOException {
            open(bench, access, 100, 100, threads);
        }
    }

    /** Writes at random. */
    public static class RandomWrites extends Work {
        @Setup
        public void open(FileBench bench, AccessParameters access, ThreadParams threads) throws IOException {
            open(bench, access, 0, 100, threads);
        }
    }

    /** Both, in the proportions of {@link MixParameters}. */
    public static class MixedWork extends Work {
        @Setup
        public void open(FileBench bench, AccessParameters access, MixParameters mix, ThreadParams threads)
                throws IOException {
            open(bench, access, mix.readPercent, mix.randomPercent, threads);
        }
    }

    @Benchmark
    public int sequentialRead(SequentialReads work, IoCounters counters) throws IOException {
        return work.step(counters);
    }

    @Benchmark
    public int sequentialWrite(SequentialWrites work, IoCounters counters) throws IOException {
        return work.step(counters);
    }

    @Benchmark
    public int randomRead(RandomReads work, IoCounters counters) throws IOException {
        return work.step(counters);
    }

    @Benchmark
    public int randomWrite(RandomWrites work, IoCounters counters) throws IOException {
        return work.step(counters);
    }

    @Benchmark
    public int mixed(MixedWork work, IoCounters counters) throws IOException {
        return work.step(counters);
    }
}
