package dev.tare.net.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.control.Token;
import dev.tare.net.peer.Peer;
import dev.tare.net.peer.PeerOptions;
import dev.tare.net.stream.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real peer and real traffic, and a clock that the test moves. */
final class StallWatchTest {
    private static final int MESSAGE_BYTES = 1000;
    private static final long LONGER_THAN_PATIENCE_NS = 6_000_000_000L;

    private final AtomicLong nowNs = new AtomicLong();
    private final ByteBuffer message = Message.content(MESSAGE_BYTES);
    private Peer peer;
    private PeerSession session;
    private TcpStream stream;
    private StallWatch watch;

    @BeforeEach
    void openStream() throws Exception {
        peer = Peer.start(PeerOptions.onLoopback(InetAddress.getLoopbackAddress()));
        session = PeerSession.open(peer.address(), Token.none());
        stream = session.openStream(Role.SINK, new StreamOptions(MESSAGE_BYTES, StreamOptions.KERNEL_CHOOSES, true));
        watch = new StallWatch(session, nowNs::get);
    }

    @AfterEach
    void close() throws Exception {
        watch.close();
        session.close();
        peer.close();
    }

    @Test
    void aWriteThatTakesLongIsNoStallWhileThePeerReceives() throws Exception {
        StallWatch.Watched watched = watch.watch(stream, this::arrived);
        for (int part = 1; part <= 4; part++) {
            message.limit(part * MESSAGE_BYTES / 4);
            while (message.hasRemaining()) {
                stream.channel().write(message);
            }
            session.count(stream.number(), message.limit());
            nowNs.addAndGet(LONGER_THAN_PATIENCE_NS);

            watch.check();

            assertThat(watched.failure()).isEmpty();
        }
    }

    @Test
    void aStreamThatNothingMovesOnIsClosed() throws Exception {
        StallWatch.Watched watched = watch.watch(stream, this::arrived);
        nowNs.addAndGet(LONGER_THAN_PATIENCE_NS);

        watch.check();

        assertThat(watched.failure())
                .hasValueSatisfying(
                        failure -> assertThat(failure).hasMessageContaining("has stalled: nothing moved for 5000 ms"));
        assertThat(stream.channel().isOpen()).isFalse();
    }

    @Test
    void aWatchThatFailsItselfFailsItsStreamsWithTheReason() throws Exception {
        AtomicLong looks = new AtomicLong();
        StallWatch.Watched watched = watch.watch(stream, () -> {
            if (looks.getAndIncrement() > 0) {
                throw new IllegalStateException("a fault of the program");
            }
            return 0;
        });

        watch.check();

        assertThat(watched.failure())
                .hasValueSatisfying(failure -> assertThat(failure).hasStackTraceContaining("a fault of the program"));
        assertThat(stream.channel().isOpen()).isFalse();
        assertThatThrownBy(() -> watch.watch(stream, this::arrived))
                .as("a stream that nobody would watch")
                .hasStackTraceContaining("a fault of the program");
    }

    private long arrived() throws IOException {
        return session.count(stream.number(), 0).total();
    }
}
