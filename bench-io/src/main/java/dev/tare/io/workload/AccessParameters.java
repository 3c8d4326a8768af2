package dev.tare.io.workload;

import dev.tare.io.pattern.AccessSpec;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The access specification of Iometer, as JMH parameters of the same names in every benchmark of this module. */
@State(Scope.Benchmark)
public class AccessParameters {
    /** Size of every I/O in bytes, a multiple of 4096. */
    @Param({"4096"})
    public int blockBytes;

    /** I/Os that each thread keeps outstanding, 1 to 256. */
    @Param({"1"})
    public int queueDepth;

    /** Size of the working set in bytes; {@code 512k}, {@code 256m}, {@code 1g} are powers of two. */
    @Param({"1g"})
    public String sizeBytes = "";

    /** Random positions are multiples of this many bytes; 0 means the block size. */
    @Param({"0"})
    public int align;

    /** Of the positions, of the mixture and of the content; printed as a fact. */
    @Param({"1"})
    public long seed;

    /** The specification with these shares of reads and of random positions. */
    AccessSpec spec(int readPercent, int randomPercent) {
        return new AccessSpec(blockBytes, align == 0 ? blockBytes : align, readPercent, randomPercent, seed);
    }

    /** The working set in bytes, in whole blocks. */
    public long workingSetBytes() {
        long bytes = ByteSize.parse("sizeBytes", sizeBytes);
        return bytes / blockBytes * blockBytes;
    }
}
