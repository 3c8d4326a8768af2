package dev.tare.net;

import dev.tare.harness.ChildJvm;
import dev.tare.harness.Facts;
import dev.tare.harness.HostPort;
import dev.tare.harness.Parameters;
import dev.tare.net.client.PeerSession;
import dev.tare.net.client.StallWatch;
import dev.tare.net.control.ControlReply;
import dev.tare.net.control.Token;
import dev.tare.net.peer.EmbeddedPeerMain;
import dev.tare.net.socket.SocketSettings;
import dev.tare.net.socket.VsockAddress;
import dev.tare.net.socket.VsockChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The session with the peer that all threads of a benchmark share. */
@State(Scope.Benchmark)
public class PeerLink {
    private static final String EMBEDDED = "embedded";
    private static final String EMBEDDED_IPV6 = "embedded-ipv6";
    private static final String NONE = "none";
    private static final String ANY = "any";
    private static final String FORM = ANY + " or an address of this machine in numbers";
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\S+)?");
    private static final String UNKNOWN = "unknown";

    /** Few and small threads of the JVM's own: the peer shares the machine with what is measured. */
    private static final List<String> EMBEDDED_JVM = List.of(
            "-XX:+UseSerialGC",
            "-Xmx64m",
            "-XX:MaxDirectMemorySize=600m",
            SocketSettings.NATIVE_ACCESS,
            SocketSettings.DESCRIPTORS);

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    /**
     * {@code embedded}: a process that the benchmark starts and stops, reached over the loopback of IPv4; {@code
     * embedded-ipv6}: the same over that of IPv6; {@code host:port} or {@code [IPv6]:port}; for streams {@code vsock:CID:port}.
     */
    @Param(EMBEDDED)
    public String peer;

    /** File with the token that the peer wants, or {@code none}. */
    @Param(NONE)
    public String tokenFile;

    /** This machine's address from which all sockets speak to the peer, as numbers, or {@code any}: the kernel's choice. */
    @Param(ANY)
    public String sourceAddress = ANY;

    private @Nullable ChildJvm embedded;
    private PeerSession session;
    private StallWatch watch;
    private int users;

    /**
     * Starts the embedded peer or finds the other one, opens the session, and tells the facts about both ends.
     *
     * @throws IOException when the token file cannot be used, the peer cannot be reached, or it refuses
     */
    @Setup(Level.Trial)
    public void open() throws IOException {
        Token token = tokenFile.equals(NONE) ? Token.none() : Token.read(Path.of(tokenFile));
        if (isEmbedded(peer)) {
            InetAddress loopback = InetAddress.getByName(peer.equals(EMBEDDED_IPV6) ? "::1" : "127.0.0.1");
            ChildJvm process = ChildJvm.start(
                    "peer",
                    EMBEDDED_JVM,
                    EmbeddedPeerMain.class,
                    List.of(loopback.getHostAddress()),
                    EmbeddedPeerMain.READY,
                    START_LIMIT);
            embedded = process;
            try {
                session = PeerSession.open(
                        List.of(new InetSocketAddress(loopback, Integer.parseInt(process.greeting()))),
                        Token.none(),
                        source(sourceAddress));
            } catch (IOException e) {
                IOException failure = withLastWords(e);
                process.close();
                throw failure;
            }
        } else {
            if (VsockAddress.isMeant(peer) && !sourceAddress.equals(ANY)) {
                throw withoutIp("sourceAddress", ANY, sourceAddress);
            }
            session = PeerSession.open(resolve(peer), token, source(sourceAddress));
        }
        watch = new StallWatch(session);
        Facts.print("peer", HostPort.text(session.peer()));
        if (!sourceAddress.equals(ANY)) {
            Facts.print("source-address", sourceAddress);
        }
        Facts.print(
                "tcp-congestion-control-default",
                ControlReply.Kernel.ofThisMachine().congestionControl().orElse(UNKNOWN));
        Facts.print(
                "peer-tcp-congestion-control-default",
                session.congestionControl().orElse(UNKNOWN));
    }

    /** A thread begins to use the session. */
    synchronized void acquire() {
        users++;
    }

    /**
     * A thread is done. The last one ends the session: JMH tears a shared state down as soon as the first of its threads
     * is through, while the others may still compare their counts.
     */
    synchronized void release() throws IOException {
        users--;
        close();
    }

    /** Ends the session, and the embedded peer, if no thread uses them any more; otherwise {@link #release} does it. */
    @TearDown(Level.Trial)
    public synchronized void close() throws IOException {
        if (users == 0) {
            watch.close();
            session.close();
            if (embedded != null) {
                embedded.close();
            }
        }
    }

    PeerSession session() {
        return session;
    }

    StallWatch watch() {
        return watch;
    }

    /** The failure, and how the embedded peer has ended and what it said last, if it has. */
    IOException withLastWords(IOException failure) {
        ChildJvm process = embedded;
        return process == null ? failure : process.withLastWords(failure);
    }

    /**
     * Checks the form of a value of {@link #peer}, without asking for a host's address.
     *
     * @throws IllegalArgumentException when it has another form
     */
    static void require(String peer) {
        if (VsockAddress.isMeant(peer)) {
            VsockAddress.parse("peer", peer);
            VsockChannel.requireObtainable();
        } else if (!isEmbedded(peer)) {
            parse(peer);
        }
    }

    /** The refusal of a parameter that only peers reached by IP have a use for. */
    static IllegalArgumentException withoutIp(String name, String expected, String got) {
        return new IllegalArgumentException(name + ": expected " + expected + " for a peer on VSOCK, got " + got
                + "; leave it out, or reach the peer by TCP");
    }

    /**
     * The address of a value of {@link #sourceAddress}; empty for the kernel's choice.
     *
     * @throws IllegalArgumentException when it is no address in numbers
     */
    static Optional<InetAddress> source(String sourceAddress) {
        if (sourceAddress.equals(ANY)) {
            return Optional.empty();
        }
        if (NUMBERS.matcher(sourceAddress).matches()) {
            try {
                // Of numbers no name is looked up.
                return Optional.of(InetAddress.getByName(sourceAddress));
            } catch (UnknownHostException e) {
                throw Parameters.refusal("sourceAddress", FORM, sourceAddress, "10.0.0.2", e);
            }
        }
        throw Parameters.refusal("sourceAddress", FORM, sourceAddress, "10.0.0.2", null);
    }

    /**
     * Finds the addresses of a peer that is not embedded, in the order in which they are to be tried.
     *
     * @throws IllegalArgumentException when the value has another form, or the host is unknown
     */
    static List<SocketAddress> resolve(String peer) {
        if (VsockAddress.isMeant(peer)) {
            return List.of(VsockAddress.parse("peer", peer));
        }
        try {
            return List.copyOf(parse(peer).resolve());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("peer: " + e.getMessage(), e);
        }
    }

    private static boolean isEmbedded(String peer) {
        return peer.equals(EMBEDDED) || peer.equals(EMBEDDED_IPV6);
    }

    private static HostPort parse(String peer) {
        try {
            return HostPort.parse("peer", peer, OptionalInt.empty());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + ", or vsock:CID:PORT, or " + EMBEDDED + ", or " + EMBEDDED_IPV6, e);
        }
    }
}
