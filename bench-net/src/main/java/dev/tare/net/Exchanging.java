package dev.tare.net;

import dev.tare.net.roundtrip.Exchange;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's exchanges, over whichever protocol. */
final class Exchanging {
    private final NetworkChannel socket;
    private final Exchange exchange;
    private final MeasuredStream stream;
    private @Nullable RoundTripRates rates;

    Exchanging(PeerLink link, int number, NetworkChannel socket, Exchange exchange, ThreadParams threads) {
        this.socket = socket;
        this.exchange = exchange;
        this.stream = new MeasuredStream(link, number, exchange, threads);
    }

    void begin() throws IOException {
        stream.watch(exchange.count());
        stream.beginCpu();
    }

    void exchange(RoundTripRates iteration) throws IOException {
        rates = iteration;
        try {
            exchange.exchange();
        } catch (IOException e) {
            throw stream.explain(e, exchange.count());
        }
    }

    void end() throws IOException {
        if (rates != null) {
            stream.endCpu().ifPresent(rates::add);
        }
        stream.rest();
        exchange.verify();
    }

    /** Compares with the peer's count, which has the messages that were sent twice in it. */
    void compareCounts(long bytes) throws IOException {
        stream.compareCounts(bytes, "bytes");
    }

    long completed() {
        return exchange.count().total();
    }

    /** Ends the exchanges and says what the kernel had granted to this end's socket. */
    void close() throws IOException {
        stream.tell("send-buffer-bytes", socket.getOption(StandardSocketOptions.SO_SNDBUF));
        stream.tell("receive-buffer-bytes", socket.getOption(StandardSocketOptions.SO_RCVBUF));
        stream.close();
    }
}
