package dev.tare.net;

import dev.tare.net.SocketBench.StreamParameters;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.socket.TcpPacing;
import dev.tare.net.stream.CreditingReceiver;
import dev.tare.net.stream.Message;
import java.io.IOException;
import java.net.StandardSocketOptions;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread that receives messages from the peer. */
@State(Scope.Thread)
public class StreamReceiver {
    private int messageBytes;
    private TcpStream connection;
    private MeasuredStream stream;
    private CreditingReceiver receiver;
    private double pacedBytesPerS;

    /** Opens a stream on which the peer sends. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, StreamParameters parameters, SocketParameters sockets, ThreadParams threads)
            throws IOException {
        StreamOptions options = parameters.options().with(sockets.settings());
        pacedBytesPerS = options.pacedBytesPerS();
        messageBytes = options.messageBytes();
        connection = link.session().openStream(Role.SOURCE, options);
        stream = new MeasuredStream(link, connection.number(), connection, threads);
        stream.tellGranted(connection.channel(), options.socket());
        stream.observePeer();
        receiver = new CreditingReceiver(connection.channel(), Message.buffer(messageBytes), messageBytes);
    }

    /** Lets the peer fill the connection and takes what has waited: the iteration begins with a connection in full flow. */
    @Setup(Level.Iteration)
    public void fill() throws IOException {
        long windowBytes = CreditingReceiver.windowBytes(messageBytes);
        stream.watch(receiver.count());
        receive(() -> {
            boolean anew = stream.hasRunDry(windowBytes);
            if (anew) {
                receiver.drain();
                startUp();
                receiver.grant();
            }
            // Of a flow that goes on only what has come meanwhile, for the sender's reason.
            long most = receiver.count().total() + Math.min(windowBytes, TcpPacing.underWayBytes(pacedBytesPerS));
            while (receiver.count().total() < most && (anew || receiver.isWaiting())) {
                receiver.receive();
            }
        });
        stream.begin(receiver.count());
    }

    void receive() throws IOException {
        try {
            receiver.receive();
        } catch (IOException e) {
            throw stream.explain(e, receiver.count());
        }
    }

    int messageBytes() {
        return messageBytes;
    }

    /** Leaves under way what is under way, as {@link StreamSender#pause} does it. */
    @TearDown(Level.Iteration)
    public void pause(CpuRates cpu) throws IOException {
        stream.end(receiver.count(), cpu);
        stream.unwatch();
        stream.recordTcp();
    }

    /** Takes what is still under way, compares the counts of both ends, says what the kernels had granted, and ends. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        stream.watch(receiver.count());
        receive(receiver::drain);
        stream.unwatch();
        stream.compareCounts(receiver.count().total(), "bytes");
        stream.tell("receive-buffer-bytes", connection.channel().getOption(StandardSocketOptions.SO_RCVBUF));
        stream.close();
    }

    /** Message by message, as {@link StreamSender} does it. */
    private void startUp() throws IOException {
        long beginNs = System.nanoTime();
        do {
            receiver.receiveAlone();
        } while (System.nanoTime() - beginNs < StreamSender.START_UP_NS);
    }

    private interface Receipt {
        void run() throws IOException;
    }

    private void receive(Receipt receipt) throws IOException {
        try {
            receipt.run();
        } catch (IOException e) {
            throw stream.explain(e, receiver.count());
        }
    }
}
