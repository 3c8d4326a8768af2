package dev.tare.net;

import dev.tare.net.SocketBench.StreamParameters;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
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

    /** Opens a stream on which the peer sends. */
    @Setup(Level.Trial)
    public void connect(PeerLink link, StreamParameters parameters, ThreadParams threads) throws IOException {
        StreamOptions options = parameters.options();
        messageBytes = options.messageBytes();
        connection = link.session().openStream(Role.SOURCE, options);
        stream = new MeasuredStream(link, connection.number(), connection, threads);
        receiver = new CreditingReceiver(connection.channel(), Message.buffer(messageBytes), messageBytes);
    }

    /** Sets the connection going and lets the peer fill it: the iteration begins with a connection in full flow. */
    @Setup(Level.Iteration)
    public void fill() throws IOException {
        stream.watch(receiver.count());
        receive(() -> {
            startUp();
            long filled = receiver.count().total() + CreditingReceiver.windowBytes(messageBytes);
            receiver.grant();
            while (receiver.count().total() < filled) {
                receiver.receive();
            }
        });
        stream.beginCpu();
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

    /** Takes what is still under way, and compares the counts of both ends. */
    @TearDown(Level.Iteration)
    public void settle(CpuRates cpu) throws IOException {
        stream.endCpu(cpu);
        receive(receiver::drain);
        stream.unwatch();
        stream.compareCounts(receiver.count().total(), "bytes");
    }

    /** Says what the kernels had granted, and ends the stream. */
    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
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
