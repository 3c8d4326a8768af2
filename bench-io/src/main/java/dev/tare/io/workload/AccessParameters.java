package dev.tare.io.workload;

import dev.tare.harness.HeapLimit;
import dev.tare.harness.Parameters;
import dev.tare.harness.arrival.ArrivalRate;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.pattern.BlockSizes;
import dev.tare.io.pattern.Popularity;
import java.nio.file.Path;
import java.util.Optional;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The access specification of Iometer, as JMH parameters of the same names in every benchmark of this module. */
@State(Scope.Benchmark)
public class AccessParameters {
    /** Largest {@link #queueDepth}. */
    public static final int MOST_OUTSTANDING = 256;

    private static final long MOST_BUFFER_BYTES = 1 << 30;

    /**
     * Size of every I/O, a multiple of 4096 bytes; {@code 4k} and {@code 1m} are powers of two, as in fio. Or a mixture:
     * {@code 4k/60:64k/40} has 60 I/Os in a hundred of 4 KiB, as fio's {@code bssplit}.
     */
    @Param({"4096"})
    public String blockBytes = "4096";

    /** I/Os that each thread keeps outstanding, 1 to 256. */
    @Param({"1"})
    public int queueDepth;

    /** Size of the working set. */
    @Param({"1073741824"})
    public String sizeBytes = "";

    /** Random positions are multiples of this many bytes; 0 means the block size, of a mixture the smallest. */
    @Param({"0"})
    public String align = "0";

    /**
     * Which random positions come how often: {@code uniform}, each once before any comes again; {@code zipf:THETA} or {@code
     * pareto:H}, as fio's {@code random_distribution}; or {@code hot:80/20}, 80 I/Os in a hundred to 20 blocks in a hundred.
     */
    @Param({"uniform"})
    public String access = "uniform";

    /**
     * I/Os that are requested per second, by all threads together, whether earlier ones are done or not; response times count
     * from the request. {@code closed} begins an I/O whenever one is done.
     */
    @Param({ArrivalRate.CLOSED})
    public String ratePerS = ArrivalRate.CLOSED;

    /** How requests follow each other with a {@link #ratePerS}: {@code constant} distances, or {@code poisson}. */
    @Param({ArrivalRate.CONSTANT})
    public String arrivals = ArrivalRate.CONSTANT;

    /**
     * When writes are durable: {@code none}, whenever the device likes; {@code dsync}, each when it is done (O_DSYNC, FUA of a LUN); {@code
     * fsync:N}, when the fsync is done that each thread calls after every N writes, having waited for them.
     */
    @Param({"none"})
    public String sync = "none";

    /**
     * What is done to the working set before measuring, besides writing it once where it may be written: {@code none}; {@code
     * fill} writes it a second time in order; {@code random} writes twice as much at random.
     */
    @Param({"none"})
    public String precondition = "none";

    /**
     * {@code snia} does the I/Os unmeasured, in a closed loop, in rounds of a second until five rounds are steady, at most 25;
     * {@code snia:60} in rounds of a minute; or {@code off}. The fact {@code steady-state} tells whether it was reached.
     */
    @Param({"off"})
    public String steadyState = "off";

    /**
     * A file for a line of CSV about each measured I/O, of at most a million of each thread; a further fork writes to a file with
     * a number behind the name. Or {@code none}.
     */
    @Param({"none"})
    public String log = "none";

    /** Of the positions, of the mixture and of the content; printed as a fact. */
    @Param({"1"})
    public long seed;

    /** The proportions of a mixed benchmark; the others do not carry these parameters. */
    @State(Scope.Benchmark)
    public static class Mix {
        /** I/Os in a hundred that read; the others write. */
        @Param({"67"})
        public int readPercent;

        /** I/Os in a hundred whose position is random; the others are sequential. */
        @Param({"100"})
        public int randomPercent;
    }

    /**
     * The specification of a benchmark with these proportions.
     *
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public AccessSpec spec(int readPercent, int randomPercent) {
        BlockSizes sizes = BlockSizes.of(blockBytes);
        int multiple = Parameters.bytes("align", align, 0, Integer.MAX_VALUE);
        return new AccessSpec(
                sizes,
                multiple == 0 ? sizes.leastBytes() : multiple,
                readPercent,
                false,
                randomPercent,
                Popularity.of(access),
                seed);
    }

    /**
     * The meaning of {@link #ratePerS} and {@link #arrivals}; empty for a closed loop.
     *
     * @throws IllegalArgumentException when they have none
     */
    public Optional<ArrivalRate> arrivalRate() {
        return ArrivalRate.of(ratePerS, arrivals);
    }

    /** The meaning of {@link #log}; empty when there is to be none. */
    Optional<Path> logPath() {
        return log.equals("none")
                ? Optional.empty()
                : Optional.of(Parameters.path("log", log).toAbsolutePath());
    }

    /**
     * Checks what every benchmark checks before its target is opened.
     *
     * @param threads that work on it together
     * @param heap of the JVM that is to measure
     * @throws IllegalArgumentException when a parameter has no meaning, or there is no room for the logs
     */
    public void require(int threads, HeapLimit heap) {
        arrivalRate();
        Durability.of(sync);
        SteadyState.of(steadyState);
        Parameters.oneOf("precondition", precondition, "none", "fill", "random");
        if (logPath().isPresent()) {
            heap.require("log: " + threads + " threads", threads * IoLog.BYTES, "fewer threads or log=none");
        }
    }

    /**
     * The working set in bytes, in whole blocks; call it before anything is opened or allocated.
     *
     * @throws IllegalArgumentException when a parameter is out of its range
     */
    public long workingSetBytes() {
        int block = spec(100, 100).mostBytes();
        Parameters.requireRange("queueDepth", queueDepth, 1, MOST_OUTSTANDING);
        if ((long) queueDepth * block > MOST_BUFFER_BYTES) {
            throw new IllegalArgumentException("blockBytes: expected at most " + MOST_BUFFER_BYTES / queueDepth
                    + " with queueDepth=" + queueDepth + ", got " + block);
        }
        long bytes = Parameters.bytes("sizeBytes", sizeBytes) / block * block;
        if (bytes < (long) queueDepth * block) {
            throw new IllegalArgumentException("sizeBytes: expected at least queueDepth=" + queueDepth + " blocks of "
                    + block + " bytes, got " + sizeBytes);
        }
        return bytes;
    }
}
