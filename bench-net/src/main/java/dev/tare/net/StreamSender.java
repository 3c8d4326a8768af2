package dev.tare.net;

import dev.tare.harness.Facts;
import dev.tare.net.SocketBench.StreamParameters;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.socket.TcpPacing;
import dev.tare.net.socket.VsockAddress;
import dev.tare.net.stream.CreditedSender;
import dev.tare.net.stream.CreditingReceiver;
import dev.tare.net.stream.Message;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread that sends messages to the peer, wherever they come from. */
public abstract class StreamSender {
    static final long START_UP_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int LONGEST_FILL_WINDOWS = 2;

    private TcpStream connection;
    private MeasuredStream stream;
    private Message message;
    private CreditedSender sender;
    private TcpPacing pacing;
    private double pacedBytesPerS;
    private long underWayAtPause;

    /** From this process's memory. */
    @State(Scope.Thread)
    public static class OfMemory extends StreamSender {
        @Override
        Message message(int bytes) {
            return Message.inMemory(bytes);
        }
    }

    /** From a file that it makes and deletes. */
    @State(Scope.Thread)
    public static class OfFile extends StreamSender {
        @Override
        Message message(int bytes) throws IOException {
            return Message.inFile(bytes);
        }

        /** @throws IllegalArgumentException when the peer is on VSOCK: Java would copy instead */
        @Override
        public void connect(PeerLink link, StreamParameters parameters, SocketParameters sockets, ThreadParams threads)
                throws IOException {
            if (VsockAddress.isMeant(link.peer)) {
                throw PeerLink.withoutIp("zeroCopy", "a peer reached by TCP", link.peer);
            }
            super.connect(link, parameters, sockets, threads);
        }
    }

    /** The message that is sent again and again. */
    abstract Message message(int bytes) throws IOException;

    /** Opens a stream on which the peer receives. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, StreamParameters parameters, SocketParameters sockets, ThreadParams threads)
            throws IOException {
        StreamOptions options = parameters.options().with(sockets.settings());
        message = message(options.messageBytes());
        connection = link.session().openStream(Role.SINK, options);
        stream = new MeasuredStream(link, connection.number(), connection, threads);
        sender = new CreditedSender(connection.channel(), message);
        pacedBytesPerS = options.pacedBytesPerS();
        pacing = TcpPacing.of(connection.channel(), pacedBytesPerS, message.bytes());
        pacing.by().ifPresent(by -> Facts.print(threads, "pacing", by));
        stream.observe(connection.channel(), options.socket());
    }

    /** Fills the connection, so that the iteration begins in the state in which it ends. */
    @Setup(Level.Iteration)
    public void fill() throws IOException {
        long windowBytes = CreditingReceiver.windowBytes(message.bytes());
        stream.watchArrivals(sender.count());
        if (Double.isFinite(pacedBytesPerS)) {
            startUp();
            fillPaced();
        } else if (stream.hasRunDry(windowBytes)) {
            startUp();
            fillAnew(windowBytes);
        } else {
            // Only what has left meanwhile: filling whole windows would take the longer the less a flow gets, and
            // iterations would count its best times only.
            long most = sender.count().total() + windowBytes;
            while (sender.underWay() < underWayAtPause && sender.count().total() < most) {
                send();
            }
        }
        stream.begin(sender.count());
    }

    /**
     * Until what is under way has not grown for a window's length. What the kernels would buffer beyond that in the iteration
     * would count as sent, and no link would have carried it.
     */
    private void fillAnew(long windowBytes) throws IOException {
        sender.keepUnderWay(windowBytes);
        long underWay = 0;
        long last = sender.count().total() + windowBytes;
        long most = sender.count().total() + LONGEST_FILL_WINDOWS * windowBytes;
        while (sender.count().total() < Math.min(last, most)) {
            send();
            long now = sender.underWay();
            if (now > underWay) {
                underWay = now;
                last = sender.count().total() + windowBytes;
            }
        }
        sender.keepUnderWay(underWay);
    }

    /**
     * Until as much is under way as may be at this rate, or as has had the time to arrive twice. What is under way of a flow that
     * is slower than its link is less.
     */
    private void fillPaced() throws IOException {
        sender.keepUnderWay(TcpPacing.underWayBytes(pacedBytesPerS));
        long most = sender.count().total() + 2 * sender.mostUnderWay();
        while (sender.underWay() + message.bytes() <= sender.mostUnderWay()
                && sender.count().total() < most) {
            send();
        }
    }

    int messageBytes() {
        return message.bytes();
    }

    /**
     * Leaves under way what is under way. On a slow link that others share it lasts until the next iteration, and the flow
     * goes on; one that had to start again would find its share taken.
     */
    @TearDown(Level.Iteration)
    public void pause(CpuRates cpu) throws IOException {
        stream.end(sender.count(), cpu);
        underWayAtPause = sender.underWay();
        stream.unwatch();
        stream.recordTcp();
    }

    /** Waits until everything has arrived, compares the counts of both ends, says what the kernels had granted, and ends. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        stream.compareCounts(sender.count().total(), "bytes");
        stream.tell("send-buffer-bytes", connection.channel().getOption(StandardSocketOptions.SO_SNDBUF));
        stream.close();
        message.close();
    }

    /**
     * Message by message, until both ends have been awake for a while. A receiver that wakes up to a full window finds
     * content that has left the processor's caches, and reads it so slowly that the window stays full for seconds.
     */
    private void startUp() throws IOException {
        long beginNs = System.nanoTime();
        do {
            send();
            stream.count(sender.count().total());
        } while (System.nanoTime() - beginNs < START_UP_NS);
    }

    void send() throws IOException {
        try {
            pacing.await();
            if (!sender.send()) {
                throw new EOFException();
            }
        } catch (IOException e) {
            throw stream.explain(e, sender.count());
        }
    }
}
