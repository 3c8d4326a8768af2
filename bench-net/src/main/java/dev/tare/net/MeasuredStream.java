package dev.tare.net;

import dev.tare.net.client.PeerException;
import dev.tare.net.client.StallWatch;
import dev.tare.net.client.Stream;
import dev.tare.net.control.Role;
import dev.tare.net.control.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.stream.ByteCount;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.ThreadParams;

/** What is around the traffic of a thread's stream: the watch over it, the processor time, the comparison of counts. */
final class MeasuredStream implements AutoCloseable {
    private final PeerLink link;
    private final Stream stream;
    private final boolean first;
    private StallWatch.@Nullable Watched watched;
    private @Nullable CpuWindow cpu;

    private MeasuredStream(PeerLink link, Stream stream, boolean first) {
        this.link = link;
        this.stream = stream;
        this.first = first;
        link.enter();
    }

    static MeasuredStream open(PeerLink link, Role role, StreamOptions options, ThreadParams threads)
            throws IOException {
        Stream stream = link.session().openStream(role, options);
        return new MeasuredStream(link, stream, threads.getThreadIndex() == 0);
    }

    SocketChannel channel() {
        return stream.channel();
    }

    /** From here on something should move. */
    void watch(ByteCount count) {
        watched = link.watch().watch(stream.channel(), count);
    }

    /** The first thread counts processor time, which belongs to all of them. */
    void beginCpu() throws IOException {
        cpu = first ? CpuWindow.open(link.session()) : null;
    }

    void endCpu(NetRates rates) throws IOException {
        if (cpu != null) {
            cpu.closeInto(rates);
        }
    }

    /** From here on nothing needs to move: everything was moved, and both ends have to have counted the same. */
    void compareCounts(long bytes) throws IOException {
        if (watched != null) {
            watched.close();
        }
        StreamCount count = link.session().count(stream.number(), bytes);
        if (count.bytes() != bytes) {
            throw new IOException("the ends of the stream disagree: this end counted " + bytes + " bytes, the peer "
                    + count.bytes() + ", " + Math.abs(bytes - count.bytes()) + " apart; the score was dropped");
        }
    }

    /** Says why the traffic broke: what the watch saw, what the peer says, or what the socket said. */
    IOException explain(IOException broken, ByteCount count) {
        Optional<IOException> seen = watched == null ? Optional.empty() : watched.failure();
        if (seen.isPresent()) {
            return seen.get();
        }
        try {
            link.session().count(stream.number(), 0);
        } catch (PeerException e) {
            e.addSuppressed(broken);
            return e;
        } catch (IOException e) {
            broken.addSuppressed(e);
        }
        return new PeerException(link.session().peer(), "after " + count.total() + " bytes of a stream", broken);
    }

    @Override
    public void close() throws IOException {
        stream.close();
        link.leave();
    }
}
