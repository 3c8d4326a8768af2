package dev.tare.net;

import dev.tare.harness.Parameters;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.client.PeerSession.UdpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.stream.DatagramStatistics;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread that sends requests and waits for their responses, over whichever protocol. */
public abstract class RoundTripClient {
    private NetworkChannel socket;
    private RoundTrips trips;
    private MeasuredStream stream;

    /** How this end waits for a response; the peer always blocks. */
    @State(Scope.Benchmark)
    public static class Waiting {
        private static final String BLOCK = "block";

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

    /** Over TCP. */
    @State(Scope.Thread)
    public static class OverTcp extends RoundTripClient {
        /** Size of the request, and of the response. */
        @Param({"1", "64", "1024", "4096", "65536"})
        public String messageBytes;

        private int bytes;

        /** On this connection the peer returns what it receives. */
        @Override
        Opened open(PeerLink link, boolean blocks) throws IOException {
            bytes = SocketBench.StreamParameters.messageBytes(messageBytes);
            StreamOptions options = new StreamOptions(bytes, StreamOptions.KERNEL_CHOOSES, true);
            TcpStream connection = link.session().openStream(Role.ECHO, options);
            connection.channel().configureBlocking(blocks);
            return new Opened(
                    connection.number(), connection.channel(), new RoundTrips.OverTcp(connection.channel(), bytes));
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
        Opened open(PeerLink link, boolean blocks) throws IOException {
            StreamOptions options = new StreamOptions(bytes(messageBytes), StreamOptions.KERNEL_CHOOSES, true);
            UdpStream datagrams = link.session().openDatagrams(Role.DATAGRAM_ECHO, options);
            datagrams.channel().configureBlocking(blocks);
            return new Opened(
                    datagrams.number(),
                    datagrams.channel(),
                    new RoundTrips.OverUdp(datagrams.channel(), options.messageBytes()));
        }

        /** Takes the counts that belong to earlier iterations; from here on round trips should be completed. */
        @Setup(Level.Iteration)
        public void begin() throws IOException {
            completedBefore = completed();
            resentBefore = trips().resent();
            beginTrips();
            trips().setWaiting(true);
        }

        /** Checks the last response whole and tells how much was sent again. */
        @TearDown(Level.Iteration)
        public void end(CpuRates cpu) throws IOException {
            trips().setWaiting(false);
            endTrips(cpu);
            MeasuredStream.recordPercent(
                    "resentPercent", trips().resent() - resentBefore, completed() - completedBefore);
        }

        static int bytes(String messageBytes) {
            return Parameters.bytes("messageBytes", messageBytes, 1, DatagramStatistics.LARGEST_BYTES);
        }
    }

    /** What the peer answers, and this end of it. */
    record Opened(int number, NetworkChannel channel, RoundTrips trips) {}

    abstract Opened open(PeerLink link, boolean blocks) throws IOException;

    /** Opens a socket on which the peer answers. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, Waiting waiting, ThreadParams threads) throws IOException {
        Opened opened = open(link, waiting.blocks());
        socket = opened.channel();
        trips = opened.trips();
        stream = new MeasuredStream(link, opened.number(), trips, threads);
    }

    RoundTrips trips() {
        return trips;
    }

    void beginTrips() throws IOException {
        stream.watch(trips.count());
        stream.beginCpu();
    }

    void exchange() throws IOException {
        try {
            trips.exchange();
        } catch (IOException e) {
            throw stream.explain(e, trips.count());
        }
    }

    void endTrips(CpuRates cpu) throws IOException {
        stream.endCpu(cpu);
        stream.unwatch();
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
