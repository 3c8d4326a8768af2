package dev.tare.harness;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a service listens, its name not looked up.
 *
 * @param host name or literal address, an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record HostPort(String host, int port) {
    private static final int LARGEST_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile(
            "(?:\\[(?<v6>[0-9a-fA-F:.]+(?:%[\\w.-]+)?)]|(?<host>[^:\\[\\]\\s]+))(?::(?<port>\\d{1,5}))?");

    /** @throws IllegalArgumentException when the host is blank or the port out of range */
    public HostPort {
        if (host.isBlank() || port < 1 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "expected HOST:PORT with a port from 1 to " + LARGEST_PORT + ", got \"" + host + ":" + port + "\"");
        }
    }

    /**
     * Reads {@code HOST:PORT}; an IPv6 address stands in brackets.
     *
     * @param what whose address it is, for the message: {@code clock server}
     * @param defaultPort the port where none is given; empty when it must be given
     * @throws IllegalArgumentException when it has another form
     */
    public static HostPort parse(String what, String text, OptionalInt defaultPort) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches() && (matcher.group("port") != null || defaultPort.isPresent())) {
            int port =
                    matcher.group("port") == null ? defaultPort.orElseThrow() : Integer.parseInt(matcher.group("port"));
            if (port >= 1 && port <= LARGEST_PORT) {
                return new HostPort(matcher.group("v6") != null ? matcher.group("v6") : matcher.group("host"), port);
            }
        }
        throw new IllegalArgumentException(what + ": expected HOST:PORT with a port from 1 to " + LARGEST_PORT
                + ", got \"" + text + "\"; for example 192.0.2.1:12123 or [2001:db8::1]:12123");
    }

    /** Where somebody listens, by address; by name while that was not looked up. */
    public static HostPort of(InetSocketAddress listening) {
        return new HostPort(
                listening.isUnresolved() ? listening.getHostString() : text(listening.getAddress()),
                listening.getPort());
    }

    /** An address as people write it: of an IPv6 address the longest run of zeros is left out, {@code ::1}. */
    public static String text(InetAddress address) {
        String text = address.getHostAddress();
        if (address instanceof Inet6Address) {
            for (int zeros = Long.BYTES; zeros > 1; zeros--) {
                Matcher run = Pattern.compile("(^|:)0(:0){" + (zeros - 1) + "}(:|%|$)")
                        .matcher(text);
                if (run.find()) {
                    return run.replaceFirst("%".equals(run.group(3)) ? "::%" : "::");
                }
            }
        }
        return text;
    }

    /** {@code HOST:PORT}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
