package dev.tare.net.peer;

import java.time.Duration;

/**
 * What clients can take from a peer; whoever wants more is refused in words, and whoever says nothing is dropped.
 *
 * @param greetings connections that have not yet shown who they are
 * @param sessions clients served at once
 * @param streams what the sessions that are served have opened since they began; a benchmark opens as many as it has threads
 * @param bufferBytes memory of these streams
 * @param greeting time for a connection to show who it is
 * @param silence a session that asks nothing for so long is dropped; clients ask once a second
 * @param session time after which a session is ended, however busy it is
 */
public record PeerLimits(
        Bound greetings,
        Bound sessions,
        Bound streams,
        Bound bufferBytes,
        Duration greeting,
        Duration silence,
        Duration session) {

    /**
     * How much of something can be taken at once.
     *
     * @param together by all clients
     * @param perAddress by the clients of one address
     */
    public record Bound(long together, long perAddress) {}

    /** Room for dozens of guests with many streams each; a session lasts a day at most. */
    public static PeerLimits standard() {
        // Buffers are direct memory, of which the JVM gives as much as it gives heap.
        long bufferBytes = Math.min(1L << 30, Runtime.getRuntime().maxMemory() / 4 * 3);
        return new PeerLimits(
                new Bound(128, 32),
                new Bound(64, 16),
                new Bound(512, 128),
                new Bound(bufferBytes, Math.min(512L << 20, bufferBytes)),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofDays(1));
    }
}
