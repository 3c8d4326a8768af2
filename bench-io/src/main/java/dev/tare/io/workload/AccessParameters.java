package dev.tare.io.workload;

import dev.tare.harness.Parameters;
import dev.tare.harness.arrival.ArrivalRate;
import dev.tare.io.pattern.AccessSpec;
import dev.tare.io.pattern.BlockSizes;
import dev.tare.io.pattern.Popularity;
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
