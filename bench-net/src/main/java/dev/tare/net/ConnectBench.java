package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import dev.tare.net.client.PeerSession.AcceptorPort;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.stream.RunningTotal;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
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
 * anything: what short-lived connections of a web server cost in a guest.
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
    @State(Scope.Thread)
    public static class Connector {
        private final ByteBuffer welcome = ByteBuffer.allocateDirect(2);
        private final RunningTotal connections = new RunningTotal();
        private AcceptorPort port;
        private MeasuredStream stream;
        private volatile @Nullable SocketChannel current;

        /** Asks the peer for a port that accepts connections. */
        @Setup(Level.Trial)
        public void open(PeerLink link, ThreadParams threads) throws IOException {
            port = link.session().openAcceptor(new StreamOptions(1, StreamOptions.KERNEL_CHOOSES, true));
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
            try (SocketChannel channel = SocketChannel.open()) {
                current = channel;
                channel.connect(port.address());
                welcome.clear();
                while (welcome.position() < 1) {
                    if (channel.read(welcome) < 0) {
                        throw new EOFException("a connection was closed before its byte came");
                    }
                }
                if (channel.read(welcome) >= 0) {
                    throw new IOException("expected one byte on a connection, got more");
                }
            } catch (IOException e) {
                throw stream.explain(e, connections);
            }
            connections.set(connections.total() + 1);
        }

        /** Compares the connections of both ends. */
        @TearDown(Level.Iteration)
        public void end(CpuRates cpu) throws IOException {
            stream.endCpu(cpu);
            stream.unwatch();
            stream.compareCounts(connections.total(), "connections");
        }

        /** Gives the port back. */
        @TearDown(Level.Trial)
        public void close() throws IOException {
            stream.close();
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
}
