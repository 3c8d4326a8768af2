package dev.tare.clock;

/**
 * Where a clock server listens.
 *
 * @param host name or literal address, without brackets
 * @param port 1 to 65535
 */
public record ClockAddress(String host, int port, ClockTransport transport) {
    /** @throws IllegalArgumentException when the host is blank or the port out of range */
    public ClockAddress {
        if (host.isBlank() || port < 1 || port > 65535) {
            throw new IllegalArgumentException("clock server: expected HOST:PORT with a port of 1 to 65535, got '"
                    + host + ":" + port + "'; e.g. 192.0.2.1:123 or [2001:db8::1]:123");
        }
    }

    /**
     * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static ClockAddress parse(String hostAndPort, ClockTransport transport) {
        int colon = hostAndPort.lastIndexOf(':');
        String host = colon < 0 ? "" : hostAndPort.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (colon < 0 || (!bracketed && host.indexOf(':') >= 0)) {
            throw malformed(hostAndPort);
        }
        try {
            int port = Integer.parseInt(hostAndPort.substring(colon + 1));
            return new ClockAddress(bracketed ? host.substring(1, host.length() - 1) : host, port, transport);
        } catch (NumberFormatException e) {
            throw malformed(hostAndPort);
        }
    }

    private static IllegalArgumentException malformed(String got) {
        return new IllegalArgumentException(
                "clock server: expected HOST:PORT, got '" + got + "'; e.g. 192.0.2.1:123 or [2001:db8::1]:123");
    }

    /** {@code HOST:PORT/transport}. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/" + transport;
    }
}
