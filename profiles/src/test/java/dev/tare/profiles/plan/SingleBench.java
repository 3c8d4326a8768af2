package dev.tare.profiles.plan;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A benchmark whose only parameter has only one default. */
@State(Scope.Thread)
public class SingleBench {
    @Param("4")
    public int size;

    @Benchmark
    public int one() {
        return size;
    }
}
