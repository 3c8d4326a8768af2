package dev.tare.clock.server;

import java.io.IOException;
import java.net.InetAddress;

/** A clock server in a process of its own, for tests: prints its addresses and runs until it is stopped. */
public final class ClockServerProgram {
    private ClockServerProgram() {}

    /** Takes the address to listen on and the port. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        ClockServer server = ClockServer.start(ClockServerOptions.loopback()
                .withBind(InetAddress.getByName(arguments[0]))
                .withPort(Integer.parseInt(arguments[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
        server.addresses().forEach(address -> System.out.println("listening on " + address));
        server.awaitClose();
    }
}
