package dev.tare.clock.server;

import dev.tare.harness.HostPort;
import dev.tare.harness.Reasons;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Serves clients on one address until it is closed from another thread. */
interface Listener extends Closeable {
    /** How often a free port is looked for that is free for all. */
    int FREE_PORT_ATTEMPTS = 50;

    InetSocketAddress address() throws IOException;

    /**
     * Returns after {@link #close()}.
     *
     * @throws IOException when the socket fails
     */
    void serve() throws IOException;

    /**
     * Opens the sockets of a server: UDP and TCP on the same port of every address, or none at all.
     *
     * <p>The wildcard is taken apart into the addresses that the machine has: a reply must come from the address that was
     * asked, and only a socket bound to that address makes sure of it on a machine that has several.
     */
    static List<Listener> bind(ClockServerOptions options, Responder responder) throws IOException {
        List<InetAddress> addresses =
                options.bind().isAnyLocalAddress() ? addressesOfThisMachine() : List.of(options.bind());
        for (int attempt = 1; ; attempt++) {
            try {
                return bind(addresses, options, responder);
            } catch (IOException e) {
                // A port that is free for UDP on one address may be taken for TCP or on another.
                if (options.port() != 0 || attempt == FREE_PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static List<Listener> bind(List<InetAddress> addresses, ClockServerOptions options, Responder responder)
            throws IOException {
        List<Listener> listeners = new ArrayList<>();
        InetSocketAddress next = new InetSocketAddress(addresses.get(0), options.port());
        try {
            for (InetAddress address : addresses) {
                next = new InetSocketAddress(address, next.getPort());
                Listener udp = UdpListener.bind(next, responder);
                listeners.add(udp);
                next = udp.address();
                listeners.add(TcpListener.bind(next, responder, options));
            }
            return listeners;
        } catch (IOException e) {
            for (Listener listener : listeners) {
                listener.close();
            }
            throw new IOException(
                    "clock server: expected to listen on " + HostPort.text(next) + ", got " + Reasons.of(e)
                            + "; choose another address or port, or stop what listens there",
                    e);
        }
    }

    private static List<InetAddress> addressesOfThisMachine() throws SocketException {
        List<InetAddress> addresses = new ArrayList<>();
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp()) {
                network.inetAddresses().filter(Listener::isReachable).forEach(addresses::add);
            }
        }
        if (addresses.isEmpty()) {
            throw new SocketException("no network interface is up");
        }
        return addresses;
    }

    /** IPv6 addresses of one link cannot be bound while their interface comes up, and no client would name one. */
    private static boolean isReachable(InetAddress address) {
        return !(address instanceof Inet6Address && address.isLinkLocalAddress());
    }
}
