package dev.tare.clock.profile;

import dev.tare.harness.Facts;
import dev.tare.harness.Timescale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Tells the time that a record of the iteration would carry. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 0)
@Measurement(iterations = 1, time = 1)
@Fork(1)
public class TimescaleBench {
    @Setup(Level.Iteration)
    public void tell() {
        Timescale.Reading reading = Timescale.inUse().now();
        Facts.print(
                "timescale",
                Timescale.inUse().name() + " at " + reading.epochNs() + " +- "
                        + reading.boundNs().orElseThrow());
    }

    @Benchmark
    public void nothing() {}
}
