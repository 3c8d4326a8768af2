package dev.tare.io;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.Facts;
import dev.tare.io.file.CacheDoubt;
import dev.tare.io.file.FileRequest;
import dev.tare.io.file.FileTarget;
import dev.tare.io.origin.Memory;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.IoCounters;
import dev.tare.io.workload.Job;
import dev.tare.io.workload.MixParameters;
import dev.tare.io.workload.Throughput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
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
 * Sequential and random I/O on a file or a raw device: one completed I/O per call, {@code queueDepth} of them
 * outstanding in each thread; threads share the working set in equal parts.
 *
 * <p>Every request passes the block layers and the interrupts of the guest and of its host: small blocks show the cost
 * of a request, large ones the cost of moving bytes. Making, filling and verifying the file are not measured. What a
 * disk's or a storage server's own cache hides is measured with it, unless the working set is larger.
 *
 * <p>Blocks that were read are checked in a sample while measuring, everything written in full afterwards; wrong, stale
 * or short data fail the benchmark. Source: the access specifications of Iometer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 2, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class FileBench {
    /** A folder to make a file in, an existing file, or a block device. */
    @Param({"."})
    public String target = "";

    /** Whether to go around the page cache; the fact {@code direct} says whether that worked. */
    @Param({"true"})
    public boolean direct;

    /** Whether an existing file or an unused device may be overwritten. */
    @Param({"false"})
    public boolean overwrite;

    /** {@code iscsi} fails unless the kernel's iSCSI initiator provides the target; or {@code none}. */
    @Param({"none"})
    public String require = "";

    /** {@code iscsi} is the user's word for a disk whose origin this system cannot see; or {@code auto}. */
    @Param({"auto"})
    public String backing = "";

    private @Nullable FileTarget opened;
    private long workingSetBytes;
    private double fastestBytesPerS;
    private int users;

    /** Opens the target for the first thread that asks; the others share it. */
    private synchronized FileTarget open(AccessParameters access, boolean writes) throws IOException {
        if (opened == null) {
            workingSetBytes = access.workingSetBytes();
            opened = FileTarget.open(new FileRequest(
                    target, direct, overwrite, require, backing, workingSetBytes, access.queueDepth, writes));
            Map<String, String> facts = new LinkedHashMap<>(opened.device().facts());
            facts.put("seed", Long.toString(access.seed));
            facts.put("working-set-bytes", Long.toString(workingSetBytes));
            facts.put(
                    "memory-bytes",
                    Memory.totalBytes().isPresent()
                            ? Long.toString(Memory.totalBytes().getAsLong())
                            : "unknown");
            Facts.print(System.out, facts);
        }
        users++;
        return opened;
    }

    /**
     * The last thread closes the target. A shared tear-down would not do: JMH runs it when the first thread is done, and
     * others still verify what they wrote.
     */
    private synchronized void ended(double threadBytesPerS) throws IOException {
        fastestBytesPerS += threadBytesPerS;
        users--;
        if (users > 0 || opened == null) {
            return;
        }
        BlockDevice device = opened.device();
        List<String> doubts = CacheDoubt.of(opened, workingSetBytes, fastestBytesPerS);
        opened = null;
        fastestBytesPerS = 0;
        device.close();
        Facts.print(
                System.out,
                Map.of(
                        "may-have-been-cached",
                        doubts.isEmpty() ? "no sign of it" : "yes: " + String.join("; ", doubts)));
    }

    /** One thread's work. */
    @State(Scope.Thread)
    public static class Work {
        private final Throughput throughput = new Throughput();
        private @Nullable FileBench bench;
        private @Nullable Job job;

        void open(FileBench owner, AccessParameters access, int readPercent, int randomPercent, ThreadParams threads)
                throws IOException {
            FileTarget target = owner.open(access, readPercent < 100);
            bench = owner;
            job = Job.open(
                    target.device(),
                    access,
                    readPercent,
                    randomPercent,
                    target.isOurs() || readPercent < 100,
                    threads.getThreadIndex(),
                    threads.getThreadCount());
        }

        @Setup(Level.Iteration)
        public void begin() {
            job().workload().beginIteration();
            throughput.begin();
        }

        @TearDown(Level.Iteration)
        public void drain() throws IOException {
            throughput.end();
            job().workload().drain();
        }

        @TearDown
        public void close() throws IOException {
            try {
                job().close();
            } finally {
                if (bench != null) {
                    bench.ended(throughput.fastestBytesPerS());
                }
            }
        }

        int step(IoCounters counters) throws IOException {
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
    public static class Mixture extends Work {
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
    public int mixed(Mixture work, IoCounters counters) throws IOException {
        return work.step(counters);
    }
}
