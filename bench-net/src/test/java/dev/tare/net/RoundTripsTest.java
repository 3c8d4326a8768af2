package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Round trips over real sockets with other ends that are not as they should be. */
final class RoundTripsTest {
    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    /** Over TCP to an end that returns each message after a change; a message that becomes empty ends the connection. */
    private static void overTcp(int bytes, Consumer<ByteBuffer> change, Trips test) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(anyPort());
                SocketChannel client = SocketChannel.open(server.getLocalAddress())) {
            Thread echo = new Thread(() -> echo(server, bytes, change), "altering echo");
            echo.start();
            try (RoundTrips trips = new RoundTrips.OverConnection(client, bytes)) {
                test.run(trips);
            }
            echo.join();
        }
    }

    private static void echo(ServerSocketChannel server, int bytes, Consumer<ByteBuffer> change) {
        try (SocketChannel connection = server.accept()) {
            ByteBuffer message = ByteBuffer.allocate(bytes);
            while (connection.read(message) >= 0) {
                if (!message.hasRemaining()) {
                    change.accept(message.flip());
                    if (!message.hasRemaining()) {
                        return;
                    }
                    connection.write(message);
                    message.clear();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Trips {
        void run(RoundTrips trips) throws Exception;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 64})
    void messagesOfEverySizeAreNumberedAndVerified(int bytes) throws Exception {
        overTcp(bytes, message -> {}, trips -> {
            trips.verify();
            // More than a byte can number.
            for (int trip = 0; trip < 300; trip++) {
                trips.exchange();
            }
            trips.verify();
            assertThat(trips.count().total()).isEqualTo(300);
            assertThat(trips.resent()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64})
    void aResponseThatIsNotItsRequestsFailsItsExchange(int bytes) throws Exception {
        overTcp(
                bytes,
                message -> message.put(0, (byte) (message.get(0) ^ 1)),
                trips -> assertThatThrownBy(trips::exchange)
                        .hasMessageStartingWith("the response of " + bytes + " bytes is not that of round trip 0"));
    }

    @Test
    void aResponseThatIsAlteredBetweenItsEdgesIsFoundAfterTheIteration() throws Exception {
        overTcp(64, message -> message.put(40, (byte) (message.get(40) + 1)), trips -> {
            trips.exchange();
            assertThatThrownBy(trips::verify)
                    .hasMessageStartingWith("the response differs from its request at byte 40 of 64: expected ")
                    .hasMessageContaining("see what changes the traffic on the way");
        });
    }

    @Test
    void aConnectionThatEndsFailsTheExchangeThatWaits() throws Exception {
        overTcp(
                64,
                message -> message.position(message.limit()),
                trips -> assertThatThrownBy(trips::exchange)
                        .isInstanceOf(EOFException.class)
                        .hasMessage("the peer closed the connection after 0 round trips"));
    }

    /** Over UDP to an end that answers only some of the datagrams, counted from 0. */
    private static void overUdp(int bytes, int outstanding, IntPredicate answers, Trips test) throws Exception {
        Thread echo;
        try (DatagramChannel server = DatagramChannel.open().bind(anyPort());
                DatagramChannel client = DatagramChannel.open().connect(server.getLocalAddress())) {
            echo = new Thread(() -> echo(server, answers), "losing echo");
            echo.start();
            try (RoundTrips trips = new RoundTrips.OverUdp(client, bytes, outstanding)) {
                test.run(trips);
            }
        }
        echo.join();
    }

    private static void echo(DatagramChannel server, IntPredicate answers) {
        ByteBuffer datagram = ByteBuffer.allocate(1 << 16);
        try {
            for (int number = 0; ; number++) {
                SocketAddress client = server.receive(datagram.clear());
                if (answers.test(number)) {
                    server.send(datagram.flip(), client);
                }
            }
        } catch (ClosedChannelException end) {
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDatagramThatIsLostIsSentAgainAndCounted() throws Exception {
        overUdp(64, 1, number -> number != 0 && number != 3, trips -> {
            for (int trip = 0; trip < 5; trip++) {
                trips.exchange();
            }
            assertThat(trips.count().total()).isEqualTo(5);
            assertThat(trips.resent()).isGreaterThanOrEqualTo(2);
            assertThatCode(trips::verify).doesNotThrowAnyException();
        });
    }

    @Test
    void aDatagramOfABurstThatIsLostDoesNotHoldUpTheOthers() throws Exception {
        overUdp(64, 4, number -> number != 0, trips -> {
            for (int request = 0; request < 4; request++) {
                assertThat(trips.send()).isEqualTo(request);
            }
            trips.receive();
            assertThat(trips.answered()).isEqualTo(1);
            assertThat(trips.send()).as("in the same place").isEqualTo(1 + 4);
            trips.receive();
            assertThat(trips.answered()).isEqualTo(2);
            while (trips.answered() != 0) {
                trips.receive();
                trips.send();
            }
            assertThat(trips.resent()).isPositive();
            for (int rest = 0; rest < 3; rest++) {
                trips.receive();
            }
            assertThatCode(trips::verify).doesNotThrowAnyException();
        });
    }
}
