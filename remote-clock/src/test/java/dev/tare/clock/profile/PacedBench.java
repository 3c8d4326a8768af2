package dev.tare.clock.profile;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.client.DirectClock;
import dev.tare.clock.client.Discipline;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/**
 * Operations whose true length is known whatever the local clock says: each ends at the next tick of the server's clock,
 * which is asked until it shows that tick.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 2, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class PacedBench {
    static final double TICK_MS = 25;

    /** A clock that asks the server for every reading, apart from the one that measures. */
    @State(Scope.Thread)
    public static class Truth {
        private static final long TICK_NS = (long) (TICK_MS * 1e6);

        @Param("127.0.0.1:123")
        String server = "";

        private DirectClock clock;
        private long tick;

        @Setup
        public void open() {
            clock = DirectClock.open(
                    ClockAddress.parse(server, ClockTransport.UDP),
                    Discipline.standard().withRequests(1, 2));
        }

        /** The first operation of an iteration begins at a tick as well. */
        @Setup(Level.Iteration)
        public void align() {
            awaitTick();
        }

        @TearDown
        public void close() {
            clock.close();
        }

        /** Waits for the next tick and returns how many have passed since the last one seen here. */
        long awaitTick() {
            long before = tick;
            long asked = now();
            for (tick = asked; tick == asked; ) {
                tick = now();
            }
            return tick - before;
        }

        /** Counts from the current tick on. */
        void look() {
            tick = now();
        }

        private long now() {
            return clock.read().midpointNs() / TICK_NS;
        }
    }

    /** Time per tick is true however many ticks an operation misses on a busy machine. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Passed {
        public long ticks;
    }

    /** Makes JMH time every single call, with work of no interest between the calls. */
    @State(Scope.Thread)
    public static class Fixture {
        @Setup(Level.Invocation)
        public void untimed(Truth truth) {
            truth.awaitTick();
        }
    }

    @Benchmark
    public void tick(Truth truth, Passed passed) {
        passed.ticks += truth.awaitTick();
    }

    @Benchmark
    public void tickAfterFixture(Truth truth, Passed passed, Fixture fixture) {
        truth.look();
        passed.ticks += truth.awaitTick();
    }

    @Benchmark
    public void nothing() {}
}
