package dev.tare.net.peer;

import dev.tare.net.control.Handshake;
import dev.tare.net.control.Handshake.Greeting;
import dev.tare.net.control.Handshake.Verdict;
import dev.tare.net.control.Nonce;
import dev.tare.net.control.Token;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * Finds out what a new connection wants and whether it may.
 *
 * <p>Until it has shown that, a connection costs a thread and a few hundred bytes, for a few seconds.
 */
final class PeerHandshake {
    /** What a connection was opened for. */
    sealed interface Purpose {
        /** The requests of a client that has proved the token and counts among the sessions, until its server releases it. */
        record Session(DataInputStream input, DataOutputStream output) implements Purpose {}

        /** The connection of a stream that a client has announced. */
        record Traffic(PeerStream stream) implements Purpose {}

        /** Refused, and told why. */
        record Refused(String why) implements Purpose {}
    }

    private final Token token;
    private final StreamRegistry streams;
    private final Quota sessions;

    PeerHandshake(Token token, StreamRegistry streams, Quota sessions) {
        this.token = token;
        this.streams = streams;
        this.sessions = sessions;
    }

    /**
     * Shakes hands on a new connection.
     *
     * @param client whose it is, among the sessions
     * @throws IOException when it says what no client says, or leaves
     */
    Purpose perform(SocketChannel channel, String client) throws IOException {
        // A stream's connection carries traffic right behind its greeting: nothing may be read ahead.
        DataInputStream input = new DataInputStream(channel.socket().getInputStream());
        DataOutputStream output =
                new DataOutputStream(new BufferedOutputStream(channel.socket().getOutputStream()));
        Greeting greeting = Greeting.read(input);
        if (greeting.version() != Handshake.VERSION) {
            return refuse(
                    output,
                    "this peer speaks version " + Handshake.VERSION + " of the protocol, the client speaks version "
                            + greeting.version() + "; run the same benchmarks.jar at both ends");
        }
        if (greeting.purpose() == Greeting.SESSION) {
            return client(client, greeting.nonce(), input, output);
        }
        if (greeting.purpose() == Greeting.STREAM) {
            return streams.redeem(greeting.nonce())
                    .<Purpose>map(Purpose.Traffic::new)
                    .orElseGet(() -> new Purpose.Refused("no session has announced this stream"));
        }
        return refuse(output, "expected purpose 1 or 2 of the connection, got " + greeting.purpose());
    }

    private Purpose client(String client, Nonce clientNonce, DataInputStream input, DataOutputStream output)
            throws IOException {
        Verdict.accepted().write(output);
        Nonce peerNonce = Nonce.random();
        peerNonce.write(output);
        output.flush();
        byte[] proof = new byte[Token.PROOF_BYTES];
        input.readFully(proof);
        if (!token.proves(Token.Side.CLIENT, clientNonce, peerNonce, proof)) {
            return refuse(
                    output,
                    "the client does not have this peer's token; give it the same token file, with -p tokenFile=FILE");
        }
        if (!sessions.take(client)) {
            return refuse(output, "this peer serves as many clients as it may; try again when one has finished");
        }
        Verdict.accepted().write(output);
        output.write(token.proof(Token.Side.PEER, clientNonce, peerNonce));
        // What cannot be delivered now fails at the session's first read, where the session is released.
        output.flush();
        return new Purpose.Session(new DataInputStream(new BufferedInputStream(input)), output);
    }

    private static Purpose refuse(DataOutputStream output, String why) throws IOException {
        Verdict.refused(why).write(output);
        output.flush();
        return new Purpose.Refused(why);
    }
}
