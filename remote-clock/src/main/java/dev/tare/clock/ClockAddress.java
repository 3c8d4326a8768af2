package dev.tare.clock;

import dev.tare.harness.HostPort;
import java.util.OptionalInt;

/**
 * Where a clock server listens.
 *
 * @param host name or literal address, without brackets
 * @param port 1 to 65535
 */
public record ClockAddress(String host, int port, ClockTransport transport) {
    /** @throws IllegalArgumentException when the host is blank or the port out of range */
    public ClockAddress {
        HostPort checked = new HostPort(host, port);
        host = checked.host();
    }

    private ClockAddress(HostPort listening, ClockTransport transport) {
        this(listening.host(), listening.port(), transport);
    }

    /**
     * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static ClockAddress parse(String hostAndPort, ClockTransport transport) {
        return new ClockAddress(HostPort.parse("clock server", hostAndPort, OptionalInt.empty()), transport);
    }

    /** {@code HOST:PORT}, an IPv6 address in brackets. */
    public HostPort hostPort() {
        return new HostPort(host, port);
    }

    /** {@code HOST:PORT/transport}. */
    @Override
    public String toString() {
        return hostPort() + "/" + transport;
    }
}
