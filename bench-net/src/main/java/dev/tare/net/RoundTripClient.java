package dev.tare.net;

import dev.tare.harness.Facts;
import dev.tare.harness.Parameters;
import dev.tare.harness.arrival.ArrivalRate;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.client.PeerSession.UdpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.profile.NetProfiler;
import dev.tare.net.socket.SocketSettings;
import dev.tare.net.stream.DatagramStatistics;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread that sends requests and waits for their responses, over whichever protocol. */
@State(Scope.Thread)
public abstract class RoundTripClient {
    /** Requests on their way at once, on one connection or UDP socket; one more than netperf's {@code -b}. */
    @Param("1")
    public String burst = "1";

    private NetworkChannel socket;
    private RoundTrips trips;
    private MeasuredStream stream;
    private RequestFlow flow;

    /** How this end waits for a response; the peer always blocks. */
    @State(Scope.Benchmark)
    public static class Waiting {
        static final String BLOCK = "block";

        /** {@code block}: the kernel wakes the thread, as programs usually wait. {@code spin}: the thread polls. */
        @Param(BLOCK)
        public String waiting;

        boolean blocks() {
            return blocks(waiting);
        }

        static boolean blocks(String waiting) {
            return Parameters.oneOf("waiting", waiting, BLOCK, "spin").equals(BLOCK);
        }
    }

    /** When requests are sent. */
    @State(Scope.Benchmark)
    public static class Arriving {
        /**
         * Requests per second of all threads together, which arrive whether earlier ones are answered or not, with response times
         * from when they were due; or {@code closed}: each begins when the one before is answered.
         */
        @Param(ArrivalRate.CLOSED)
        public String ratePerS = ArrivalRate.CLOSED;

        /** How requests at a rate follow each other: {@code constant} distances, or {@code poisson}. */
        @Param(ArrivalRate.CONSTANT)
        public String arrivals = ArrivalRate.CONSTANT;

        Optional<ArrivalRate> rate() {
            return ArrivalRate.of(ratePerS, arrivals);
        }
    }

    /** Over TCP. */
    @State(Scope.Thread)
    public static class OverTcp extends RoundTripClient {
        /** Size of the request, and of the response. */
        @Param({"1", "64", "1024", "4096", "65536"})
        public String messageBytes;

        private int bytes;

        /** On this connection the peer returns what it receives. */
        @Override
        Opened open(PeerLink link, SocketSettings settings, boolean blocks) throws IOException {
            bytes = SocketBench.StreamParameters.messageBytes(messageBytes);
            StreamOptions options = new StreamOptions(bytes, StreamOptions.KERNEL_CHOOSES, true).with(settings);
            TcpStream connection = link.session().openStream(Role.ECHO, options);
            connection.channel().configureBlocking(blocks);
            return new Opened(
                    connection.number(),
                    connection.channel(),
                    new RoundTrips.OverConnection(connection.channel(), bytes));
        }

        /** From here on round trips should be completed; the first thread begins to count processor time. */
        @Setup(Level.Iteration)
        public void begin() throws IOException {
            beginTrips();
        }

        /** Checks the last response whole, and the bytes that the peer returned. */
        @TearDown(Level.Iteration)
        public void end(CpuRates cpu) throws IOException {
            endTrips(cpu);
            compareCounts(completed() * bytes);
        }
    }

    /** Over UDP. */
    @State(Scope.Thread)
    public static class OverUdp extends RoundTripClient {
        /** Size of the request, and of the response; 65,507 bytes are the most that IPv4 carries. */
        @Param({"1", "64", "1024", "4096", "65507"})
        public String messageBytes;

        private long completedBefore;
        private long resentBefore;

        /** The peer returns this UDP socket's datagrams. */
        @Override
        Opened open(PeerLink link, SocketSettings settings, boolean blocks) throws IOException {
            StreamOptions options =
                    new StreamOptions(bytes(messageBytes), StreamOptions.KERNEL_CHOOSES, true).with(settings);
            UdpStream datagrams = link.session().openDatagrams(Role.DATAGRAM_ECHO, options);
            datagrams.channel().configureBlocking(blocks);
            return new Opened(
                    datagrams.number(),
                    datagrams.channel(),
                    new RoundTrips.OverUdp(
                            datagrams.channel(), options.messageBytes(), outstanding(burst, options.messageBytes())));
        }

        /** Takes the counts that belong to earlier iterations; from here on round trips should be completed. */
        @Setup(Level.Iteration)
        public void begin() throws IOException {
            completedBefore = completed();
            resentBefore = trips().resent();
            beginTrips();
        }

        /** Checks the last response whole and tells how much was sent again. */
        @TearDown(Level.Iteration)
        public void end(CpuRates cpu) throws IOException {
            endTrips(cpu);
            MeasuredStream.recordPercent(
                    "resentPercent", trips().resent() - resentBefore, completed() - completedBefore);
        }

        /** Requests that may be on their way at once, whose responses are told apart by their numbers. */
        static int outstanding(String burst, int bytes) {
            int outstanding = RequestFlow.Options.outstanding(burst);
            if (outstanding > 1 && bytes < RoundTrips.NUMBER_BYTES) {
                throw new IllegalArgumentException("messageBytes: expected at least " + RoundTrips.NUMBER_BYTES
                        + " with burst=" + burst + " over UDP, where responses are told apart by their numbers, got "
                        + bytes + "; pass -p messageBytes=64");
            }
            return outstanding;
        }

        static int bytes(String messageBytes) {
            return Parameters.bytes("messageBytes", messageBytes, 1, DatagramStatistics.LARGEST_BYTES);
        }
    }

    /** What the peer answers, and this end of it. */
    record Opened(int number, NetworkChannel channel, RoundTrips trips) {}

    abstract Opened open(PeerLink link, SocketSettings settings, boolean blocks) throws IOException;

    private int outstanding() {
        return RequestFlow.Options.outstanding(burst);
    }

    /** Opens a socket on which the peer answers. */
    @Setup(Level.Trial)
    public void connect(
            PeerLink link, Waiting waiting, Arriving arriving, SocketParameters sockets, ThreadParams threads)
            throws IOException {
        SocketSettings settings = sockets.settings();
        RequestFlow.Options options = new RequestFlow.Options(outstanding(), arriving.rate(), waiting.blocks());
        Opened opened = open(link, settings, waiting.blocks());
        socket = opened.channel();
        trips = opened.trips();
        stream = new MeasuredStream(link, opened.number(), trips, threads);
        if (socket instanceof SocketChannel connection) {
            stream.observe(connection, settings);
        } else {
            stream.tellGranted(socket, settings);
        }
        options.require(trips.messageBytes, threads.getThreadCount());
        flow = new RequestFlow(trips, options, threads.getThreadIndex(), threads.getThreadCount());
        if (options.rate().isPresent()) {
            Facts.print(threads, "arrivals-seed", RequestFlow.SEED);
        }
    }

    RoundTrips trips() {
        return trips;
    }

    void beginTrips() throws IOException {
        stream.watch(trips.count());
        flow.begin();
        stream.beginCpu();
    }

    void exchange() throws IOException {
        try {
            flow.exchange();
        } catch (IOException e) {
            throw stream.explain(e, trips.count());
        }
    }

    void endTrips(CpuRates cpu) throws IOException {
        stream.endCpu(cpu);
        try {
            flow.end(NetProfiler.RESULTS);
        } catch (IOException e) {
            throw stream.explain(e, trips.count());
        }
        stream.unwatch();
        stream.recordTcp();
        trips.verify();
    }

    /** Compares with the peer's count, which has the messages that were sent twice in it. */
    void compareCounts(long bytes) throws IOException {
        stream.compareCounts(bytes, "bytes");
    }

    long completed() {
        return trips.count().total();
    }

    /** Ends the round trips and says what the kernel had granted to this end's socket. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        stream.tell("send-buffer-bytes", socket.getOption(StandardSocketOptions.SO_SNDBUF));
        stream.tell("receive-buffer-bytes", socket.getOption(StandardSocketOptions.SO_RCVBUF));
        stream.close();
    }
}
