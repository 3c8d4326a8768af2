package dev.tare.net.control;

import java.util.Arrays;

/** What the peer does on a stream. */
public enum Role {
    /** Receives, verifies and counts messages over TCP. */
    SINK(1),
    /** Sends messages over TCP as far as the client grants. */
    SOURCE(2);

    private final int number;

    Role(int number) {
        this.number = number;
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
