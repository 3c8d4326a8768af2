package dev.tare.clock.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.clock.server.ServerStatistics.DropReason;
import dev.tare.clock.wire.NtpPacket;
import dev.tare.clock.wire.NtpReply;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class ClockServerTest {
    private static final int PATIENCE_MS = 20_000;

    private static ClockServerOptions options() {
        return ClockServerOptions.loopback().withPort(0);
    }

    private static byte[] request(long nonce) {
        ByteBuffer frame = ByteBuffer.allocate(NtpPacket.BYTES);
        NtpPacket.writeRequest(frame, nonce);
        return frame.array();
    }

    private static Socket connect(ClockServer server) throws IOException {
        InetSocketAddress address = server.addresses().get(0);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MS);
        return socket;
    }

    private static long ask(Socket socket, long nonce) throws IOException {
        socket.getOutputStream().write(request(nonce));
        byte[] reply = socket.getInputStream().readNBytes(NtpPacket.BYTES);
        if (reply.length < NtpPacket.BYTES) {
            throw new EOFException();
        }
        return NtpReply.origin(ByteBuffer.wrap(reply));
    }

    private static long ask(DatagramSocket socket, ClockServer server, long nonce) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        socket.send(new DatagramPacket(
                request(nonce), NtpPacket.BYTES, server.addresses().get(0)));
        DatagramPacket reply = new DatagramPacket(new byte[100], 100);
        socket.receive(reply);
        assertThat(reply.getLength()).isEqualTo(NtpPacket.BYTES);
        return NtpReply.origin(ByteBuffer.wrap(reply.getData()));
    }

    @Test
    void randomDatagramsLeaveNoTraceButCountsAndTheServerGoesOnAnswering() throws Exception {
        Random random = new Random(11);
        ClockServer server = ClockServer.start(options());
        try (server;
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = new byte[random.nextInt(NtpPacket.BYTES * 2)];
                random.nextBytes(bytes);
                if (bytes.length > 0) {
                    // Never mode 3, so that nothing of this deserves an answer.
                    bytes[0] = (byte) ((bytes[0] & ~7) | random.nextInt(3));
                }
                socket.send(new DatagramPacket(
                        bytes, bytes.length, server.addresses().get(0)));
                if (i % 100 == 0) {
                    assertThat(ask(socket, server, i + 1)).isEqualTo(i + 1);
                }
            }
        }
        // An answer is counted when it has been handed over, which its client may see first; closing waits for that.
        assertThat(server.statistics().answers()).isEqualTo(200);
        assertThat(server.statistics().dropped(DropReason.LENGTH)).isPositive();
        assertThat(server.statistics().dropped(DropReason.MODE)).isPositive();
    }

    @Test
    void addressThatAsksMoreThanItsShareIsLeftUnansweredAndCounted() throws Exception {
        try (ClockServer server = ClockServer.start(options().withRequests(1, 10));
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (int i = 1; i <= 10; i++) {
                assertThat(ask(socket, server, i)).isEqualTo(i);
            }
            for (int i = 0; i < 50; i++) {
                socket.send(new DatagramPacket(
                        request(99), NtpPacket.BYTES, server.addresses().get(0)));
            }
            try (Socket tcp = connect(server)) {
                tcp.getOutputStream().write(request(5));
                assertThat(tcp.getInputStream().readAllBytes().length).isIn(0, NtpPacket.BYTES);
            } catch (java.net.SocketTimeoutException e) {
                // A token had come back for this one, and the server waits for the next request.
                assertThat(server.statistics().answers()).isGreaterThan(10);
            }
            assertThat(server.statistics().dropped(DropReason.RATE)).isPositive();
        }
    }

    @Test
    void requestThatComesByteByByteIsAnsweredWhileOthersAreServed() throws Exception {
        try (ClockServer server = ClockServer.start(options());
                Socket slow = connect(server);
                Socket quick = connect(server)) {
            byte[] bytes = request(7);
            for (int i = 0; i < bytes.length; i++) {
                slow.getOutputStream().write(bytes, i, 1);
                assertThat(ask(quick, 100 + i)).isEqualTo(100 + i);
            }
            assertThat(NtpReply.origin(ByteBuffer.wrap(slow.getInputStream().readNBytes(NtpPacket.BYTES))))
                    .isEqualTo(7);
        }
    }

    @Test
    void halfARequestIsGivenUpAtItsDeadline() throws Exception {
        ClockServerOptions impatient = options().withConnections(10, Duration.ofMillis(200), Duration.ofMinutes(1));
        try (ClockServer server = ClockServer.start(impatient);
                Socket half = connect(server)) {
            half.getOutputStream().write(request(1), 0, 20);
            assertThat(half.getInputStream().read()).isEqualTo(-1);
            assertThat(server.statistics().dropped(DropReason.SLOW)).isEqualTo(1);
            assertThat(server.statistics().connections()).isZero();
        }
    }

    @Test
    void silentConnectionIsGivenUpAtItsDeadline() throws Exception {
        ClockServerOptions impatient = options().withConnections(10, Duration.ofMillis(200), Duration.ofMillis(200));
        try (ClockServer server = ClockServer.start(impatient);
                Socket silent = connect(server)) {
            assertThat(silent.getInputStream().read()).isEqualTo(-1);
            assertThat(server.statistics().dropped(DropReason.IDLE)).isEqualTo(1);
            assertThat(server.statistics().connections()).isZero();
        }
    }

    @Test
    void connectionThatSendsSomethingElseIsClosed() throws Exception {
        try (ClockServer server = ClockServer.start(options());
                Socket http = connect(server)) {
            http.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: example.org\r\nAccept: */*\r\n\r\n"
                            .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(http.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void newConnectionTakesThePlaceOfTheOneThatHasBeenSilentLongest() throws Exception {
        try (ClockServer server =
                        ClockServer.start(options().withConnections(3, Duration.ofSeconds(5), Duration.ofMinutes(1)));
                Socket first = connect(server);
                Socket silent = connect(server);
                Socket third = connect(server)) {
            // Silence begins when the server accepts: before the first has asked, all must be there.
            while (server.statistics().connections() < 3) {
                Thread.onSpinWait();
            }
            assertThat(ask(first, 1)).isEqualTo(1);
            assertThat(ask(third, 2)).isEqualTo(2);
            try (Socket fourth = connect(server)) {
                assertThat(ask(fourth, 3)).isEqualTo(3);
                assertThat(silent.getInputStream().read()).isEqualTo(-1);
                assertThat(ask(first, 4)).isEqualTo(4);
                assertThat(ask(third, 5)).isEqualTo(5);
                assertThat(server.statistics().dropped(DropReason.CROWDED)).isEqualTo(1);
            }
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        try (ClockServer server = ClockServer.start(options());
                Socket socket = connect(server)) {
            ByteBuffer many = ByteBuffer.allocate(50 * NtpPacket.BYTES);
            for (int i = 1; i <= 50; i++) {
                many.put(request(i));
            }
            socket.getOutputStream().write(many.array());
            for (int i = 1; i <= 50; i++) {
                assertThat(NtpReply.origin(
                                ByteBuffer.wrap(socket.getInputStream().readNBytes(NtpPacket.BYTES))))
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void clientThatTakesNoRepliesIsGivenUpWhileOthersAreServed() throws Exception {
        // Without a limit for the address that both share, so that only its slowness can end the greedy one.
        ClockServerOptions impatient = options()
                .withRequests(1_000_000_000, 1_000_000_000)
                .withConnections(10, Duration.ofSeconds(1), Duration.ofMinutes(1));
        try (ClockServer server = ClockServer.start(impatient);
                Socket greedy = connect(server);
                Socket other = connect(server)) {
            Thread writer = new Thread(
                    () -> {
                        try {
                            while (true) {
                                greedy.getOutputStream().write(request(1));
                            }
                        } catch (IOException e) {
                            return;
                        }
                    },
                    "greedy client");
            writer.start();
            for (int i = 1; writer.isAlive(); i++) {
                assertThat(ask(other, i)).isEqualTo(i);
            }
            assertThat(server.statistics().dropped(DropReason.SLOW)).isEqualTo(1);
        }
    }

    @Test
    void portThatIsTakenIsNamedInTheMessage() throws Exception {
        try (ClockServer server = ClockServer.start(options())) {
            assertThatThrownBy(() -> ClockServer.start(options().withPort(server.port())))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(":" + server.port())
                    .hasMessageContaining("choose another address or port");
        }
    }

    @Test
    void wildcardListensOnEveryAddressWithOnePort() throws Exception {
        try (ClockServer server = ClockServer.start(options().withBind(InetAddress.getByName("0.0.0.0")))) {
            assertThat(server.addresses()).isNotEmpty().allSatisfy(address -> {
                assertThat(address.getPort()).isEqualTo(server.port());
                assertThat(address.getAddress().isAnyLocalAddress()).isFalse();
            });
        }
    }

    @Test
    void closeJoinsAllThreadsAndFreesThePort() throws Exception {
        ClockServer server = ClockServer.start(options());
        int port = server.port();
        List<Thread> before = threadsOf(server);
        assertThat(before).hasSize(2);
        server.close();
        server.awaitClose();
        assertThat(threadsOf(server)).isEmpty();
        try (ClockServer again = ClockServer.start(options().withPort(port))) {
            assertThat(again.port()).isEqualTo(port);
        }
    }

    private static List<Thread> threadsOf(ClockServer server) {
        List<Thread> threads = new ArrayList<>(Thread.getAllStackTraces().keySet());
        threads.removeIf(thread -> !thread.getName().startsWith("clock server")
                || !thread.getName().endsWith(":" + server.port()));
        return threads;
    }

    @Test
    void threadThatDiesEndsTheServerAndWhoeverAwaitsItIsToldWhy() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        ServerTimescale timescale = new ServerTimescale(
                () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("the clock is gone");
                    }
                    return System.nanoTime();
                },
                System.currentTimeMillis() * 1_000_000);
        try (ClockServer server = ClockServer.start(options(), timescale)) {
            broken.set(true);
            assertThatThrownBy(server::awaitClose)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("the clock is gone");
        }
    }
}
