package dev.tare.net;

import dev.tare.net.control.Role;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.stream.CreditingReceiver;
import dev.tare.net.stream.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's stream from the peer. */
@State(Scope.Thread)
public class Incoming {
    private int messageBytes;
    private MeasuredStream stream;
    private CreditingReceiver receiver;
    private @Nullable NetRates rates;

    @Setup(Level.Trial)
    public void connect(PeerLink link, StreamParameters parameters, ThreadParams threads) throws IOException {
        StreamOptions options = parameters.options();
        messageBytes = options.messageBytes();
        stream = MeasuredStream.open(link, Role.SOURCE, options, threads);
        ByteBuffer buffer = ByteBuffer.allocateDirect(messageBytes);
        receiver = new CreditingReceiver(stream.channel(), buffer, messageBytes);
    }

    /** Lets the peer send, and takes what it had ready: the iteration begins with a connection in full flow. */
    @Setup(Level.Iteration)
    public void fill() throws IOException {
        stream.watch(receiver.count());
        long filled = receiver.count().total() + Window.bytesFor(messageBytes);
        try {
            receiver.grant();
        } catch (IOException e) {
            throw stream.explain(e, receiver.count());
        }
        while (receiver.count().total() < filled) {
            receive();
        }
        stream.beginCpu();
    }

    void receive(NetRates iteration) throws IOException {
        rates = iteration;
        receive();
    }

    int messageBytes() {
        return messageBytes;
    }

    @TearDown(Level.Iteration)
    public void compareCounts() throws IOException {
        if (rates != null) {
            stream.endCpu(rates);
        }
        try {
            receiver.drain();
        } catch (IOException e) {
            throw stream.explain(e, receiver.count());
        }
        stream.compareCounts(receiver.count().total());
    }

    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        stream.close();
    }

    private void receive() throws IOException {
        try {
            receiver.receive();
        } catch (IOException e) {
            throw stream.explain(e, receiver.count());
        }
    }
}
