package dev.tare.net.client;

import dev.tare.machine.cpu.CpuTimes;
import dev.tare.net.control.Greeting;
import dev.tare.net.control.Nonce;
import dev.tare.net.control.RefusedException;
import dev.tare.net.control.Reply;
import dev.tare.net.control.Request;
import dev.tare.net.control.Role;
import dev.tare.net.control.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.Token;
import dev.tare.net.control.Verdict;
import dev.tare.net.datagram.Pass;
import dev.tare.net.stream.SocketOptions;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's conversation with a peer; any thread may ask.
 *
 * <p>Answers carry nothing that says which question they belong to: a session on which one is missing, late or damaged is
 * closed, because the next question would get the answer to the last.
 */
public final class Session implements AutoCloseable {
    /** A peer that does not answer within this is taken for dead. */
    private static final int ANSWER_MS = 5000;

    private final InetSocketAddress peer;
    private final Closeable connection;
    private final DataInputStream input;
    private final DataOutputStream output;
    private @Nullable IOException closedBy;

    /** Talks over a connection whose reads end with SocketTimeoutException when no answer comes in time. */
    Session(InetSocketAddress peer, Closeable connection, InputStream input, OutputStream output) {
        this.peer = peer;
        this.connection = connection;
        this.input = new DataInputStream(new BufferedInputStream(input));
        this.output = new DataOutputStream(new BufferedOutputStream(output));
    }

    /**
     * Connects to a peer and proves the token; the peer has to prove it too.
     *
     * @throws PeerException when nobody answers there, or it is no peer, one of another version, or one with another token
     */
    public static Session open(InetSocketAddress peer, Token token) throws IOException {
        SocketChannel channel = connect(peer);
        try {
            Session session = new Session(
                    peer,
                    channel,
                    channel.socket().getInputStream(),
                    channel.socket().getOutputStream());
            session.greet(token);
            return session;
        } catch (IOException e) {
            channel.close();
            throw new PeerException(peer, "opening a session", e);
        }
    }

    private static SocketChannel connect(InetSocketAddress peer) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(peer, ANSWER_MS);
            channel.socket().setSoTimeout(ANSWER_MS);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new PeerException(peer, "connecting", e);
        }
    }

    private void greet(Token token) throws IOException {
        Nonce clientNonce = Nonce.random();
        new Greeting(Greeting.SESSION, clientNonce).write(output);
        output.flush();
        Verdict.read(input).orThrow();
        Nonce peerNonce = Nonce.read(input);
        output.write(token.proof(Token.Side.CLIENT, clientNonce, peerNonce));
        output.flush();
        Verdict.read(input).orThrow();
        byte[] proof = new byte[Token.PROOF_BYTES];
        input.readFully(proof);
        if (!token.proves(Token.Side.PEER, clientNonce, peerNonce, proof)) {
            throw new RefusedException("nothing that proves the token; it may be another program on this port");
        }
    }

    /** Opens a stream over a TCP connection of its own, which is ready for traffic. */
    public Stream openStream(Role role, StreamOptions options) throws IOException {
        Reply.Opened opened = open(role, options);
        SocketChannel connection = SocketChannel.open();
        try {
            SocketOptions.set(connection, options);
            connection.socket().connect(peer, ANSWER_MS);
            ByteBuffer greeting = new Greeting(Greeting.STREAM, opened.ticket()).toBuffer();
            while (greeting.hasRemaining()) {
                connection.write(greeting);
            }
            return new Stream(opened.stream(), connection);
        } catch (IOException e) {
            connection.close();
            throw new PeerException(peer, "connecting a stream", e);
        }
    }

    /** Opens a stream of datagrams over a UDP socket of its own, which the peer already answers. */
    public DatagramStream openDatagrams(Role role, StreamOptions options) throws IOException {
        Reply.Opened opened = open(role, options);
        DatagramChannel channel = DatagramChannel.open();
        try {
            SocketOptions.set(channel, options);
            channel.connect(new InetSocketAddress(peer.getAddress(), opened.port()));
            DatagramStream stream = new DatagramStream(opened.stream(), channel, new Pass(opened.ticket()));
            stream.fence();
            return stream;
        } catch (IOException e) {
            channel.close();
            throw new PeerException(peer, "opening a stream of datagrams on its port " + opened.port(), e);
        }
    }

    /** Asks for a port on which the peer accepts connections and closes them at once. */
    public AcceptorPort openAcceptor(StreamOptions options) throws IOException {
        Reply.Opened opened = open(Role.ACCEPTOR, options);
        return new AcceptorPort(opened.stream(), new InetSocketAddress(peer.getAddress(), opened.port()));
    }

    private Reply.Opened open(Role role, StreamOptions options) throws IOException {
        return ask("a stream", new Request.Open(role, options), Reply.Opened.class);
    }

    /**
     * What the peer has counted on a stream, as soon as it is so many bytes, and after two seconds at the latest.
     *
     * @throws PeerException when the stream has failed at the peer's end: the peer's words
     */
    public StreamCount count(int stream, long awaitedBytes) throws IOException {
        return ask("the count of a stream", new Request.Count(stream, awaitedBytes), Reply.Counted.class)
                .count();
    }

    /** Processor time used by the peer's machine and for this client. */
    public CpuTimes usage() throws IOException {
        return ask("processor times", new Request.Usage(), Reply.Used.class).cpu();
    }

    /** How TCP on the peer's machine controls congestion unless told otherwise; empty where its system does not tell. */
    public Optional<String> congestionControl() throws IOException {
        return ask("its kernel's settings", new Request.Kernel(), Reply.Kernel.class)
                .congestionControl();
    }

    /** Shows the peer that this client lives, and this client that the peer does. */
    public void ping() throws IOException {
        ask("a sign of life", new Request.Ping(), Reply.Done.class);
    }

    /** The peer's address and port, for messages and facts. */
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private synchronized <R extends Reply> R ask(String what, Request request, Class<R> kind) throws IOException {
        String doing = "asking for " + what;
        if (closedBy != null) {
            throw new PeerException(
                    peer, doing, new IOException("the session was closed after this: " + closedBy, closedBy));
        }
        Reply reply;
        try {
            request.write(output);
            output.flush();
            reply = Reply.read(input);
            if (!kind.isInstance(reply) && !(reply instanceof Reply.Failed)) {
                throw new IOException("it answered something else; run the same benchmarks.jar at both ends");
            }
        } catch (IOException e) {
            closedBy = new PeerException(peer, doing, e);
            connection.close();
            throw closedBy;
        }
        if (reply instanceof Reply.Failed failed) {
            throw new PeerException(peer, doing, new RefusedException(failed.words()));
        }
        return kind.cast(reply);
    }
}
