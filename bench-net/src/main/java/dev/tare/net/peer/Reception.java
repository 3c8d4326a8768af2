package dev.tare.net.peer;

import dev.tare.net.control.Greeting;
import dev.tare.net.control.Nonce;
import dev.tare.net.control.Token;
import dev.tare.net.control.Verdict;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;

/**
 * Finds out what a new connection wants and whether it may.
 *
 * <p>Until it has shown that, a connection costs a thread and a few hundred bytes, for a few seconds.
 */
final class Reception {
    /** What a connection turned out to be. */
    sealed interface Visitor {
        /** A client that has proved the token and has taken a place among the sessions, which its server frees. */
        record Client(DataInputStream input, DataOutputStream output) implements Visitor {}

        /** The connection of a stream that a client has announced. */
        record Stream(PeerStream stream) implements Visitor {}

        /** Refused, and told why. */
        record Refused(String why) implements Visitor {}
    }

    private final Token token;
    private final Tickets tickets;
    private final Places sessions;

    Reception(Token token, Tickets tickets, Places sessions) {
        this.token = token;
        this.tickets = tickets;
        this.sessions = sessions;
    }

    /**
     * Receives a connection.
     *
     * @throws IOException when it says what no client says, or leaves
     */
    Visitor receive(SocketChannel channel) throws IOException {
        // A stream's connection carries traffic right behind its greeting: nothing may be read ahead.
        DataInputStream input = new DataInputStream(channel.socket().getInputStream());
        DataOutputStream output =
                new DataOutputStream(new BufferedOutputStream(channel.socket().getOutputStream()));
        Greeting greeting = Greeting.read(input);
        if (greeting.version() != Greeting.VERSION) {
            return refuse(
                    output,
                    "this peer speaks version " + Greeting.VERSION + " of the protocol, the client speaks version "
                            + greeting.version() + "; run the same benchmarks.jar at both ends");
        }
        if (greeting.purpose() == Greeting.SESSION) {
            return client(channel.socket().getInetAddress(), greeting.nonce(), input, output);
        }
        if (greeting.purpose() == Greeting.STREAM) {
            return tickets.redeem(greeting.nonce())
                    .<Visitor>map(Visitor.Stream::new)
                    .orElseGet(() -> new Visitor.Refused("no session has announced this stream"));
        }
        return refuse(output, "expected purpose 1 or 2 of the connection, got " + greeting.purpose());
    }

    private Visitor client(InetAddress address, Nonce clientNonce, DataInputStream input, DataOutputStream output)
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
        if (!sessions.take(address)) {
            return refuse(output, "this peer serves as many clients as it may; try again when one has finished");
        }
        Verdict.accepted().write(output);
        output.write(token.proof(Token.Side.PEER, clientNonce, peerNonce));
        // What cannot be delivered now fails at the session's first read, where the place is freed.
        output.flush();
        return new Visitor.Client(new DataInputStream(new BufferedInputStream(input)), output);
    }

    private static Visitor refuse(DataOutputStream output, String why) throws IOException {
        Verdict.refused(why).write(output);
        output.flush();
        return new Visitor.Refused(why);
    }
}
