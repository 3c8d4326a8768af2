package dev.tare.clock.profile;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockReading;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.client.DirectClock;
import dev.tare.clock.client.Discipline;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
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
 * Operations that bracket the true length of what JMH times, whatever the local clock says and however busy the machine
 * is: they ask the server just inside and just outside of the timed part. Run with {@code -si false}, so that JMH runs
 * no operation outside of it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1, time = 700, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
public class BracketedBench {
    private static final long WORK_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** A clock that asks the server for every reading, apart from the one that measures. */
    @State(Scope.Thread)
    public static class Truth {
        @Param("127.0.0.1:123")
        String server = "";

        private DirectClock clock;
        private ClockReading before;
        private ClockReading first;
        private ClockReading last;
        private long operations;
        private long shortestSumNs;
        long longestSumNs;

        @Setup
        public void open() {
            clock = DirectClock.open(
                    ClockAddress.parse(server, ClockTransport.UDP),
                    Discipline.standard().withRequests(1, 2));
        }

        @Setup(Level.Iteration)
        public void begin() {
            operations = 0;
            shortestSumNs = 0;
            longestSumNs = 0;
            before = read();
            first = before;
            last = before;
        }

        /** One line per iteration: the whole timed part, and the sum of the operations alone. */
        @TearDown(Level.Iteration)
        public void end() {
            ClockReading after = read();
            // In one piece: JMH forwards every piece on its own, and other lines would come between.
            System.out.print(String.format(
                    Locale.ROOT,
                    "%n# truth operations %d whole %d %d sum %d %d%n",
                    operations,
                    last.earliestNs() - first.latestNs(),
                    after.latestNs() - before.earliestNs(),
                    shortestSumNs,
                    longestSumNs));
        }

        @TearDown
        public void close() {
            clock.close();
        }

        ClockReading read() {
            return clock.read();
        }

        void work() {
            ClockReading entered = read();
            if (operations == 0) {
                first = entered;
            }
            ClockReading now = entered;
            while (now.earliestNs() < entered.latestNs() + WORK_NS) {
                now = read();
            }
            last = now;
            operations++;
            shortestSumNs += now.earliestNs() - entered.latestNs();
        }
    }

    /** Makes JMH time every single call, with work of no interest between the calls. */
    @State(Scope.Thread)
    public static class TruthOfCalls extends Truth {
        private ClockReading beforeCall;

        @Setup(Level.Invocation)
        public void untimed() {
            ClockReading entered = read();
            beforeCall = entered;
            while (beforeCall.earliestNs() < entered.latestNs() + WORK_NS / 4) {
                beforeCall = read();
            }
        }

        @TearDown(Level.Invocation)
        public void afterCall() {
            longestSumNs += read().latestNs() - beforeCall.earliestNs();
        }
    }

    @Benchmark
    public void work(Truth truth) {
        truth.work();
    }

    @Benchmark
    public void workBetweenFixtures(TruthOfCalls truth) {
        truth.work();
    }

    @Benchmark
    public void nothing() {}
}
