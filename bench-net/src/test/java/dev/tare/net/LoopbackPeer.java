package dev.tare.net;

import dev.tare.net.control.Token;
import dev.tare.net.peer.Peer;
import dev.tare.net.peer.PeerOptions;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;

/** A peer in this JVM and the link to it, as a benchmark opens one. */
final class LoopbackPeer implements Closeable {
    private final Peer peer;
    private final PeerLink link = new PeerLink();

    private LoopbackPeer(Peer peer) {
        this.peer = peer;
    }

    static LoopbackPeer open() throws IOException {
        return open(PeerOptions.Limits.standard());
    }

    static LoopbackPeer open(PeerOptions.Limits limits) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        LoopbackPeer opened =
                new LoopbackPeer(Peer.start(new PeerOptions(loopback, 0, Token.none(), limits, line -> {})));
        opened.link.tokenFile = "none";
        opened.link.peer =
                loopback.getHostAddress() + ":" + opened.peer.address().getPort();
        opened.link.open();
        return opened;
    }

    PeerLink link() {
        return link;
    }

    /** Ends the peer alone, so that the link finds nobody any more. */
    void stop() throws IOException {
        peer.close();
    }

    @Override
    public void close() throws IOException {
        link.close();
        peer.close();
    }
}
