package dev.tare.net.peer;

import dev.tare.net.control.Nonce;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The streams of all sessions: how much of the peer they take, until their session ends, and which of them a connection
 * belongs to.
 */
final class StreamRegistry {
    private final PeerOptions.Limits limits;
    private final Quota streams;
    private final Quota bufferBytes;
    private final Quota idleConnections;
    private final ConcurrentMap<Nonce, PeerStream> announced = new ConcurrentHashMap<>();

    StreamRegistry(PeerOptions.Limits limits) {
        this.limits = limits;
        this.streams = new Quota(limits.streams());
        this.bufferBytes = new Quota(limits.bufferBytes());
        this.idleConnections = new Quota(limits.idleConnections());
    }

    /** A request that is well formed and cannot be met; the message goes to the client. */
    static final class RefusedRequestException extends Exception {
        private static final long serialVersionUID = 1;

        RefusedRequestException(String words) {
            super(words);
        }
    }

    /** @throws RefusedRequestException when the stream would be more than its client may have, or the peer */
    void admit(String client, PeerStream stream) throws RefusedRequestException {
        if (!streams.take(client)) {
            throw new RefusedRequestException("the clients of one address can have "
                    + limits.streams().perAddress() + " streams, all together "
                    + limits.streams().together()
                    + "; use fewer threads (-t), or try again when others have finished");
        }
        if (!bufferBytes.take(client, stream.bufferBytes())) {
            streams.release(client);
            throw new RefusedRequestException("the streams of one address can have "
                    + limits.bufferBytes().perAddress() + " bytes of buffers, all together "
                    + limits.bufferBytes().together() + "; that leaves less than the " + stream.bufferBytes()
                    + " of another stream; use fewer threads (-t) or smaller messages, or try again when others have"
                    + " finished");
        }
    }

    /** From which a stream takes and releases each of its idle connections. */
    Quota idleConnections() {
        return idleConnections;
    }

    /** A ticket for the connection of an admitted stream, good for one connection. */
    Nonce announce(PeerStream stream) {
        Nonce ticket = Nonce.random();
        announced.put(ticket, stream);
        return ticket;
    }

    /** The stream whose connection shows this ticket; empty when there is none, or when it has one already. */
    Optional<PeerStream> redeem(Nonce ticket) {
        return Optional.ofNullable(announced.remove(ticket));
    }

    /** Gives back what a stream took when its session ends. */
    void release(String client, PeerStream stream) {
        announced.values().remove(stream);
        streams.release(client);
        bufferBytes.release(client, stream.bufferBytes());
    }
}
