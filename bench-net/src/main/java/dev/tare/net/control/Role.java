package dev.tare.net.control;

import java.util.Arrays;

/** What the peer does on a stream. */
public enum Role {
    /** Receives, verifies and counts messages over TCP. */
    SINK(1, false),
    /** Sends messages over TCP as far as the client grants. */
    SOURCE(2, false),
    /** Sends every message over TCP back, when it is complete. */
    ECHO(3, false),
    /** Sends every datagram back. */
    DATAGRAM_ECHO(4, true),
    /** Receives and counts datagrams, their losses, their order and their jitter. */
    DATAGRAM_SINK(5, true),
    /** Accepts connections, sends a byte on each and closes it. */
    ACCEPTOR(6, true);

    private final int number;
    private final boolean ownPort;

    Role(int number, boolean ownPort) {
        this.number = number;
        this.ownPort = ownPort;
    }

    /** Whether the stream has a port of its own instead of a connection to the peer's. */
    public boolean hasOwnPort() {
        return ownPort;
    }

    int number() {
        return number;
    }

    static Role of(int number) throws MalformedMessageException {
        return Arrays.stream(values())
                .filter(role -> role.number == number)
                .findFirst()
                .orElseThrow(() -> new MalformedMessageException("a role from 1 to " + values().length, "" + number));
    }
}
