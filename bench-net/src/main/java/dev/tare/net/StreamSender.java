package dev.tare.net;

import dev.tare.net.SocketBench.StreamParameters;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
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

    private TcpStream connection;
    private MeasuredStream stream;
    private Message message;
    private CreditedSender sender;

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
    }

    /** The message that is sent again and again. */
    abstract Message message(int bytes) throws IOException;

    /** Opens a stream on which the peer receives. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, StreamParameters parameters, ThreadParams threads) throws IOException {
        StreamOptions options = parameters.options();
        message = message(options.messageBytes());
        connection = link.session().openStream(Role.SINK, options);
        stream = new MeasuredStream(link, connection.number(), connection, threads);
        sender = new CreditedSender(connection.channel(), message);
    }

    /** Sets the connection going and fills it, so that the iteration begins in the state in which it ends. */
    @Setup(Level.Iteration)
    public void fill() throws IOException {
        stream.watchArrivals(sender.count());
        startUp();
        long windowBytes = CreditingReceiver.windowBytes(message.bytes());
        long filled = sender.count().total() + windowBytes;
        while (sender.count().total() < filled) {
            send();
        }
        // Kernels that take less than a window at once let some of it arrive meanwhile: the grants for that would be
        // used
        // in the iteration, beyond what the link carries. A receiver that keeps up grants without end; there it matters
        // nothing.
        long most = filled + windowBytes;
        while (sender.count().total() < most && sender.isGranted()) {
            send();
        }
        stream.beginCpu();
    }

    int messageBytes() {
        return message.bytes();
    }

    /** Waits until everything has arrived, and compares the counts of both ends. */
    @TearDown(Level.Iteration)
    public void settle(CpuRates cpu) throws IOException {
        stream.endCpu(cpu);
        stream.unwatch();
        stream.compareCounts(sender.count().total(), "bytes");
    }

    /** Says what the kernels had granted, and ends the stream. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
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
            if (!sender.send()) {
                throw new EOFException();
            }
        } catch (IOException e) {
            throw stream.explain(e, sender.count());
        }
    }
}
