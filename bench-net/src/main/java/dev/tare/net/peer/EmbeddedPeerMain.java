package dev.tare.net.peer;

import dev.tare.net.control.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Path;

/**
 * A peer in a process of its own that lives as long as the process that started it: the kernel closes its standard input
 * however the parent ends.
 */
public final class EmbeddedPeerMain {
    private EmbeddedPeerMain() {}

    /**
     * Serves until the parent is gone; prints the port first.
     *
     * @param arguments the address to listen on; then, beyond loopback, a port and a token file
     */
    public static void main(String[] arguments) throws IOException {
        InetAddress address = InetAddress.getByName(arguments[0]);
        PeerOptions options = arguments.length == 1
                ? PeerOptions.onLoopback(address)
                : new PeerOptions(
                        address,
                        Integer.parseInt(arguments[1]),
                        Token.read(Path.of(arguments[2])),
                        PeerLimits.standard(),
                        line -> {});
        try (Peer peer = Peer.start(options);
                InputStream parent = System.in) {
            System.out.println("port " + peer.address().getPort());
            System.out.flush();
            parent.transferTo(OutputStream.nullOutputStream());
        }
    }
}
