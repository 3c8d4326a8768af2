package dev.tare.net;

import dev.tare.net.client.EmbeddedPeer;
import dev.tare.net.client.PeerAddress;
import dev.tare.net.client.Session;
import dev.tare.net.client.StallWatch;
import dev.tare.net.control.Token;
import dev.tare.net.stream.CongestionControl;
import java.io.IOException;
import java.nio.file.Path;
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
    private static final String NONE = "none";
    private static final String UNKNOWN = "unknown";

    /** {@code embedded}, {@code embedded-ipv6}, {@code host:port} or {@code [IPv6]:port}. */
    @Param(PeerAddress.EMBEDDED)
    public String peer;

    /** File with the token that the peer wants, or {@code none}. */
    @Param(NONE)
    public String tokenFile;

    private @Nullable EmbeddedPeer embedded;
    private Session session;
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
        if (PeerAddress.isEmbedded(peer)) {
            embedded = EmbeddedPeer.start(peer);
            session = Session.open(embedded.address(), Token.none());
        } else {
            session = Session.open(PeerAddress.parse(peer), token);
        }
        watch = new StallWatch(session);
        Fact.print("peer", session.peer().toString());
        Fact.print(
                "tcp-congestion-control-default",
                CongestionControl.systemDefault().orElse(UNKNOWN));
        Fact.print(
                "peer-tcp-congestion-control-default",
                session.congestionControl().orElse(UNKNOWN));
    }

    /** A thread begins to use the session. */
    synchronized void enter() {
        users++;
    }

    /**
     * A thread is done. The last one ends the session: JMH tears a shared state down as soon as the first of its threads
     * is through, while the others may still compare their counts.
     */
    synchronized void leave() throws IOException {
        users--;
        close();
    }

    /** Ends the session, and the embedded peer, if no thread uses them any more; otherwise {@link #leave} does it. */
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

    Session session() {
        return session;
    }

    StallWatch watch() {
        return watch;
    }
}
