package dev.tare.net;

import dev.tare.harness.Facts;
import dev.tare.harness.Parameters;
import dev.tare.harness.Reasons;
import dev.tare.net.client.PeerSession;
import dev.tare.net.client.PeerSession.AcceptorPort;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.peer.PeerOptions;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Connections that are open and carry nothing beside those that are measured: what a server with many clients has. Each is
 * asked for a byte when it is opened and again at the end, so that none was lost without notice.
 */
@State(Scope.Benchmark)
public class IdleConnections {
    private static final int ANSWER_MS = 5000;

    /**
     * How many connections to the peer are kept open beside those that are measured. A peer that is not embedded has to allow them:
     * {@code peer --idle-connections}.
     */
    @Param("0")
    public String idleConnections;

    private final List<SocketChannel> connections = new ArrayList<>();
    private PeerLink link;

    /** Opens them. */
    @Setup(Level.Trial)
    public void open(PeerLink usedLink) throws IOException {
        int wanted = number(idleConnections);
        link = usedLink;
        link.acquire();
        if (wanted == 0) {
            return;
        }
        AcceptorPort port =
                link.session().openPort(Role.HOLDER, new StreamOptions(1, StreamOptions.KERNEL_CHOOSES, true));
        try {
            while (connections.size() < wanted) {
                connections.add(opened(link.session(), port));
            }
        } catch (IOException e) {
            int opened = connections.size();
            closeAll();
            link.release();
            throw new IOException(
                    "idleConnections: expected " + wanted + ", got " + opened + ": " + Reasons.of(e)
                            + "; see the peer's --idle-connections, and ulimit -n at both ends",
                    e);
        }
    }

    private static SocketChannel opened(PeerSession session, AcceptorPort port) throws IOException {
        SocketChannel connection = SocketChannel.open();
        try {
            session.bind(connection);
            connection.socket().connect(port.address(), ANSWER_MS);
            connection.socket().setSoTimeout(ANSWER_MS);
            awaitByte(connection);
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Asks each for a byte, and closes them.
     *
     * @throws IOException when one of them does not answer: which
     */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        try {
            ByteBuffer question = ByteBuffer.allocateDirect(1);
            for (int number = 0; number < connections.size(); number++) {
                try {
                    connections.get(number).write(question.clear());
                    awaitByte(connections.get(number));
                } catch (IOException e) {
                    throw new IOException(
                            "idle connection " + number + " of " + connections.size() + ": expected it to be open, got "
                                    + Reasons.of(e) + "; see what between forgets connections that carry nothing",
                            e);
                }
            }
            if (!connections.isEmpty()) {
                Facts.print("idle-connections", connections.size());
            }
        } finally {
            closeAll();
            link.release();
        }
    }

    private void closeAll() throws IOException {
        for (SocketChannel connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    private static void awaitByte(SocketChannel connection) throws IOException {
        InputStream input = connection.socket().getInputStream();
        if (input.read() < 0) {
            throw new EOFException("the peer closed it");
        }
    }

    static int number(String idleConnections) {
        return (int)
                Parameters.wholeNumber("idleConnections", idleConnections, 0, PeerOptions.Limits.MOST_IDLE_CONNECTIONS);
    }
}
