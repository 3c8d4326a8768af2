package dev.tare.net.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sender and receiver over a real connection. */
final class CreditTest {
    private static final int MESSAGE_BYTES = 1000;
    private static final long WINDOW_BYTES = CreditingReceiver.windowBytes(MESSAGE_BYTES);

    private SocketChannel here;
    private SocketChannel there;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            here = SocketChannel.open(server.getLocalAddress());
            there = server.accept();
        }
    }

    @AfterEach
    void disconnect() throws IOException {
        here.close();
        there.close();
    }

    @Test
    void drainingTakesExactlyWhatTheSenderSends() throws Exception {
        CreditedSender sender = new CreditedSender(here, Message.inMemory(MESSAGE_BYTES));
        CompletableFuture<Void> sending = sendUntilClosed(sender);
        CreditingReceiver receiver = receiver();

        receiver.grant();
        for (int message = 0; message < 10_000; message++) {
            receiver.receive();
        }
        receiver.drain();

        long received = receiver.count().total();
        assertThat(received).isGreaterThanOrEqualTo(10_000L * MESSAGE_BYTES);
        assertThat(sender.count().await(received, 30_000)).isEqualTo(received);
        there.close();
        sending.get(60, TimeUnit.SECONDS);
        assertThat(sender.count().total()).isEqualTo(received);
    }

    @Test
    void noMoreThanTheWindowIsEverUnderWay() throws Exception {
        CreditedSender sender = new CreditedSender(here, Message.inMemory(MESSAGE_BYTES));
        CompletableFuture<Void> sending = sendUntilClosed(sender);
        CreditingReceiver receiver = receiver();

        receiver.grant();

        long sendable = WINDOW_BYTES - WINDOW_BYTES % MESSAGE_BYTES;
        receiver.drain();
        assertThat(receiver.count().total()).isEqualTo(sendable);
        there.close();
        sending.get(60, TimeUnit.SECONDS);
        assertThat(sender.count().total()).isEqualTo(sendable);
    }

    @Test
    void whatIsUnderWayIsKnownByTheGrants() throws Exception {
        CreditedSender sender = new CreditedSender(here, Message.inMemory(MESSAGE_BYTES));
        CreditingReceiver receiver = receiver();
        assertThat(sender.underWay()).isZero();

        receiver.grant();
        sender.send();
        sender.send();
        assertThat(sender.underWay()).isEqualTo(2 * MESSAGE_BYTES);

        receiver.receive();
        receiver.grant();
        while (sender.underWay() > MESSAGE_BYTES) {
            Thread.onSpinWait();
        }
        assertThat(sender.underWay()).isEqualTo(MESSAGE_BYTES);
    }

    @Test
    void noMoreIsUnderWayThanIsToBeKept() throws Exception {
        CreditedSender sender = new CreditedSender(here, Message.inMemory(MESSAGE_BYTES));
        sender.keepUnderWay(300 * MESSAGE_BYTES + 1);
        CompletableFuture<Void> sending = sendUntilClosed(sender);
        CreditingReceiver receiver = receiver();

        receiver.grant();

        assertThat(sender.count().await(300 * MESSAGE_BYTES, 30_000)).isEqualTo(300 * MESSAGE_BYTES);
        receiver.receive();
        receiver.grant();
        assertThat(sender.count().await(301 * MESSAGE_BYTES, 30_000)).isEqualTo(301 * MESSAGE_BYTES);
        there.close();
        sending.get(60, TimeUnit.SECONDS);
        assertThat(sender.count().total()).isEqualTo(301 * MESSAGE_BYTES);
    }

    @Test
    void aReceiverGrantsAlsoWhereLittleIsKeptUnderWay() throws Exception {
        CreditedSender sender = new CreditedSender(here, Message.inMemory(MESSAGE_BYTES));
        sender.keepUnderWay(0);
        CompletableFuture<Void> sending = sendUntilClosed(sender);
        CreditingReceiver receiver = receiver();

        receiver.grant();
        for (int message = 0; message < 10_000; message++) {
            receiver.receive();
        }

        assertThat(receiver.count().total()).isEqualTo(10_000L * MESSAGE_BYTES);
        there.close();
        sending.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aGrantThatNoReceiverWouldGiveIsRefused() throws Exception {
        CreditedSender sender = new CreditedSender(here, Message.inMemory(MESSAGE_BYTES));
        there.write(ByteBuffer.allocate(Long.BYTES).putLong(Long.MAX_VALUE).flip());

        assertThatThrownBy(sender::send)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the receiver's grant is no grant");
    }

    @Test
    void contentOfAnotherKindIsRefused() throws Exception {
        here.write(ByteBuffer.allocate(MESSAGE_BYTES));

        assertThatThrownBy(receiver()::receive)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("content of the stream is wrong at byte 0");
    }

    @Test
    void aMessageFromAFileArrivesLikeOneFromMemory() throws Exception {
        try (Message message = Message.inFile(MESSAGE_BYTES)) {
            CreditedSender sender = new CreditedSender(here, message);
            CreditingReceiver receiver = receiver();
            receiver.grant();

            for (int round = 0; round < 20; round++) {
                sender.send();
                receiver.receive();
            }

            assertThat(receiver.count().total()).isEqualTo(20L * MESSAGE_BYTES);
        }
    }

    private CreditingReceiver receiver() {
        return new CreditingReceiver(there, ByteBuffer.allocateDirect(64 << 10), MESSAGE_BYTES);
    }

    private static CompletableFuture<Void> sendUntilClosed(CreditedSender sender) {
        return CompletableFuture.runAsync(() -> {
            boolean open = true;
            while (open) {
                try {
                    open = sender.send();
                } catch (IOException e) {
                    open = false;
                }
            }
        });
    }
}
