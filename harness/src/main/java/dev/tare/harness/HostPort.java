package dev.tare.harness;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a service listens, as it was named.
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

    /** A socket by its address, an IPv6 address in its short form (RFC 5952); by name while that was not looked up. */
    public static HostPort of(InetSocketAddress socket) {
        return new HostPort(
                socket.isUnresolved() ? socket.getHostString() : text(socket.getAddress()), socket.getPort());
    }

    /**
     * A resolved socket's address and port, 0 where none is bound yet; an IPv6 address in brackets and in its short form. An address
     * that is none of IP as it writes itself.
     */
    public static String text(SocketAddress socket) {
        return socket instanceof InetSocketAddress address
                ? bracketed(text(address.getAddress())) + ":" + address.getPort()
                : socket.toString();
    }

    /** An address as people write it: {@code 192.0.2.1}, {@code ::1}, {@code fe80::1%eth0} (RFC 5952). */
    public static String text(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address.getHostAddress();
        }
        // Java writes all eight groups, and the scope behind them.
        String[] parts = address.getHostAddress().split("%", 2);
        List<String> groups = List.of(parts[0].split(":"));
        int begin = 0;
        int length = 1;
        for (int from = 0; from < groups.size(); from++) {
            int to = from;
            while (to < groups.size() && groups.get(to).equals("0")) {
                to++;
            }
            if (to - from > length) {
                begin = from;
                length = to - from;
            }
        }
        String text = length == 1
                ? parts[0]
                : String.join(":", groups.subList(0, begin)) + "::"
                        + String.join(":", groups.subList(begin + length, groups.size()));
        return parts.length == 1 ? text : text + "%" + parts[1];
    }

    /**
     * Looks the host up.
     *
     * @return its addresses in the order in which the system's resolver prefers them, one at least
     * @throws UnknownHostException when it has none, with what to do
     */
    public List<InetSocketAddress> resolve() throws UnknownHostException {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException e) {
            UnknownHostException explained = new UnknownHostException("expected a host with an address, got "
                    + (e.getMessage() == null ? host : e.getMessage())
                    + "; check its name, the scope behind % if it has one, and this machine's resolver");
            explained.initCause(e);
            throw explained;
        }
    }

    /** {@code HOST:PORT}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return bracketed(host) + ":" + port;
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }
}
