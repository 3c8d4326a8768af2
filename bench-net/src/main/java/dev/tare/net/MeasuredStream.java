package dev.tare.net;

import dev.tare.net.client.PeerException;
import dev.tare.net.client.StallWatch;
import dev.tare.net.control.StreamCount;
import dev.tare.net.stream.ByteCount;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.ThreadParams;

/** What is around the traffic of a thread's stream: the watch over it, the processor time, the comparison of counts. */
final class MeasuredStream implements AutoCloseable {
    private final PeerLink link;
    private final int number;
    private final Closeable channel;
    private final boolean first;
    private StallWatch.@Nullable Watched watched;
    private @Nullable CpuWindow cpu;

    /**
     * Takes over a stream that the session has opened.
     *
     * @param number the session's number for it
     * @param channel is closed when nothing moves
     */
    MeasuredStream(PeerLink link, int number, Closeable channel, ThreadParams threads) {
        this.link = link;
        this.number = number;
        this.channel = channel;
        this.first = threads.getThreadIndex() == 0;
        link.enter();
    }

    /** From here on something should move. */
    void watch(ByteCount count) throws IOException {
        watched = link.watch().watch(channel, count::total);
    }

    /** The same, where one write can hand over more than the link carries within the watch's patience. */
    void watchArrivals(ByteCount sent) throws IOException {
        watched = link.watch().watch(channel, () -> sent.total() + count(0).total());
    }

    /** From here on nothing needs to move. */
    void rest() {
        if (watched != null) {
            watched.close();
        }
    }

    /** The first thread counts processor time, which belongs to all of them. */
    void beginCpu() throws IOException {
        cpu = first ? CpuWindow.open(link.session()) : null;
    }

    /** Processor time since {@link #beginCpu}; empty for all threads but the first. */
    Optional<CpuUse> endCpu() throws IOException {
        return cpu == null ? Optional.empty() : Optional.of(cpu.close());
    }

    /** The peer's count, as soon as it is so much or some time has passed. */
    StreamCount count(long awaited) throws IOException {
        return link.session().count(number, awaited);
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
                    + " apart; no score of this iteration can be trusted; see what changes the traffic on the way");
        }
        return peer;
    }

    /** Says why the traffic broke: what the watch saw, what the peer says, or what the socket said. */
    IOException explain(IOException broken, ByteCount count) {
        Optional<IOException> seen = watched == null ? Optional.empty() : watched.failure();
        if (seen.isPresent()) {
            return seen.get();
        }
        try {
            count(0);
        } catch (PeerException e) {
            e.addSuppressed(broken);
            return e;
        } catch (IOException e) {
            broken.addSuppressed(e);
        }
        return new PeerException(link.session().peer(), "after a count of " + count.total() + " on a stream", broken);
    }

    /** Prints a fact that is the same for all threads' streams, once. */
    void tell(String key, int value) {
        if (first) {
            Fact.print(key, value);
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
            }
            channel.close();
        } finally {
            link.leave();
        }
    }
}
