package dev.tare.net.peer;

import java.net.InetAddress;

/** What the streams of all sessions take of the peer: a stream keeps its place until its session ends. */
final class StreamRoom {
    private final PeerLimits limits;
    private final Places streams;
    private final Places bufferBytes;

    StreamRoom(PeerLimits limits) {
        this.limits = limits;
        this.streams = new Places(limits.streams());
        this.bufferBytes = new Places(limits.bufferBytes());
    }

    /** @throws RefusedRequestException when the stream would be more than its client may have, or the peer */
    void take(InetAddress client, PeerStream stream) throws RefusedRequestException {
        if (!streams.take(client)) {
            throw new RefusedRequestException("the clients of one address can have "
                    + limits.streams().perAddress() + " streams, all together "
                    + limits.streams().together()
                    + "; use fewer threads (-t), or try again when others have finished");
        }
        if (!bufferBytes.take(client, stream.bufferBytes())) {
            streams.free(client);
            throw new RefusedRequestException("the streams of one address can have "
                    + limits.bufferBytes().perAddress() + " bytes of buffers, all together "
                    + limits.bufferBytes().together() + "; that leaves less than the " + stream.bufferBytes()
                    + " of another stream; use fewer threads (-t) or smaller messages, or try again when others have"
                    + " finished");
        }
    }

    void free(InetAddress client, PeerStream stream) {
        streams.free(client);
        bufferBytes.free(client, stream.bufferBytes());
    }
}
