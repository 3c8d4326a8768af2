package dev.tare.net;

import dev.tare.net.control.StreamOptions;
import dev.tare.net.stream.Message;
import java.io.IOException;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread that sends messages from a file that it makes and deletes. */
@State(Scope.Thread)
public class FileSending {
    private Outgoing outgoing;

    @Setup(Level.Trial)
    public void connect(PeerLink link, StreamParameters parameters, ThreadParams threads) throws IOException {
        StreamOptions options = parameters.options();
        outgoing = new Outgoing(link, options, Message.inFile(options.messageBytes()), threads);
    }

    @Setup(Level.Iteration)
    public void fill() throws IOException {
        outgoing.fill();
    }

    @TearDown(Level.Iteration)
    public void settle() throws IOException {
        outgoing.settle();
    }

    @TearDown(Level.Trial)
    public void disconnect() throws IOException {
        outgoing.close();
    }

    void send(StreamRates rates) throws IOException {
        outgoing.send(rates);
    }

    int messageBytes() {
        return outgoing.messageBytes();
    }
}
