package dev.tare.net.peer;

import java.time.Duration;

/**
 * What clients can take from a peer; whoever wants more is refused in words, and whoever says nothing is dropped.
 *
 * @param greetings connections that have not yet shown who they are, all together
 * @param greetingsPerAddress the same of one address
 * @param sessions clients served at once
 * @param sessionsPerAddress the same of one address
 * @param streamsPerSession streams that one client can have open at once
 * @param bufferBytesPerSession memory that one client's streams can take
 * @param greeting time for a connection to show who it is
 * @param silence a session that asks nothing for so long is dropped; clients ask once a second
 * @param session time after which a session is ended, however busy it is
 */
public record PeerLimits(
        int greetings,
        int greetingsPerAddress,
        int sessions,
        int sessionsPerAddress,
        int streamsPerSession,
        long bufferBytesPerSession,
        Duration greeting,
        Duration silence,
        Duration session) {

    /** Room for dozens of guests with many streams each; a session lasts a day at most. */
    public static PeerLimits standard() {
        return new PeerLimits(
                128, 32, 64, 16, 64, 512L << 20, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofDays(1));
    }
}
