package dev.tare.net.peer;

import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToLongFunction;

/** What one client has taken, over all of its streams. */
final class ClientAccount {
    private static final double BYTES_PER_MB = 1e6;
    private static final double NS_PER_S = 1e9;

    private final String client;
    private final Queue<PeerStream> streams = new ConcurrentLinkedQueue<>();

    ClientAccount(String client) {
        this.client = client;
    }

    String client() {
        return client;
    }

    void add(PeerStream stream) {
        streams.add(stream);
    }

    long cpuNs() {
        return streams.stream().mapToLong(PeerStream::cpuNs).sum();
    }

    ClientStatistics statistics() {
        return new ClientStatistics(
                client, streams.size(), bytes(PeerStream::receivedBytes), bytes(PeerStream::sentBytes), cpuNs());
    }

    @Override
    public String toString() {
        ClientStatistics now = statistics();
        return String.format(
                Locale.ROOT,
                "%s: %d streams, %.1f MB received, %.1f MB sent, %.2f CPU s",
                client,
                now.streams(),
                now.receivedBytes() / BYTES_PER_MB,
                now.sentBytes() / BYTES_PER_MB,
                now.cpuNs() / NS_PER_S);
    }

    private long bytes(ToLongFunction<PeerStream> direction) {
        return streams.stream().mapToLong(direction).sum();
    }
}
