package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.server.ClockServer;
import dev.tare.clock.server.ClockServerOptions;
import dev.tare.clock.wire.NtpPacket;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TcpExchangerTest {
    private static final long LONG_NS = 20_000_000_000L;
    private static final long SHORT_NS = 20_000_000;

    private static Exchanger client(InetSocketAddress server) {
        return new SocketExchanger(
                server, ClockTransport.TCP, System::nanoTime, System.currentTimeMillis() * 1_000_000);
    }

    @Test
    void serverThatWasRestartedIsConnectedToAgain() throws Exception {
        ClockServerOptions options = ClockServerOptions.loopback().withPort(0);
        ClockServer first = ClockServer.start(options);
        InetSocketAddress address = first.addresses().get(0);
        try (Exchanger client = client(address)) {
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            first.close();
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Loss.class);
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Loss.class);
            try (ClockServer second = ClockServer.start(options.withPort(address.getPort()))) {
                assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
                assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
                assertThat(second.statistics().connectionsAccepted()).isEqualTo(1);
            }
            assertThat(client.counts().answered()).isEqualTo(3);
            assertThat(client.counts().lost()).isEqualTo(2);
        } finally {
            first.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, NtpPacket.BYTES - 1})
    void connectionThatIsCutWithinAReplyIsALossAndTheNextOneBeginsWithAWholeFrame(int delivered) throws Exception {
        try (FakeStream server = new FakeStream((connection, number) -> {
                    byte[] reply = FakeStream.replyToNext(connection);
                    connection.getOutputStream().write(number == 1 ? Arrays.copyOf(reply, delivered) : reply);
                });
                Exchanger client = client(server.address())) {
            assertThat(client.exchange(LONG_NS))
                    .isInstanceOfSatisfying(
                            Exchanger.Loss.class,
                            loss -> assertThat(loss.reason()).isEqualTo("the server closed the connection"));
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(client.counts().strays()).isZero();
        }
    }

    @Test
    void connectionThatIsResetIsALossAndTheNextRequestIsAnswered() throws Exception {
        try (FakeStream server = new FakeStream((connection, number) -> {
                    byte[] reply = FakeStream.replyToNext(connection);
                    if (number == 1) {
                        // Closing then resets, as a machine does that knows nothing of the connection any more.
                        connection.setSoLinger(true, 0);
                    } else {
                        connection.getOutputStream().write(reply);
                    }
                });
                Exchanger client = client(server.address())) {
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Loss.class);
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
        }
    }

    @Test
    void lateReplyIsTakenFromTheStreamAndTheRightOneAwaitedOnTheSameConnection() throws Exception {
        CountDownLatch firstIsLost = new CountDownLatch(1);
        try (FakeStream server = new FakeStream((connection, number) -> {
                    byte[] late = FakeStream.replyToNext(connection);
                    awaitUninterrupted(firstIsLost);
                    connection.getOutputStream().write(late);
                    connection.getOutputStream().write(FakeStream.replyToNext(connection));
                });
                Exchanger client = client(server.address())) {
            assertThat(client.exchange(SHORT_NS)).isInstanceOf(Exchanger.Loss.class);
            firstIsLost.countDown();
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(client.counts().strays()).isEqualTo(1);
        }
    }

    @Test
    void replyThatComesInPiecesIsOne() throws Exception {
        try (FakeStream server = new FakeStream((connection, number) -> {
                    connection.setTcpNoDelay(true);
                    for (byte piece : FakeStream.replyToNext(connection)) {
                        connection.getOutputStream().write(piece);
                    }
                });
                Exchanger client = client(server.address())) {
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
        }
    }

    @Test
    void interruptNeitherClosesTheConnectionNorGetsLost() throws Exception {
        try (ClockServer server =
                        ClockServer.start(ClockServerOptions.loopback().withPort(0));
                Exchanger client = client(server.addresses().get(0))) {
            Thread.currentThread().interrupt();
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(server.statistics().connectionsAccepted()).isEqualTo(1);
        }
    }

    @Test
    void interruptWhileWaitingIsKeptAndTheReplyAwaited() throws Exception {
        Thread waiting = Thread.currentThread();
        try (FakeStream server = new FakeStream((connection, number) -> {
                    byte[] reply = FakeStream.replyToNext(connection);
                    waiting.interrupt();
                    connection.getOutputStream().write(reply);
                    connection.getOutputStream().write(FakeStream.replyToNext(connection));
                });
                Exchanger client = client(server.address())) {
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
        }
    }

    @ParameterizedTest
    @EnabledOnOs(
            value = {OS.LINUX, OS.MAC},
            disabledReason = "open files are counted through a Unix bean")
    @ValueSource(strings = {"UDP", "TCP"})
    void serverThatIsDownForADayCostsNoFiles(String transport) throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket free = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) free.getLocalSocketAddress();
        }
        UnixOperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
        try (Exchanger client = new SocketExchanger(
                nobody, ClockTransport.valueOf(transport), System::nanoTime, System.currentTimeMillis() * 1_000_000)) {
            assertThat(client.exchange(SHORT_NS)).isInstanceOf(Exchanger.Loss.class);
            long before = system.getOpenFileDescriptorCount();
            for (int i = 0; i < 500; i++) {
                assertThat(client.exchange(SHORT_NS)).isInstanceOf(Exchanger.Loss.class);
            }
            // Other threads of this JVM may open a file or two meanwhile; a leak would be hundreds.
            assertThat(system.getOpenFileDescriptorCount()).isLessThan(before + 100);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
