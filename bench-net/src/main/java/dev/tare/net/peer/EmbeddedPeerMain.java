package dev.tare.net.peer;

import dev.tare.harness.ChildJvm;
import dev.tare.net.control.Token;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/** A peer in a process of its own that lives as long as the process that started it. */
public final class EmbeddedPeerMain {
    /** What it prints first, the port behind it. */
    public static final String READY = "port ";

    /** For its parent alone, which asks for none unless its user does. */
    private static final int IDLE_CONNECTIONS = 20_000;

    private EmbeddedPeerMain() {}

    /**
     * Serves until the parent is gone; prints the port first.
     *
     * @param arguments the address to listen on; then, beyond loopback, a port and a token file
     */
    public static void main(String[] arguments) throws IOException {
        InetAddress address = InetAddress.getByName(arguments[0]);
        boolean onLoopback = arguments.length == 1;
        PeerOptions options = new PeerOptions(
                address,
                onLoopback ? 0 : Integer.parseInt(arguments[1]),
                onLoopback ? Token.none() : Token.read(Path.of(arguments[2])),
                PeerOptions.Limits.standard().withIdleConnections(IDLE_CONNECTIONS),
                EmbeddedPeerMain::printUnlessUsual);
        try (Peer peer = Peer.start(options)) {
            System.out.println(READY + peer.address().getPort());
            System.out.flush();
            ChildJvm.awaitEndOfParent();
        }
    }

    /** That its parent comes and goes is no news; the rest are its last words if it fails. */
    private static void printUnlessUsual(String line) {
        if (!line.endsWith("has come") && !line.endsWith("has gone")) {
            System.err.println(line);
        }
    }
}
