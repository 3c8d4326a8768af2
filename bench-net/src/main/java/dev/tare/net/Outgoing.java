package dev.tare.net;

import dev.tare.net.control.Role;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.stream.CreditedSender;
import dev.tare.net.stream.Pattern;
import dev.tare.net.stream.Window;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's stream to the peer. */
@State(Scope.Thread)
public class Outgoing {
    private int messageBytes;
    private MeasuredStream stream;
    private CreditedSender sender;
    private @Nullable NetRates rates;

    @Setup(Level.Trial)
    public void connect(PeerLink link, StreamParameters parameters, ThreadParams threads) throws IOException {
        StreamOptions options = parameters.options();
        messageBytes = options.messageBytes();
        stream = MeasuredStream.open(link, Role.SINK, options, threads);
        sender = new CreditedSender(stream.channel(), Pattern.message(messageBytes));
    }

    /** Fills the connection, so that the iteration begins in the state in which it ends. */
    @Setup(Level.Iteration)
    public void fill() throws IOException {
        stream.watch(sender.count());
        long filled = sender.count().total() + Window.bytesFor(messageBytes);
        while (sender.count().total() < filled) {
            send();
        }
        stream.beginCpu();
    }

    void send(NetRates iteration) throws IOException {
        rates = iteration;
        send();
    }

    int messageBytes() {
        return messageBytes;
    }

    @TearDown(Level.Iteration)
    public void compareCounts() throws IOException {
        if (rates != null) {
            stream.endCpu(rates);
        }
        stream.compareCounts(sender.count().total());
    }

    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        stream.close();
    }

    private void send() throws IOException {
        try {
            if (!sender.send()) {
                throw new EOFException("the peer closed the stream");
            }
        } catch (IOException e) {
            throw stream.explain(e, sender.count());
        }
    }
}
