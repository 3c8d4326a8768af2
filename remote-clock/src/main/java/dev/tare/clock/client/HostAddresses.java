package dev.tare.clock.client;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockUnreachableException;
import dev.tare.harness.HostPort;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The addresses of a server's host, of which the first that brings the time serves a clock for its whole life. */
final class HostAddresses {
    private HostAddresses() {}

    /** Opens a clock at one address. */
    interface Attempt<C> {
        /**
         * Opens it.
         *
         * @param server the address as a literal, for messages
         * @throws ClockUnreachableException when it brings no time
         */
        C open(ClockAddress server, InetSocketAddress socket);
    }

    /**
     * The clock at the first address, in the resolver's order, that brings the time.
     *
     * @throws ClockUnreachableException when none does, with the reason of each, or when the host is unknown
     */
    static <C> C first(ClockAddress address, Attempt<C> attempt) {
        try {
            return first(address, address.hostPort().resolve(), attempt);
        } catch (UnknownHostException e) {
            throw new ClockUnreachableException("clock server " + address + ": " + e.getMessage(), e);
        }
    }

    /** The same for addresses that have been looked up, one at least. */
    static <C> C first(ClockAddress address, List<InetSocketAddress> sockets, Attempt<C> attempt) {
        List<ClockUnreachableException> failures = new ArrayList<>();
        for (InetSocketAddress socket : sockets) {
            HostPort literal = HostPort.of(socket);
            try {
                return attempt.open(new ClockAddress(literal.host(), literal.port(), address.transport()), socket);
            } catch (ClockUnreachableException e) {
                failures.add(e);
            }
        }
        if (failures.size() == 1) {
            throw failures.get(0);
        }
        throw new ClockUnreachableException("clock server " + address + ": expected the time from one of "
                + failures.size() + " addresses, got it from none. "
                + failures.stream().map(Throwable::getMessage).collect(Collectors.joining(". ")));
    }
}
