package dev.tare.io.workload;

import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The shares of a mixed benchmark; the others do not carry these parameters. */
@State(Scope.Benchmark)
public class MixParameters {
    /** I/Os in a hundred that read; the others write. */
    @Param({"67"})
    public int readPercent;

    /** I/Os in a hundred whose position is random; the others are sequential. */
    @Param({"100"})
    public int randomPercent;
}
