package dev.tare.io;

import dev.tare.io.device.BlockDevice;
import dev.tare.io.device.DeviceException;
import dev.tare.io.device.Facts;
import dev.tare.io.iscsi.initiator.IscsiDevice;
import dev.tare.io.iscsi.initiator.LunAddress;
import dev.tare.io.iscsi.initiator.SessionOptions;
import dev.tare.io.iscsi.login.ChapFile;
import dev.tare.io.iscsi.login.Credentials;
import dev.tare.io.iscsi.pdu.PollMode;
import dev.tare.io.iscsi.target.EmbeddedTarget;
import dev.tare.io.workload.AccessParameters;
import dev.tare.io.workload.DeviceWork;
import dev.tare.io.workload.IoCounters;
import dev.tare.io.workload.MixParameters;
import dev.tare.io.workload.SharedDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * Sequential and random I/O on an iSCSI LUN through our own initiator: one completed I/O per call, with
 * {@code queueDepth} outstanding on one connection per thread.
 *
 * <p>Data centres hand disks to guests this way, and the guest then pays for every block in its network path: its virtual
 * network device, the copies and interrupts of both kernels, the wake-ups of its threads. The initiator is in user space,
 * so that the same code runs in every guest, without kernel module and without root; the guest's own block layer is
 * excluded. What the target's caches hide is not measured, unless the working set is larger than they are.
 *
 * <p>Source: Iometer's access specifications; RFC 7143.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class IscsiBench {
    private static final String EMBEDDED = "iscsi:embedded";

    /**
     * {@code iscsi://[user[%secret]@]host[:port][+host[:port]...]/iqn.../lun}; or {@code iscsi:embedded} for a target of
     * our own in memory, {@code iscsi:embedded:FOLDER} for one in a file there.
     */
    @Param({EMBEDDED})
    public String target = "";

    /** Whether a LUN that is not ours may be written: its content is lost. Without, it is only read, and not verified. */
    @Param({"false"})
    public boolean overwrite;

    /** CRC32C digests: {@code none}, {@code header}, {@code data} or {@code both}. */
    @Param({"none"})
    public String digests = "";

    /** {@code wait} sleeps until the target answers, {@code busy} spins: shorter latencies for a whole core. */
    @Param({"wait"})
    public String poll = "";

    /** File with CHAP names and secrets, or {@code none}; keeps them out of command line and results. */
    @Param({"none"})
    public String chapFile = "";

    private @Nullable SharedDevice device;
    private boolean ours;

    @Setup
    public void open(AccessParameters access) throws IOException {
        SessionOptions options = options();
        boolean embedded = target.equals(EMBEDDED) || target.startsWith(EMBEDDED + ":");
        ours = embedded || overwrite;
        Path folder = embedded && !target.equals(EMBEDDED) ? Path.of(target.substring(EMBEDDED.length() + 1)) : null;
        if (embedded) {
            EmbeddedTarget process = EmbeddedTarget.start(access.workingSetBytes(), folder);
            try {
                device = new SharedDevice(connect(process.url(), options, access), process);
            } catch (IOException e) {
                process.close();
                throw e;
            }
        } else {
            device = new SharedDevice(connect(target, options, access), () -> {});
        }
    }

    private BlockDevice connect(String url, SessionOptions options, AccessParameters access) throws IOException {
        LunAddress address = LunAddress.parse(url);
        BlockDevice opened = IscsiDevice.open(address, options.withCredentials(credentials(address)));
        Map<String, String> facts = new LinkedHashMap<>(opened.facts());
        facts.put("seed", Long.toString(access.seed));
        facts.put("content", ours ? "written by us and verified" : "not ours, not verified");
        Facts.print(System.out, facts);
        return opened;
    }

    private SessionOptions options() {
        boolean both = digests.equals("both");
        if (!both && !digests.equals("none") && !digests.equals("header") && !digests.equals("data")) {
            throw new IllegalArgumentException("digests: expected none, header, data or both, got " + digests);
        }
        if (!poll.equals("wait") && !poll.equals("busy")) {
            throw new IllegalArgumentException("poll: expected wait or busy, got " + poll);
        }
        return SessionOptions.plain()
                .withDigests(both || digests.equals("header"), both || digests.equals("data"))
                .withPoll(PollMode.valueOf(poll.toUpperCase(Locale.ROOT)));
    }

    private @Nullable Credentials credentials(LunAddress address) throws IOException {
        if (!chapFile.equals("none")) {
            return ChapFile.read(Path.of(chapFile));
        }
        if (address.user() == null) {
            return null;
        }
        if (address.secret() == null) {
            throw new IllegalArgumentException("target: expected a secret for user " + address.user()
                    + ", got none; write user%secret@ or give a chapFile");
        }
        return new Credentials(address.user(), address.secret(), null);
    }

    private SharedDevice device(boolean writes) throws IOException {
        if (device == null) {
            throw new IllegalStateException("device: expected it open, got none");
        }
        if (writes && !ours) {
            throw new DeviceException(
                    LunAddress.withoutSecret(target),
                    "overwrite=true for a benchmark that writes",
                    "overwrite=false",
                    "set it only if everything on the LUN may be lost");
        }
        return device;
    }

    @TearDown
    public void close() throws IOException {
        if (device != null) {
            device.close();
        }
    }

    /** A thread's work; JMH makes one of the kinds below for each benchmark. */
    public static class Work extends DeviceWork {
        final void open(
                IscsiBench bench, AccessParameters access, int readPercent, int randomPercent, ThreadParams threads)
                throws IOException {
            open(bench.device(readPercent < 100), access, readPercent, randomPercent, bench.ours, threads);
        }
    }

    /** Reads in order. */
    public static class SequentialReads extends Work {
        @Setup
        public void open(IscsiBench bench, AccessParameters access, ThreadParams threads) throws IOException {
            open(bench, access, 100, 0, threads);
        }
    }

    /** Writes in order. */
    public static class SequentialWrites extends Work {
        @Setup
        public void open(IscsiBench bench, AccessParameters access, ThreadParams threads) throws IOException {
            open(bench, access, 0, 0, threads);
        }
    }

    /** Reads at random. */
    public static class RandomReads extends Work {
        @Setup
        public void open(IscsiBench bench, AccessParameters access, ThreadParams threads) throws IOException {
            open(bench, access, 100, 100, threads);
        }
    }

    /** Writes at random. */
    public static class RandomWrites extends Work {
        @Setup
        public void open(IscsiBench bench, AccessParameters access, ThreadParams threads) throws IOException {
            open(bench, access, 0, 100, threads);
        }
    }

    /** Both, in the proportions of {@link MixParameters}. */
    public static class MixedWork extends Work {
        @Setup
        public void open(IscsiBench bench, AccessParameters access, MixParameters mix, ThreadParams threads)
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
