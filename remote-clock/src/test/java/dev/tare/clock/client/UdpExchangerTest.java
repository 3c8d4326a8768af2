package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.ClockTransport;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.wire.NtpPacket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UdpExchangerTest {
    private static final long LONG_NS = 5_000_000_000L;
    private static final long SHORT_NS = 20_000_000;

    private static Exchanger client(FakeServer server) throws Exception {
        return new SocketExchanger(
                server.address(), ClockTransport.UDP, System::nanoTime, System.currentTimeMillis() * 1_000_000);
    }

    private static List<ByteBuffer> changed(ByteBuffer reply, Consumer<ByteBuffer> change) {
        change.accept(reply);
        return List.of(reply);
    }

    @Test
    void correctReplyIsAnswered() throws Exception {
        try (FakeServer server = new FakeServer(List::of);
                Exchanger client = client(server)) {
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(client.counts()).isEqualTo(new ExchangeCounts(1, 1, 0, 0, 0, 0));
        }
    }

    @Test
    void duplicateIsAcceptedOnceAndCountedAsStrayAtTheNextRequest() throws Exception {
        try (FakeServer server = new FakeServer(reply -> List.of(reply, FakeServer.copy(reply)));
                Exchanger client = client(server)) {
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(client.counts().answered()).isEqualTo(3);
            assertThat(client.counts().strays()).isEqualTo(2);
        }
    }

    @Test
    void replyToAnEarlierRequestIsDroppedAndTheRightOneAwaited() throws Exception {
        AtomicReference<ByteBuffer> kept = new AtomicReference<>();
        try (FakeServer server = new FakeServer(reply -> {
                    ByteBuffer earlier = kept.getAndSet(FakeServer.copy(reply));
                    return earlier == null ? List.of() : List.of(earlier, reply);
                });
                Exchanger client = client(server)) {
            assertThat(client.exchange(SHORT_NS)).isInstanceOf(Exchanger.Loss.class);
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(client.counts()).isEqualTo(new ExchangeCounts(2, 1, 1, 0, 0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {24, 27, 31})
    void forgedReplyWithAWrongNonceIsDropped(int index) throws Exception {
        try (FakeServer server = new FakeServer(reply -> changed(reply, r -> r.put(index, (byte) (r.get(index) ^ 1))));
                Exchanger client = client(server)) {
            assertThat(client.exchange(SHORT_NS)).isInstanceOf(Exchanger.Loss.class);
            assertThat(client.counts()).isEqualTo(new ExchangeCounts(1, 0, 1, 0, 0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31})
    void packetTooShortForTheNonceIsDropped(int length) throws Exception {
        try (FakeServer server = new FakeServer(reply -> List.of(resized(reply, length)));
                Exchanger client = client(server)) {
            assertThat(client.exchange(SHORT_NS)).isInstanceOf(Exchanger.Loss.class);
            assertThat(client.counts().answered()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 47, 49, 1399})
    void answerOfAnotherLengthIsRejectedAndSaysSo(int length) throws Exception {
        try (FakeServer server = new FakeServer(reply -> List.of(resized(reply, length)));
                Exchanger client = client(server)) {
            assertThat(client.exchange(LONG_NS))
                    .isInstanceOfSatisfying(
                            Exchanger.Rejection.class,
                            rejection -> assertThat(rejection.fault().reason())
                                    .startsWith("with " + length + " bytes, where 48 were expected"));
        }
    }

    /** 20 and 24 bytes are MACs of MD5 and SHA-1 with their key's number, what is longer extension fields. */
    @ParameterizedTest
    @ValueSource(ints = {68, 72, 64, 1400})
    void answerWithAMacOrExtensionFieldsBehindItIsAnswered(int length) throws Exception {
        try (FakeServer server = new FakeServer(reply -> List.of(resized(reply, length)));
                Exchanger client = client(server)) {
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
        }
    }

    @Test
    void cryptoNakIsRejectedAsSuch() throws Exception {
        assertRejected(reply -> List.of(resized(reply, 52)), "with a crypto-NAK");
    }

    @Test
    void requestThatComesBackIsToldFromAnAnswer() throws Exception {
        assertRejected(
                reply -> {
                    long nonce = reply.getLong(24);
                    NtpPacket.writeRequest(reply, nonce);
                    return List.of(reply);
                },
                "with the request itself");
    }

    @ParameterizedTest
    @CsvSource({"0x1c, ", "0x0c, ", "0x2c, in version 5 of NTP", "0x25, in mode 5 (broadcast)", "0xe4, its own clock"})
    void firstByteOfAnAnswerDecidesAloud(String first, @Nullable String reason) throws Exception {
        Function<ByteBuffer, List<ByteBuffer>> answers =
                reply -> List.of(reply.put(0, Integer.decode(first).byteValue()));
        if (reason != null) {
            assertRejected(answers, reason);
            return;
        }
        try (FakeServer server = new FakeServer(answers);
                Exchanger client = client(server)) {
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
        }
    }

    private static void assertRejected(Function<ByteBuffer, List<ByteBuffer>> answers, String reason) throws Exception {
        try (FakeServer server = new FakeServer(answers);
                Exchanger client = client(server)) {
            assertThat(client.exchange(LONG_NS))
                    .isInstanceOfSatisfying(
                            Exchanger.Rejection.class,
                            rejection -> assertThat(rejection.fault().reason()).startsWith(reason));
            assertThat(client.counts().rejected()).isEqualTo(1);
        }
    }

    private static ByteBuffer resized(ByteBuffer reply, int length) {
        return ByteBuffer.allocate(length)
                .put(reply.limit(Math.min(length, reply.limit())))
                .position(0);
    }

    @Test
    void kissOfDeathIsToldFromTime() throws Exception {
        try (FakeServer server = new FakeServer(reply -> FakeServer.kiss(reply, "RATE"));
                Exchanger client = client(server)) {
            assertThat(client.exchange(LONG_NS)).isEqualTo(new Exchanger.Kiss("RATE"));
            assertThat(client.counts().kisses()).isEqualTo(1);
        }
    }

    @Test
    void interruptNeitherClosesTheSocketNorGetsLost() throws Exception {
        try (FakeServer server = new FakeServer(List::of);
                Exchanger client = client(server)) {
            Thread.currentThread().interrupt();
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
        }
    }

    @Test
    void interruptWhileWaitingIsKeptAndTheWaitGoesOn() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        Thread waiting = Thread.currentThread();
        try (FakeServer server = new FakeServer(reply -> {
                    if (requests.getAndIncrement() == 0) {
                        waiting.interrupt();
                    }
                    return List.of(reply);
                });
                Exchanger client = client(server)) {
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(client.exchange(LONG_NS)).isInstanceOf(Exchanger.Answered.class);
        }
    }

    @Test
    void portWhereNothingListensIsALossAtOnceAndTheSocketStaysUsable() throws Exception {
        FakeServer gone = new FakeServer(List::of);
        try (Exchanger client = client(gone)) {
            gone.close();
            for (int i = 0; i < 5; i++) {
                assertThat(client.exchange(LONG_NS))
                        .isInstanceOfSatisfying(
                                Exchanger.Loss.class,
                                loss -> assertThat(loss.reason()).contains("nothing listens on that port"));
            }
            assertThat(client.counts().lost()).isEqualTo(5);
        }
    }
}
