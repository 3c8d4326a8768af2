package dev.tare.clock.cost;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.client.Discipline;
import dev.tare.clock.client.DisciplinedClock;
import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a timestamp costs: the local clock, the disciplined clock, and the disciplined clock with its bound.
 *
 * <p>A disciplined timestamp is a local one and an affine map of it, so the difference is the map. Virtualization decides
 * what the local one costs: a time-stamp counter that guests may read takes 20 to 30 ns, one that traps takes
 * microseconds. The server runs in the same process; its share is one poll each 250 ms. Checked in
 * the tear-down: a reading must contain the server's time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TimestampBench {
    private ClockServer server;
    private DisciplinedClock clock;

    /** Starts a server and a clock that follows it. */
    @Setup
    public void open() throws IOException {
        server = ClockServer.start(ClockServerOptions.loopback().withPort(0));
        String host = server.addresses().get(0).getAddress().getHostAddress();
        clock = DisciplinedClock.open(new ClockAddress(host, server.port(), ClockTransport.UDP), Discipline.standard());
    }

    /** The control. */
    @Benchmark
    public long local() {
        return System.nanoTime();
    }

    /** The server's time. */
    @Benchmark
    public long disciplined() {
        return clock.nanoTime();
    }

    /** The server's time as an interval, with its status. */
    @Benchmark
    public void disciplinedWithBound(Blackhole blackhole) {
        ClockReading reading = clock.read();
        blackhole.consume(reading.earliestNs());
        blackhole.consume(reading.latestNs());
        blackhole.consume(reading.status());
    }

    /** Checks that the clock told the server's time, and closes both. */
    @TearDown
    public void close() {
        long beforeNs = server.timescale().nowUnixNs();
        ClockReading reading = clock.read();
        long afterNs = server.timescale().nowUnixNs();
        clock.close();
        server.close();
        if (!(reading.latestNs() >= beforeNs && reading.earliestNs() <= afterNs)) {
            throw new IllegalStateException("clock: expected a reading between " + beforeNs + " and " + afterNs
                    + " ns, got " + reading + "; declare a larger wander if this machine's clock is unsteady");
        }
    }
}
