package dev.tare.net;

import dev.tare.net.client.Stream;
import dev.tare.net.control.Role;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.stream.CreditedSender;
import dev.tare.net.stream.Message;
import dev.tare.net.stream.Window;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's stream to the peer, wherever its messages come from. */
final class Outgoing {
    private final Stream connection;
    private final MeasuredStream stream;
    private final Message message;
    private final CreditedSender sender;
    private @Nullable StreamRates rates;

    Outgoing(PeerLink link, StreamOptions options, Message message, ThreadParams threads) throws IOException {
        this.connection = link.session().openStream(Role.SINK, options);
        this.stream = new MeasuredStream(link, connection.number(), connection, threads);
        this.message = message;
        this.sender = new CreditedSender(connection.channel(), message);
    }

    /** Fills the connection, so that the iteration begins in the state in which it ends. */
    void fill() throws IOException {
        stream.watch(sender.count());
        long filled = sender.count().total() + Window.bytesFor(message.bytes());
        while (sender.count().total() < filled) {
            send();
        }
        stream.beginCpu();
    }

    void send(StreamRates iteration) throws IOException {
        rates = iteration;
        send();
    }

    int messageBytes() {
        return message.bytes();
    }

    /** Waits until everything has arrived, and compares the counts of both ends. */
    void settle() throws IOException {
        if (rates != null) {
            stream.endCpu().ifPresent(rates::add);
        }
        stream.rest();
        stream.compareCounts(sender.count().total(), "bytes");
    }

    void close() throws IOException {
        Fact.print("send-buffer-bytes", connection.channel().getOption(StandardSocketOptions.SO_SNDBUF));
        stream.close();
        message.close();
    }

    private void send() throws IOException {
        try {
            if (!sender.send()) {
                throw new EOFException();
            }
        } catch (IOException e) {
            throw stream.explain(e, sender.count());
        }
    }
}
