package dev.tare.net.client;

import dev.tare.harness.Reasons;
import dev.tare.machine.cpu.CpuTimes;
import dev.tare.net.control.ControlReply;
import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.ControlRequest;
import dev.tare.net.control.Handshake;
import dev.tare.net.control.Nonce;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.control.Token;
import dev.tare.net.socket.SocketSettings;
import dev.tare.net.socket.TcpState;
import dev.tare.net.socket.VsockAddress;
import dev.tare.net.socket.VsockChannel;
import dev.tare.net.stream.TicketDatagram;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client's conversation with a peer; any thread may ask.
 *
 * <p>Answers carry nothing that says which question they belong to: a session on which one is missing, late or damaged is
 * closed, because the next question would get the answer to the last.
 */
public final class PeerSession implements AutoCloseable {
    /** A peer that does not answer within this is taken for dead. */
    private static final int ANSWER_MS = 5000;

    private static final StreamOptions OWN_OPTIONS = new StreamOptions(1, StreamOptions.KERNEL_CHOOSES, true);

    /**
     * The client's end of a stream over a connection.
     *
     * @param number the session's number for it
     */
    public record TcpStream(int number, SocketChannel channel) implements Closeable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /**
     * The client's end of a stream of datagrams; its channel is connected.
     *
     * @param number the session's number for it
     */
    public record UdpStream(int number, DatagramChannel channel, TicketDatagram ticket) implements Closeable {
        /** Waits until everything sent so far has arrived or is lost. The channel must be blocking. */
        public void flush() throws IOException {
            flush(other -> {});
        }

        /** The same, where the peer sends: hands over what comes meanwhile. */
        public void flush(Consumer<ByteBuffer> others) throws IOException {
            ticket.exchange(channel, others);
        }

        /** Lets a peer that waits for a datagram look at what it may do now; whether it comes is not known. */
        public void wake() throws IOException {
            ticket.send(channel);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /**
     * A port on which the peer accepts this client's connections.
     *
     * @param number the session's number for it
     */
    public record AcceptorPort(int number, InetSocketAddress address) {
        /** Of sockets that connect to it. */
        public StandardProtocolFamily family() {
            return SocketSettings.family(address.getAddress());
        }
    }

    private final SocketAddress peer;
    private final Closeable connection;
    private final Optional<InetAddress> source;
    private final DataInputStream input;
    private final DataOutputStream output;
    private @Nullable IOException closedBy;

    /** Talks over a connection whose reads end with SocketTimeoutException when no answer comes in time. */
    PeerSession(SocketAddress peer, Closeable connection, InputStream input, OutputStream output) {
        this(peer, connection, input, output, Optional.empty());
    }

    private PeerSession(
            SocketAddress peer,
            Closeable connection,
            InputStream input,
            OutputStream output,
            Optional<InetAddress> source) {
        this.source = source;
        this.peer = peer;
        this.connection = connection;
        this.input = new DataInputStream(new BufferedInputStream(input));
        this.output = new DataOutputStream(new BufferedOutputStream(output));
    }

    /**
     * Opens a session at the first of a host's addresses at which there is a peer.
     *
     * @param addresses in the order in which they are tried, one at least
     * @param source this machine's address from which all of the session's sockets speak, or empty for the kernel's choice
     * @throws PeerException when none leads to a peer, with the reason of each
     */
    public static PeerSession open(List<? extends SocketAddress> addresses, Token token, Optional<InetAddress> source)
            throws IOException {
        List<PeerException> failures = new ArrayList<>();
        for (SocketAddress address : addresses) {
            try {
                return open(address, token, source);
            } catch (PeerException e) {
                failures.add(e);
            }
        }
        throw failures.size() == 1 ? failures.get(0) : new PeerException(failures);
    }

    /**
     * Connects to a peer and proves the token; the peer has to prove it too.
     *
     * @throws PeerException when nobody answers there, or it is no peer, one of another version, or one with another token
     */
    public static PeerSession open(SocketAddress peer, Token token) throws IOException {
        return open(peer, token, Optional.empty());
    }

    private static PeerSession open(SocketAddress peer, Token token, Optional<InetAddress> source) throws IOException {
        SocketChannel channel = connect(peer, source);
        try {
            PeerSession session = new PeerSession(
                    peer,
                    channel,
                    channel.socket().getInputStream(),
                    channel.socket().getOutputStream(),
                    source);
            session.greet(token);
            return session;
        } catch (IOException e) {
            channel.close();
            throw new PeerException(peer, "opening a session", e);
        }
    }

    private static SocketChannel connect(SocketAddress peer, Optional<InetAddress> source) throws IOException {
        SocketChannel channel = newSocket(peer);
        try {
            OWN_OPTIONS.applyTo(channel);
            connect(channel, peer, source);
            channel.socket().setSoTimeout(ANSWER_MS);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw new PeerException(peer, "connecting", e);
        }
    }

    /** A socket of the peer's family of addresses. */
    private static SocketChannel newSocket(SocketAddress peer) throws IOException {
        return peer instanceof VsockAddress ? VsockChannel.open() : SocketChannel.open();
    }

    private static void connect(SocketChannel channel, SocketAddress peer, Optional<InetAddress> source)
            throws IOException {
        if (channel instanceof VsockChannel) {
            channel.connect(peer);
        } else {
            bind(channel, source);
            channel.socket().connect(peer, ANSWER_MS);
        }
    }

    /** The peer's address of IP, for what only IP has. */
    private InetAddress ip() throws IOException {
        if (peer instanceof InetSocketAddress address) {
            return address.getAddress();
        }
        throw new IOException("expected a peer reached by IP, got " + peer + ", to which there are only streams");
    }

    /** Binds a socket that is to be connected to the peer to the session's source address, if it has one. */
    public void bind(NetworkChannel channel) throws IOException {
        bind(channel, source);
    }

    private static void bind(NetworkChannel channel, Optional<InetAddress> source) throws IOException {
        if (source.isPresent()) {
            try {
                channel.bind(new InetSocketAddress(source.get(), 0));
            } catch (IOException e) {
                throw new IOException(
                        "sourceAddress: expected an address of this machine, got "
                                + source.get().getHostAddress() + ": " + Reasons.of(e),
                        e);
            }
        }
    }

    private void greet(Token token) throws IOException {
        Nonce clientNonce = Nonce.random();
        new Handshake.Greeting(Handshake.Greeting.SESSION, clientNonce).write(output);
        output.flush();
        Handshake.Verdict.read(input).orThrow();
        Nonce peerNonce = Nonce.read(input);
        output.write(token.proof(Token.Side.CLIENT, clientNonce, peerNonce));
        output.flush();
        Handshake.Verdict.read(input).orThrow();
        byte[] proof = new byte[Token.PROOF_BYTES];
        input.readFully(proof);
        if (!token.proves(Token.Side.PEER, clientNonce, peerNonce, proof)) {
            throw new IOException(
                    "the peer sent nothing that proves the token; it may be another program on this port");
        }
    }

    /** Opens a stream over a connection of its own, which is ready for traffic. */
    public TcpStream openStream(Role role, StreamOptions options) throws IOException {
        ControlReply.Opened opened = open(role, options);
        SocketChannel connection = newSocket(peer);
        try {
            options.applyTo(connection);
            connect(connection, peer, source);
            ByteBuffer greeting = new Handshake.Greeting(Handshake.Greeting.STREAM, opened.ticket()).toBuffer();
            while (greeting.hasRemaining()) {
                connection.write(greeting);
            }
            return new TcpStream(opened.stream(), connection);
        } catch (IOException e) {
            connection.close();
            throw new PeerException(peer, "connecting a stream", e);
        }
    }

    /**
     * Opens a stream of datagrams over a UDP socket of its own, which the peer already answers.
     *
     * @throws IOException when the peer is not reached by IP
     */
    public UdpStream openDatagrams(Role role, StreamOptions options) throws IOException {
        InetAddress address = ip();
        ControlReply.Opened opened = open(role, options);
        DatagramChannel channel = DatagramChannel.open();
        try {
            options.applyTo(channel);
            bind(channel);
            channel.connect(new InetSocketAddress(address, opened.port()));
            UdpStream stream = new UdpStream(opened.stream(), channel, new TicketDatagram(opened.ticket()));
            stream.flush();
            return stream;
        } catch (IOException e) {
            channel.close();
            throw new PeerException(peer, "opening a stream of datagrams on its port " + opened.port(), e);
        }
    }

    /**
     * Asks for a port on which the peer accepts connections.
     *
     * @throws IOException when the peer is not reached by IP
     */
    public AcceptorPort openPort(Role role, StreamOptions options) throws IOException {
        InetAddress address = ip();
        ControlReply.Opened opened = open(role, options);
        return new AcceptorPort(opened.stream(), new InetSocketAddress(address, opened.port()));
    }

    private ControlReply.Opened open(Role role, StreamOptions options) throws IOException {
        return ask("a stream", new ControlRequest.Open(role, options), ControlReply.Opened.class);
    }

    /**
     * What the peer has counted on a stream, as soon as it is so many bytes, and after two seconds at the latest.
     *
     * @throws PeerException when the stream has failed at the peer's end: the peer's words
     */
    public StreamCount count(int stream, long awaitedBytes) throws IOException {
        return ask("the count of a stream", new ControlRequest.Count(stream, awaitedBytes), StreamCount.class);
    }

    /** What the peer's kernel has granted to a stream's socket of what it was asked for, by the names of facts. */
    public Map<String, String> granted(int stream) throws IOException {
        return ask("the options of a stream", new ControlRequest.Granted(stream), ControlReply.Granted.class)
                .facts();
    }

    /** How TCP fares on a stream, as the peer's kernel sees it; empty where it does not tell. */
    public Optional<TcpState> tcp(int stream) throws IOException {
        return ask("how TCP fares", new ControlRequest.Tcp(stream), ControlReply.Tcp.class)
                .state();
    }

    /** Lets a source of datagrams send for so long from now on, whatever it was allowed before; 0 stops it. */
    public void lease(int stream, int durationMs) throws IOException {
        ask("datagrams", new ControlRequest.Lease(stream, durationMs), ControlReply.Done.class);
    }

    /** Processor time used by the peer's machine and for this client. */
    public CpuTimes usage() throws IOException {
        return ask("processor times", new ControlRequest.Usage(), ControlReply.Used.class)
                .cpu();
    }

    /** How TCP on the peer's machine controls congestion unless told otherwise; empty where its system does not tell. */
    public Optional<String> congestionControl() throws IOException {
        return ask("its kernel's settings", new ControlRequest.Kernel(), ControlReply.Kernel.class)
                .congestionControl();
    }

    /** Shows the peer that this client lives, and this client that the peer does. */
    public void ping() throws IOException {
        ask("a sign of life", new ControlRequest.Ping(), ControlReply.Done.class);
    }

    /** The address and port at which the peer answers, for messages and facts. */
    public SocketAddress peer() {
        return peer;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private synchronized <R extends ControlReply> R ask(String what, ControlRequest request, Class<R> kind)
            throws IOException {
        String doing = "asking for " + what;
        if (closedBy != null) {
            throw new PeerException(
                    peer, doing, new IOException("the session was closed after this: " + closedBy, closedBy));
        }
        ControlReply reply;
        try {
            request.write(output);
            output.flush();
            reply = ControlReply.read(input);
            if (!kind.isInstance(reply) && !(reply instanceof ControlReply.Failed)) {
                throw new IOException("it answered something else; run the same benchmarks.jar at both ends");
            }
        } catch (IOException e) {
            closedBy = new PeerException(peer, doing, e);
            connection.close();
            throw closedBy;
        }
        if (reply instanceof ControlReply.Failed failed) {
            throw new PeerException(peer, doing, new IOException("the peer says: " + failed.words()));
        }
        return kind.cast(reply);
    }
}
