package dev.tare.profiles.command;

import dev.tare.profiles.cli.CommandException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import picocli.CommandLine.Option;

/** Where a service listens: on loopback alone unless somebody says otherwise. */
final class ServiceAddress {
    private static final int LAST_PORT = 65535;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address to listen on (default: loopback only; 0.0.0.0 or :: for all).")
    private InetAddress bind = InetAddress.getLoopbackAddress();

    @Option(names = "--port", paramLabel = "N", description = "Port, 0 for a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    ServiceAddress(int standardPort) {
        this.port = standardPort;
    }

    /** The address; throws a CommandException when the port is none. */
    InetSocketAddress get() {
        if (port < 0 || port > LAST_PORT) {
            throw CommandException.usage("--port: expected a port of 0 to " + LAST_PORT + ", got " + port);
        }
        return new InetSocketAddress(bind, port);
    }
}
