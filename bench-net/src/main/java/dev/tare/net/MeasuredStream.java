package dev.tare.net;

import dev.tare.harness.Facts;
import dev.tare.machine.cpu.CpuTimes;
import dev.tare.machine.cpu.MachineTimes;
import dev.tare.net.client.PeerException;
import dev.tare.net.client.PeerSession;
import dev.tare.net.client.StallWatch;
import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.profile.NetProfiler;
import dev.tare.net.socket.SocketSettings;
import dev.tare.net.socket.TcpState;
import dev.tare.net.socket.VsockChannel;
import dev.tare.net.stream.RunningTotal;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.results.AggregationPolicy;

/** What is around the traffic of a thread's stream: the watch over it, the processor time, the comparison of counts. */
final class MeasuredStream implements AutoCloseable {
    private static final double PERCENT = 100;

    private final PeerLink link;
    private final PeerSession session;
    private final int number;
    private final Closeable channel;
    private final boolean first;
    private @Nullable Sender sender;
    private Optional<TcpState> tcpBefore = Optional.empty();
    private StallWatch.@Nullable Watched watched;
    private @Nullable CpuTimes clientCpuAtBegin;
    private @Nullable CpuTimes peerCpuAtBegin;
    private long totalAtBegin;
    private long beganNs;
    private long endedNs;
    /** In the last iteration; infinite before the first one. */
    private double ratePerNs = Double.POSITIVE_INFINITY;

    /** The end whose kernel knows how TCP fares. */
    private interface Sender {
        Optional<TcpState> tcp() throws IOException;
    }

    /**
     * Takes over a stream that the session has opened.
     *
     * @param number the session's number for it
     * @param channel is closed when nothing moves
     */
    MeasuredStream(PeerLink link, int number, Closeable channel, ThreadParams threads) {
        this(link, number, channel, threads.getThreadIndex() == 0);
    }

    /** @param first whether this stream counts processor time and tells facts for all of the benchmark's */
    MeasuredStream(PeerLink link, int number, Closeable channel, boolean first) {
        this.link = link;
        this.session = link.session();
        this.number = number;
        this.channel = channel;
        this.first = first;
        link.acquire();
    }

    /** From here on something should move. */
    void watch(RunningTotal count) throws IOException {
        watched = link.watch().watch(channel, count::total);
    }

    /** The same, where one write can hand over more than the link carries within the watch's patience. */
    void watchArrivals(RunningTotal sent) throws IOException {
        watched = link.watch().watch(channel, () -> sent.total() + count(0).total());
    }

    /** From here on nothing needs to move. */
    void unwatch() {
        if (watched != null) {
            watched.close();
        }
    }

    /** The iteration begins: what moves from here on is counted. */
    void begin(RunningTotal count) throws IOException {
        beginCpu();
        totalAtBegin = count.total();
        beganNs = System.nanoTime();
    }

    /** The iteration ends. */
    void end(RunningTotal count, CpuRates cpu) throws IOException {
        endedNs = System.nanoTime();
        ratePerNs = (double) (count.total() - totalAtBegin) / (endedNs - beganNs);
        endCpu(cpu);
    }

    /** Whether so many bytes under way at the end of the last iteration have arrived meanwhile, as fast as it was. */
    boolean hasRunDry(long bytes) {
        return Double.isInfinite(ratePerNs) || bytes < ratePerNs * (System.nanoTime() - endedNs);
    }

    /** The first thread counts processor time, which belongs to all of them: without what is between iterations. */
    void beginCpu() throws IOException {
        if (first) {
            peerCpuAtBegin = session.usage();
            clientCpuAtBegin = CpuTimes.ofProcess();
        }
    }

    /** Counts the processor time since {@link #beginCpu} and records its split by kind, in the first thread. */
    void endCpu(CpuRates rates) throws IOException {
        if (clientCpuAtBegin == null || peerCpuAtBegin == null) {
            return;
        }
        CpuTimes client = CpuTimes.ofProcess().minus(clientCpuAtBegin);
        CpuTimes peer = session.usage().minus(peerCpuAtBegin);
        rates.systemCpuCores = busyS(client);
        rates.peerCpuCores = busyS(peer);
        recordSplit("client", client);
        recordSplit("peer", peer);
    }

    /** Seconds that a machine's processors were busy; NaN where its operating system does not tell. */
    private static double busyS(CpuTimes times) {
        return times.machine().map(MachineTimes::busyS).orElse(Double.NaN);
    }

    private static void recordSplit(String end, CpuTimes times) {
        recordCores(end + "OwnCores", times.ownS(), times);
        times.machine().ifPresent(machine -> {
            recordCores(end + "UserCores", machine.userS(), times);
            recordCores(end + "SystemCores", machine.systemS(), times);
            recordCores(end + "SoftInterruptCores", machine.interruptS() + machine.softInterruptS(), times);
            recordCores(end + "StealCores", machine.stealS(), times);
        });
    }

    private static void recordCores(String name, double seconds, CpuTimes times) {
        NetProfiler.RESULTS.record(name, seconds / times.atS(), "cores", AggregationPolicy.AVG);
    }

    /** Records a share, averaged over the threads; the share of nothing is none. */
    static void recordPercent(String name, long part, long whole) {
        NetProfiler.RESULTS.record(name, whole == 0 ? 0 : PERCENT * part / whole, "%", AggregationPolicy.AVG);
    }

    /** The peer's count, as soon as it is so much or some time has passed. */
    StreamCount count(long awaited) throws IOException {
        return session.count(number, awaited);
    }

    /** Everything was sent and arrives as fast as the link is; then both ends have to have counted the same. */
    StreamCount compareCounts(long counted, String unit) throws IOException {
        StreamCount peer = count(counted);
        for (long before = -1; peer.total() < counted && peer.total() > before; ) {
            before = peer.total();
            peer = count(counted);
        }
        if (peer.total() != counted) {
            throw new IOException("the ends of the stream disagree: this end counted " + counted + " " + unit
                    + ", the peer " + peer.total() + ", " + Math.abs(counted - peer.total())
                    + " apart; no score of it can be trusted; see what changes the traffic on the way");
        }
        return peer;
    }

    /** Says why the traffic broke: what the watch saw, what the peer says, how it ended, or what the socket said. */
    IOException explain(IOException broken, RunningTotal count) {
        Optional<IOException> seen = watched == null ? Optional.empty() : watched.failure();
        if (seen.isPresent()) {
            return link.withLastWords(seen.get());
        }
        try {
            count(0);
        } catch (PeerException e) {
            e.addSuppressed(broken);
            return link.withLastWords(e);
        } catch (IOException e) {
            broken.addSuppressed(e);
        }
        return link.withLastWords(
                new PeerException(session.peer(), "after a count of " + count.total() + " on a stream", broken));
    }

    /** Tells what the kernel has granted to a connection, and how TCP fares on it from now on; of the first thread's alone. */
    void observe(SocketChannel connection, SocketSettings settings) throws IOException {
        tellGranted(connection, settings);
        if (first && !(connection instanceof VsockChannel)) {
            observe(() -> TcpState.of(connection));
            Facts.print("tcp-info", tcpBefore.isPresent() ? TcpState.source() : "unknown");
        }
    }

    /** Records how TCP fares where the peer sends, as the peer's kernel tells it; of the first thread's stream alone. */
    void observePeer() throws IOException {
        if (first) {
            observe(() -> session.tcp(number));
        }
    }

    private void observe(Sender end) throws IOException {
        sender = end;
        tcpBefore = end.tcp();
    }

    /** Tells what the kernel has granted to a connection of what it was asked for. */
    void tellGranted(NetworkChannel connection, SocketSettings settings) throws IOException {
        if (first) {
            Facts.print(settings.granted(connection));
        }
    }

    /** Records how TCP has fared on the observed connection since the last time; after what is measured. */
    void recordTcp() throws IOException {
        if (sender == null || tcpBefore.isEmpty()) {
            return;
        }
        Optional<TcpState> after = sender.tcp();
        if (after.isPresent()) {
            TcpState now = after.get();
            recordPercent(
                    "retransmittedPercent",
                    now.resentSegments() - tcpBefore.get().resentSegments(),
                    now.sentSegments() - tcpBefore.get().sentSegments());
            NetProfiler.RESULTS.record("tcpRttUs", now.rttUs(), "us", AggregationPolicy.AVG);
            NetProfiler.RESULTS.record(
                    "congestionWindowBytes", (double) now.congestionWindowBytes(), "bytes", AggregationPolicy.AVG);
            tcpBefore = after;
        }
    }

    /** Prints a fact that is the same for all threads' streams, once. */
    void tell(String key, int value) {
        if (first) {
            Facts.print(key, value);
        }
    }

    /** Ends the stream; the first thread says what the kernels had granted. */
    @Override
    public void close() throws IOException {
        try {
            if (first) {
                StreamCount peer = count(0);
                tell("peer-send-buffer-bytes", peer.sendBufferBytes());
                tell("peer-receive-buffer-bytes", peer.receiveBufferBytes());
                session.granted(number).forEach((name, value) -> Facts.print("peer-" + name, value));
            }
            channel.close();
        } finally {
            link.release();
        }
    }
}
