package dev.tare.net;

import dev.tare.net.client.DatagramStream;
import dev.tare.net.control.Role;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.datagram.Numbered;
import dev.tare.net.profile.NetFigures;
import dev.tare.net.roundtrip.UdpExchange;
import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's exchanges over UDP. */
@State(Scope.Thread)
public class UdpExchanging {
    /** Bytes of the request, and of the response; 65,507 are the most that IPv4 carries. */
    @Param({"1", "64", "1024", "4096", "65507"})
    public int messageBytes;

    private DatagramStream datagrams;
    private UdpExchange exchange;
    private Exchanging exchanging;
    private long completedBefore;
    private long resentBefore;

    /** Opens a UDP socket whose datagrams the peer returns. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, Waiting waiting, ThreadParams threads) throws IOException {
        datagrams = link.session().openDatagrams(Role.DATAGRAM_ECHO, options(messageBytes));
        datagrams.channel().configureBlocking(waiting.blocks());
        exchange = new UdpExchange(datagrams.channel(), messageBytes);
        exchanging = new Exchanging(link, datagrams.number(), datagrams.channel(), exchange, threads);
    }

    /** Takes the counts that belong to earlier iterations; from here on exchanges should be completed. */
    @Setup(Level.Iteration)
    public void begin() throws IOException {
        completedBefore = exchanging.completed();
        resentBefore = exchange.resent();
        exchanging.begin();
        exchange.setWaiting(true);
    }

    /** Checks the last response whole and tells how much was sent again. */
    @TearDown(Level.Iteration)
    public void end() throws IOException {
        exchange.setWaiting(false);
        exchanging.end();
        long completed = exchanging.completed() - completedBefore;
        NetFigures.leavePercent("resentPercent", exchange.resent() - resentBefore, completed);
    }

    /** Says what the kernels had granted, and ends the exchanges. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        exchanging.close();
    }

    static StreamOptions options(int messageBytes) {
        if (messageBytes > Numbered.LARGEST_BYTES) {
            throw new IllegalArgumentException(
                    "messageBytes of a datagram must be from 1 to " + Numbered.LARGEST_BYTES + ", got " + messageBytes);
        }
        return new StreamOptions(messageBytes, StreamOptions.KERNEL_CHOOSES, true);
    }

    void exchange(RoundTripRates rates) throws IOException {
        exchanging.exchange(rates);
    }
}
