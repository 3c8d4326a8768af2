package dev.tare.net;

import dev.tare.net.control.Token;
import dev.tare.net.peer.Peer;
import dev.tare.net.peer.PeerOptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A peer that runs until it is killed: what a person starts on another host. */
public final class PeerProgram {
    private PeerProgram() {}

    /**
     * Serves for ever.
     *
     * @param arguments address, port and token file
     */
    public static void main(String[] arguments) throws Exception {
        PeerOptions options = new PeerOptions(
                InetAddress.getByName(arguments[0]),
                Integer.parseInt(arguments[1]),
                arguments.length > 2 ? Token.read(Path.of(arguments[2])) : Token.none(),
                PeerOptions.Limits.standard(),
                System.out::println);
        try (Peer peer = Peer.start(options)) {
            System.out.println("peer " + peer.address().getPort());
            new CountDownLatch(1).await();
        }
    }
}
