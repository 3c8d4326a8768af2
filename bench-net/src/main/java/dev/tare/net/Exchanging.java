package dev.tare.net;

import dev.tare.net.roundtrip.Exchange;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.ThreadParams;

/** A thread's exchanges, over whichever protocol. */
final class Exchanging {
    private final Exchange exchange;
    private final MeasuredStream stream;
    private @Nullable RoundTripRates rates;

    Exchanging(PeerLink link, int number, Exchange exchange, ThreadParams threads) {
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

    void close() throws IOException {
        stream.close();
    }
}
