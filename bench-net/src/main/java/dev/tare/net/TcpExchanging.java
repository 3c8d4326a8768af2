package dev.tare.net;

import dev.tare.net.client.Stream;
import dev.tare.net.control.Role;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.roundtrip.TcpExchange;
import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's exchanges over TCP. */
@State(Scope.Thread)
public class TcpExchanging {
    /** Bytes of the request, and of the response. */
    @Param({"1", "64", "1024", "4096", "65536"})
    public int messageBytes;

    private Exchanging exchanging;

    /** Opens a connection on which the peer returns what it receives. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, Waiting waiting, ThreadParams threads) throws IOException {
        StreamOptions options = new StreamOptions(messageBytes, StreamOptions.KERNEL_CHOOSES, true);
        Stream connection = link.session().openStream(Role.ECHO, options);
        connection.channel().configureBlocking(waiting.blocks());
        TcpExchange exchange = new TcpExchange(connection.channel(), messageBytes);
        exchanging = new Exchanging(link, connection.number(), connection.channel(), exchange, threads);
    }

    /** From here on exchanges should be completed; the first thread begins to count processor time. */
    @Setup(Level.Iteration)
    public void begin() throws IOException {
        exchanging.begin();
    }

    /** Checks the last response whole, and the bytes that the peer returned. */
    @TearDown(Level.Iteration)
    public void end() throws IOException {
        exchanging.end();
        exchanging.compareCounts(exchanging.completed() * messageBytes);
    }

    /** Says what the kernels had granted, and ends the exchanges. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        exchanging.close();
    }

    void exchange(RoundTripRates rates) throws IOException {
        exchanging.exchange(rates);
    }
}
