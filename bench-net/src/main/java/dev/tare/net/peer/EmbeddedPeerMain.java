package dev.tare.net.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;

/**
 * A peer in a process of its own for a benchmark that has no other: on loopback, for as long as its parent lives.
 *
 * <p>It prints its port and ends when its standard input does, which the kernel closes however the parent ends.
 */
public final class EmbeddedPeerMain {
    private EmbeddedPeerMain() {}

    /**
     * Serves until the parent is gone.
     *
     * @param arguments the loopback address to listen on
     */
    public static void main(String[] arguments) throws IOException {
        PeerOptions options = PeerOptions.onLoopback(InetAddress.getByName(arguments[0]));
        try (Peer peer = Peer.start(options);
                InputStream parent = System.in) {
            System.out.println("port " + peer.address().getPort());
            System.out.flush();
            parent.transferTo(OutputStream.nullOutputStream());
        }
    }
}
