package dev.tare.net;

import dev.tare.net.client.AcceptorPort;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.stream.ByteCount;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread that opens and closes connections. */
@State(Scope.Thread)
public class Connecting {
    private final ByteBuffer welcome = ByteBuffer.allocateDirect(2);
    private final ByteCount connections = new ByteCount();
    private AcceptorPort port;
    private MeasuredStream stream;
    private volatile @Nullable SocketChannel current;
    private @Nullable ConnectRates rates;

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

    void connect(ConnectRates iteration) throws IOException {
        rates = iteration;
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
    public void end() throws IOException {
        if (rates != null) {
            stream.endCpu().ifPresent(rates::add);
        }
        stream.rest();
        stream.compareCounts(connections.total(), "connections");
    }

    /** Gives the port back. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        stream.close();
    }
}
