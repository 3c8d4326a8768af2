package dev.tare.net.client;

import dev.tare.harness.HostPort;
import dev.tare.harness.Reasons;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.stream.Collectors;

/** The peer cannot be reached, refuses, has failed or has fallen silent: which one, at what, and what to do. */
public final class PeerException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * @param doing what was under way, such as {@code connecting}
     * @param cause what went wrong; known kinds are explained in the message
     */
    public PeerException(SocketAddress peer, String doing, IOException cause) {
        super("peer " + HostPort.text(peer) + ", " + doing + ": " + explain(cause), cause);
    }

    /**
     * None of a host's addresses leads to a usable peer.
     *
     * @param failures of each address, more than one
     */
    PeerException(List<PeerException> failures) {
        super(
                "peer: expected it at one of " + failures.size() + " addresses, got it at none. "
                        + failures.stream().map(Throwable::getMessage).collect(Collectors.joining(". ")),
                failures.get(0));
    }

    private static String explain(IOException cause) {
        if (cause instanceof ConnectException) {
            return Reasons.of(cause) + "; start one there with: java -jar benchmarks.jar peer";
        }
        if (cause instanceof EOFException) {
            return "it closed the connection; see what it prints";
        }
        if (cause instanceof SocketTimeoutException) {
            return "no answer in time; it has stalled, or the network between drops packets; the connection is closed";
        }
        return Reasons.of(cause);
    }
}
