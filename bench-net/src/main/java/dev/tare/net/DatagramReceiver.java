package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import dev.tare.harness.RepeatedTask;
import dev.tare.net.client.PeerSession;
import dev.tare.net.client.PeerSession.UdpStream;
import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.profile.NetProfiler;
import dev.tare.net.stream.DatagramStatistics;
import dev.tare.net.stream.RunningTotal;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.results.AggregationPolicy;

/**
 * A thread that receives numbered datagrams. The peer sends for two seconds at a time, which this end asks for again and again
 * while it measures: whoever goes away without a word is not sent anything for long.
 */
@State(Scope.Thread)
public class DatagramReceiver {
    private static final int LEASE_MS = 2000;
    private static final int RENEWAL_MS = 500;

    private int bytes;
    private PeerSession session;
    private UdpStream datagrams;
    private MeasuredStream stream;
    private ByteBuffer datagram;
    private DatagramStatistics statistics;
    private RunningTotal received;
    private @Nullable RepeatedTask renewing;
    private boolean leased;
    private volatile @Nullable Throwable unrenewed;
    private long sentBefore;
    private long receivedBefore;
    private long reorderedBefore;
    private long counted;

    /** Opens a stream of datagrams from the peer; none is sent yet. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, DatagramBench.Datagrams chosen, ThreadParams threads) throws IOException {
        bytes = chosen.bytes();
        session = link.session();
        StreamOptions options =
                new StreamOptions(bytes, StreamOptions.KERNEL_CHOOSES, true).paced(chosen.offeredBytesPerS());
        datagrams = session.openDatagrams(Role.DATAGRAM_SOURCE, options);
        stream = new MeasuredStream(link, datagrams.number(), datagrams, threads);
        datagram = ByteBuffer.allocateDirect(DatagramStatistics.LARGEST_BYTES);
        statistics = new DatagramStatistics();
        received = statistics.received();
    }

    /** From here on the peer sends. */
    @Setup(Level.Iteration)
    public void begin() throws IOException {
        sentBefore = stream.count(0).total();
        receivedBefore = received.total();
        reorderedBefore = statistics.reordered();
        counted = 0;
        stream.watch(received);
        stream.beginCpu();
        leased = true;
        renew();
        renewing = RepeatedTask.start("bench-net lease", RENEWAL_MS, this::renew, this::fail);
    }

    /** The peer looks at its lease when a datagram comes, and that can be lost. */
    private synchronized void renew() throws IOException {
        if (leased) {
            session.lease(datagrams.number(), LEASE_MS);
            datagrams.wake();
        }
    }

    /** A renewal that is under way is over when this returns, and none follows. */
    private synchronized void endLease() throws IOException {
        leased = false;
        session.lease(datagrams.number(), 0);
    }

    /** Nothing would come any more, and the thread that receives would wait for it. */
    private void fail(Throwable why) {
        unrenewed = why;
        try {
            datagrams.close();
        } catch (IOException e) {
            why.addSuppressed(e);
        }
    }

    void receive(Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, counted == 0);
        long before = received.total();
        try {
            while (received.total() == before) {
                datagrams.channel().read(datagram.clear());
                take(datagram.flip());
            }
        } catch (IOException e) {
            throw explain(e);
        }
        if (counts) {
            counted++;
        }
    }

    /** A ticket that comes back late is none of the datagrams that are counted. */
    private void take(ByteBuffer came) {
        if (came.limit() == bytes && !datagrams.ticket().matches(came)) {
            statistics.add(came, System.nanoTime());
        }
    }

    /** Lets the peer stop, takes what is still under way, and compares with what the peer has sent. */
    @TearDown(Level.Iteration)
    public void end(DatagramBench.Rates rates, CpuRates cpu) throws IOException {
        if (renewing != null) {
            renewing.close();
        }
        endLease();
        stream.endCpu(cpu);
        stream.unwatch();
        flush();
        StreamCount peer = stream.count(0);
        long sent = peer.total() - sentBefore;
        long came = received.total() - receivedBefore;
        if (came > sent) {
            throw new IOException("the ends of the stream disagree: the peer sent " + sent + " datagrams, " + came
                    + " were received; something on the way repeats them; measure without it");
        }
        rates.goodputMBps = (double) counted * bytes / SocketBench.BYTES_PER_MB;
        MeasuredStream.recordPercent("lossPercent", sent - came, sent);
        MeasuredStream.recordPercent("reorderedPercent", statistics.reordered() - reorderedBefore, came);
        NetProfiler.RESULTS.record("jitterUs", statistics.jitterUs(), "us", AggregationPolicy.AVG);
    }

    /** Says what the kernels had granted, and ends the stream. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        stream.tell("receive-buffer-bytes", datagrams.channel().getOption(StandardSocketOptions.SO_RCVBUF));
        stream.close();
    }

    private void flush() throws IOException {
        try {
            datagrams.flush(this::take);
        } catch (IOException e) {
            throw explain(e);
        }
    }

    private IOException explain(IOException broken) {
        Throwable why = unrenewed;
        return stream.explain(
                why == null ? broken : new IOException("the peer was not asked to go on: " + why, why), received);
    }
}
