package dev.tare.net.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.client.PeerSession.UdpStream;
import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.Nonce;
import dev.tare.net.stream.TicketDatagram;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Peers that answer when nobody waits any more. */
final class LateReplyTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void aSessionWhoseReplyIsLateIsClosedAndSaysSo() throws Exception {
        ByteArrayOutputStream late = new ByteArrayOutputStream();
        new StreamCount(1, 0, 0, 0, 0, 0).write(new DataOutputStream(late));
        new StreamCount(2, 0, 0, 0, 0, 0).write(new DataOutputStream(late));
        AtomicBoolean closed = new AtomicBoolean();
        PeerSession session = new PeerSession(
                LOOPBACK,
                () -> closed.set(true),
                new FirstReadTimesOut(late.toByteArray()),
                OutputStream.nullOutputStream());

        assertThatThrownBy(() -> session.count(1, 0))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("no answer in time");

        assertThatThrownBy(() -> session.count(2, 0))
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("the session was closed")
                .hasMessageContaining("no answer in time");
        assertThat(closed).isTrue();
    }

    @Test
    void aDatagramThatReturnsLateEndsNoLaterWait() throws Exception {
        AtomicBoolean returned = new AtomicBoolean();
        try (DatagramChannel peer = DatagramChannel.open().bind(LOOPBACK);
                DatagramChannel client = DatagramChannel.open().bind(LOOPBACK)) {
            client.connect(peer.getLocalAddress());
            UdpStream stream = new UdpStream(1, client, new TicketDatagram(Nonce.random()));
            CompletableFuture<Void> serving = CompletableFuture.runAsync(() -> {
                try {
                    // The first wait sends twice, and the second return comes when it has ended already.
                    returnTwo(peer);
                    ByteBuffer[] next = {receive(peer), receive(peer)};
                    returned.set(true);
                    sendBack(peer, client.getLocalAddress(), next);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            stream.flush();

            stream.flush();

            assertThat(returned)
                    .as("what was sent in the second wait came back")
                    .isTrue();
            serving.get(60, TimeUnit.SECONDS);
        }
    }

    private static void returnTwo(DatagramChannel peer) throws IOException {
        ByteBuffer first = ByteBuffer.allocate(100);
        SocketAddress client = peer.receive(first);
        sendBack(peer, client, first.flip(), receive(peer));
    }

    private static ByteBuffer receive(DatagramChannel peer) throws IOException {
        ByteBuffer datagram = ByteBuffer.allocate(100);
        peer.receive(datagram);
        return datagram.flip();
    }

    private static void sendBack(DatagramChannel peer, SocketAddress client, ByteBuffer... datagrams)
            throws IOException {
        for (ByteBuffer datagram : datagrams) {
            peer.send(datagram, client);
        }
    }

    /** A connection on which the first wait for an answer is over before the answer comes. */
    private static final class FirstReadTimesOut extends InputStream {
        private final InputStream late;
        private boolean first = true;

        FirstReadTimesOut(byte[] late) {
            this.late = new ByteArrayInputStream(late);
        }

        @Override
        public int read() throws IOException {
            timeOut();
            return late.read();
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            timeOut();
            return late.read(buffer, from, length);
        }

        private void timeOut() throws SocketTimeoutException {
            if (first) {
                first = false;
                throw new SocketTimeoutException("Read timed out");
            }
        }
    }
}
