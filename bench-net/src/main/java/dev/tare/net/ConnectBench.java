package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import dev.tare.harness.Parameters;
import dev.tare.net.client.PeerSession;
import dev.tare.net.client.PeerSession.AcceptorPort;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.stream.Message;
import dev.tare.net.stream.RunningTotal;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * TCP connections opened and closed, one after the other.
 *
 * <p>An operation is a connection to the peer's port, a byte from the peer, which shows that its program has accepted it
 * and not only its kernel, and both ends' close. Seven packets or more cross the virtual network without carrying
 * anything: what short-lived connections of a web server cost in a guest. In {@link #requestResponse} each carries a request
 * and its response besides.
 *
 * <p>The peer closes first, so that TIME_WAIT uses up no port of this machine. Both ends count the connections. Threads of
 * {@code -t N} have ports of their own at the peer.
 *
 * <p>Source: netperf's TCP_CC and TCP_CRR.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ConnectBench {
    /** What a thread opened and closed; JMH divides it by the measured time and sums it over the threads. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Rates {
        /** Connections opened, greeted with a byte and closed. */
        public long connectionsPerS;
    }

    /** A thread that opens and closes connections. */
    public abstract static class Connections {
        private final RunningTotal connections = new RunningTotal();
        private PeerSession session;
        private AcceptorPort port;
        private MeasuredStream stream;
        private volatile @Nullable SocketChannel current;

        abstract AcceptorPort openPort(PeerSession session) throws IOException;

        /** What is said on a connection until the peer closes it. */
        abstract void converse(SocketChannel channel) throws IOException;

        /** Asks the peer for a port that accepts connections. */
        @Setup(Level.Trial)
        public void open(PeerLink link, ThreadParams threads) throws IOException {
            session = link.session();
            port = openPort(session);
            Closeable whatIsOpen = () -> {
                SocketChannel channel = current;
                if (channel != null) {
                    channel.close();
                }
            };
            stream = new MeasuredStream(link, port.number(), whatIsOpen, threads);
        }

        /** From here on connections should come and go; the first thread begins to count processor time. */
        @Setup(Level.Iteration)
        public void begin() throws IOException {
            stream.watch(connections);
            stream.beginCpu();
        }

        void connect() throws IOException {
            try (SocketChannel channel = SocketChannel.open(port.family())) {
                current = channel;
                session.bind(channel);
                channel.connect(port.address());
                converse(channel);
            } catch (IOException e) {
                throw stream.explain(e, connections);
            }
            connections.set(connections.total() + 1);
        }

        /** Fills the buffer, and finds that nothing comes behind it. */
        static void receiveAll(SocketChannel channel, ByteBuffer expected) throws IOException {
            // A byte more than is expected shows that there is more.
            int bytes = expected.capacity() - 1;
            expected.clear();
            while (expected.position() < bytes) {
                if (channel.read(expected) < 0) {
                    throw new EOFException(
                            "a connection was closed after " + expected.position() + " bytes of " + bytes);
                }
            }
            if (!expected.hasRemaining() || channel.read(expected) >= 0) {
                throw new IOException("expected " + bytes + " bytes on a connection, got more");
            }
        }

        /** Checks what came on the last connection, whole. */
        abstract void verify() throws IOException;

        /** Compares the connections of both ends, and checks the content of the last one. */
        @TearDown(Level.Iteration)
        public void end(CpuRates cpu) throws IOException {
            stream.endCpu(cpu);
            stream.unwatch();
            verify();
            stream.compareCounts(connections.total(), "connections");
        }

        /** Gives the port back. */
        @TearDown(Level.Trial)
        public void close() throws IOException {
            stream.close();
        }
    }

    /** Of connections that carry a byte from the peer, and nothing else. */
    @State(Scope.Thread)
    public static class Connector extends Connections {
        private final ByteBuffer welcome = ByteBuffer.allocateDirect(2);

        @Override
        AcceptorPort openPort(PeerSession session) throws IOException {
            return session.openPort(Role.ACCEPTOR, new StreamOptions(1, StreamOptions.KERNEL_CHOOSES, true));
        }

        @Override
        void converse(SocketChannel channel) throws IOException {
            receiveAll(channel, welcome);
        }

        @Override
        void verify() {
            // A byte of any value shows that the peer's program has accepted.
        }
    }

    /** Of connections that carry a request and its response. */
    @State(Scope.Thread)
    public static class Requester extends Connections {
        /** Size of the request, and of the response; 1 byte to 1 MiB. */
        @Param({"1", "1024"})
        public String messageBytes;

        private ByteBuffer request = ByteBuffer.allocate(0);
        private ByteBuffer response = ByteBuffer.allocate(0);

        @Override
        AcceptorPort openPort(PeerSession session) throws IOException {
            int bytes = bytes(messageBytes);
            request = Message.content(bytes);
            response = ByteBuffer.allocateDirect(bytes + 1);
            return session.openPort(Role.ANSWERER, new StreamOptions(bytes, StreamOptions.KERNEL_CHOOSES, true));
        }

        @Override
        void converse(SocketChannel channel) throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            request.clear();
            while (request.hasRemaining()) {
                channel.write(request);
            }
            receiveAll(channel, response);
        }

        @Override
        void verify() throws IOException {
            if (response.position() > 0) {
                Message.verify(response, 0, request.capacity(), 0, request.capacity());
            }
        }

        static int bytes(String messageBytes) {
            return Parameters.bytes("messageBytes", messageBytes, 1, StreamOptions.LARGEST_ANSWER_BYTES);
        }
    }

    /** A connection that is opened and closed. */
    @Benchmark
    public void connection(Connector connector, Rates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.connectionsPerS == 0);
        connector.connect();
        if (counts) {
            rates.connectionsPerS++;
        }
    }

    /** A connection that is opened for a request and its response, and closed: netperf's TCP_CRR. */
    @Benchmark
    public void requestResponse(Requester requester, Rates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.connectionsPerS == 0);
        requester.connect();
        if (counts) {
            rates.connectionsPerS++;
        }
    }
}
