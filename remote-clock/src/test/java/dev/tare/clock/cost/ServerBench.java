package dev.tare.clock.cost;

import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.clock.wire.NtpPacket;
import dev.tare.clock.wire.NtpReply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many requests a second the clock server answers with the one core that its listener uses.
 *
 * <p>A client keeps a window of requests open, so that the server never waits for one; it needs a core of its own and
 * makes the same system calls as the server, so the figure is a lower limit. Every reply must answer an open request. A
 * guest pays for the system calls and for the wake-ups between its cores.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ServerBench {
    private static final int WINDOW = 32;
    private static final int UNLIMITED = 1_000_000_000;

    private final ByteBuffer request = ByteBuffer.allocateDirect(NtpPacket.BYTES);
    private final ByteBuffer reply = ByteBuffer.allocateDirect(NtpPacket.BYTES);
    private ClockServer server;
    private DatagramChannel datagrams;
    private SocketChannel stream;
    private long sent;
    private long answered;
    private long strays;

    /** Starts a server without limits and connects to it. */
    @Setup
    public void open() throws IOException {
        server = ClockServer.start(ClockServerOptions.loopback().withPort(0).withRequests(UNLIMITED, UNLIMITED));
        InetSocketAddress address = server.addresses().get(0);
        datagrams = DatagramChannel.open().connect(address);
        stream = SocketChannel.open(address);
        stream.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /** One reply over UDP; as many requests as keep the window full. */
    @Benchmark
    public long udp() throws IOException {
        for (; sent - answered < WINDOW; sent++) {
            NtpPacket.writeRequest(request, sent + 1);
            datagrams.write(request);
        }
        reply.clear();
        datagrams.read(reply);
        return count();
    }

    /** One reply over TCP; as many requests as keep the window full. */
    @Benchmark
    public long tcp() throws IOException {
        for (; sent - answered < WINDOW; sent++) {
            NtpPacket.writeRequest(request, sent + 1);
            while (request.hasRemaining()) {
                stream.write(request);
            }
        }
        reply.clear();
        while (reply.hasRemaining()) {
            if (stream.read(reply) < 0) {
                throw new IOException("clock server: expected a reply, got the end of the connection");
            }
        }
        return count();
    }

    /** Requests are answered in their order: the next reply carries the next number. */
    private long count() {
        answered++;
        long origin = NtpReply.origin(reply);
        if (origin != answered) {
            strays++;
        }
        return origin;
    }

    /** Checks that every reply answered its request, and closes everything. */
    @TearDown
    public void close() throws IOException {
        datagrams.close();
        stream.close();
        server.close();
        if (!(strays == 0 && server.statistics().dropped() == 0)) {
            throw new IllegalStateException("clock server: expected each reply to answer its request, got " + strays
                    + " that did not, and " + server.statistics());
        }
    }
}
