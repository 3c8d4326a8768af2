package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import dev.tare.harness.Parameters;
import dev.tare.harness.results.ResponseTimes;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.profile.NetProfiler;
import dev.tare.net.socket.SocketSettings;
import java.io.IOException;
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
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.results.AggregationPolicy;

/**
 * Latency under load: one request at a time, and its response, beside streams that keep the link busy.
 *
 * <p>An idle link hides how packets queue. A virtual network card, its host's bridge or a rate limit of the hypervisor holds
 * what it cannot carry yet, and whoever comes behind a long queue waits for all of it (bufferbloat); and a host that is busy with
 * one guest's bytes wakes up late for its next packet. Both show as the difference between the response times beside a stream
 * and those without.
 *
 * <p>Before every iteration round trips are made without load, {@code idle*}, and then until the load has had time to settle.
 * The iteration itself measures those under load, {@code loaded*}; its score are these. {@code induced*} is the difference of the
 * two distributions' average, median and 99th percentile, {@code loadSentMBps} and {@code loadReceivedMBps} what the streams moved
 * meanwhile. One thread: its round trips are a probe, more load comes from {@code loadStreams}. The streams' threads share
 * this machine's processors with the probe; on one processor they delay it too.
 *
 * <p>Source: flent's tcp_upload, tcp_download and RRUL; RFC 7928 on what queues do.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 3,
        jvmArgsPrepend = {SocketSettings.NATIVE_ACCESS, SocketSettings.DESCRIPTORS})
public class LatencyUnderLoadBench {
    private static final int MOST_STREAMS = 64;
    private static final int LONGEST_PHASE_MS = 60_000;

    /** Round trips that are measured, and the load that is switched on and off around them. */
    @State(Scope.Thread)
    public static class Probe {
        /** Size of the request, and of the response. */
        @Param("64")
        public String messageBytes;

        /** Which way the streams go, seen from this machine: {@code send}, {@code receive}, or both at once, {@code duplex}. */
        @Param("send")
        public String load;

        /** Streams in each of these directions, 1 to 64. */
        @Param("1")
        public String loadStreams;

        /** Size of the streams' messages, which also limits what of a stream is under way: 8 MiB from 4 KiB on. */
        @Param("65536")
        public String loadMessageBytes;

        /** How long round trips are made without load before every iteration. */
        @Param("500")
        public String idleMs;

        /** How long the streams go on before every iteration, so that queues are as long as they get. */
        @Param("500")
        public String settleMs;

        private final ResponseTimes idle = new ResponseTimes();
        private final ResponseTimes loaded = new ResponseTimes();
        private RoundTrips trips;
        private MeasuredStream stream;
        private BackgroundLoad streams;
        private int bytes;
        private long idleNs;
        private long settleNs;
        private long beganNs;
        private long sentBefore;
        private long receivedBefore;

        /** Opens the connection of the round trips and those of the load. */
        @Setup(Level.Trial)
        public void connect(PeerLink link, SocketParameters sockets, ThreadParams threads) throws IOException {
            requireOneThread(threads.getThreadCount());
            bytes = SocketBench.StreamParameters.messageBytes(messageBytes);
            idleNs = phaseNs("idleMs", idleMs);
            settleNs = phaseNs("settleMs", settleMs);
            TcpStream connection = link.session().openStream(Role.ECHO, options(bytes, sockets));
            trips = new RoundTrips.OverConnection(connection.channel(), bytes);
            stream = new MeasuredStream(link, connection.number(), trips, threads);
            streams = BackgroundLoad.open(
                    link,
                    direction(load),
                    streams(loadStreams),
                    options(SocketBench.StreamParameters.messageBytes("loadMessageBytes", loadMessageBytes), sockets));
            stream.tellGranted(connection.channel(), sockets.settings());
        }

        private static StreamOptions options(int messageBytes, SocketParameters sockets) {
            return new StreamOptions(messageBytes, StreamOptions.KERNEL_CHOOSES, true).with(sockets.settings());
        }

        /** Measures the idle link, and loads it. */
        @Setup(Level.Iteration)
        public void begin() throws IOException {
            stream.watch(trips.count());
            idle.clear();
            exchangeFor(idleNs, idle);
            streams.start();
            exchangeFor(settleNs, new ResponseTimes());
            loaded.clear();
            stream.beginCpu();
            sentBefore = streams.sentBytes();
            receivedBefore = streams.receivedBytes();
            beganNs = System.nanoTime();
        }

        /** At least one round trip. */
        private void exchangeFor(long durationNs, ResponseTimes times) throws IOException {
            long endNs = System.nanoTime() + durationNs;
            do {
                exchange(times);
            } while (System.nanoTime() - endNs < 0);
        }

        void exchange() throws IOException {
            exchange(loaded);
        }

        private void exchange(ResponseTimes times) throws IOException {
            long sentNs = System.nanoTime();
            try {
                trips.exchange();
            } catch (IOException e) {
                throw stream.explain(e, trips.count());
            }
            times.record(System.nanoTime() - sentNs);
        }

        /** Unloads the link, tells both distributions and their difference, and compares the counts of both ends. */
        @TearDown(Level.Iteration)
        public void end(CpuRates cpu) throws IOException {
            double tookS = (System.nanoTime() - beganNs) / 1e9;
            recordMBps("loadSentMBps", streams.sentBytes() - sentBefore, tookS);
            recordMBps("loadReceivedMBps", streams.receivedBytes() - receivedBefore, tookS);
            stream.endCpu(cpu);
            stream.unwatch();
            streams.stop();
            trips.verify();
            stream.compareCounts(trips.count().total() * bytes, "bytes");
            NetProfiler.RESULTS.record("idle", idle);
            NetProfiler.RESULTS.record("loaded", loaded);
            recordInducedUs("inducedAverageUs", loaded.averageNs() - idle.averageNs());
            recordInducedUs("inducedP50Us", (double) (loaded.percentileNs(50) - idle.percentileNs(50)));
            recordInducedUs("inducedP99Us", (double) (loaded.percentileNs(99) - idle.percentileNs(99)));
        }

        private static void recordInducedUs(String name, double inducedNs) {
            NetProfiler.RESULTS.record(name, inducedNs / 1e3, "us", AggregationPolicy.AVG);
        }

        /** A stream's rate is a condition of this benchmark, not what it is about: its unit is none of a primary counter. */
        private static void recordMBps(String name, long moved, double tookS) {
            if (moved > 0) {
                NetProfiler.RESULTS.record(
                        name, moved / SocketBench.BYTES_PER_MB / tookS, "10^6 bytes/s", AggregationPolicy.AVG);
            }
        }

        /** Ends the round trips and the load. */
        @TearDown(Level.Trial)
        public void disconnect() throws IOException {
            streams.close();
            stream.close();
        }
    }

    /** A round trip over TCP beside the load. */
    @Benchmark
    public void tcp(Probe probe, RoundTripBench.Rates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.roundTripsPerS == 0);
        probe.exchange();
        if (counts) {
            rates.roundTripsPerS++;
        }
    }

    static BackgroundLoad.Direction direction(String load) {
        return BackgroundLoad.Direction.valueOf(
                Parameters.oneOf("load", load, "send", "receive", "duplex").toUpperCase(Locale.ROOT));
    }

    static int streams(String loadStreams) {
        return (int) Parameters.wholeNumber("loadStreams", loadStreams, 1, MOST_STREAMS);
    }

    static long phaseNs(String name, String phaseMs) {
        return TimeUnit.MILLISECONDS.toNanos(Parameters.wholeNumber(name, phaseMs, 0, LONGEST_PHASE_MS));
    }

    static void requireOneThread(int threads) {
        if (threads != 1) {
            throw new IllegalArgumentException(
                    "LatencyUnderLoadBench: expected one thread, which makes the round trips, got " + threads
                            + "; run it with -t 1, and load the link with -p loadStreams=" + threads);
        }
    }
}
