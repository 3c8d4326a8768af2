package dev.tare.clock.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.ClockTransport;
import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.wire.NtpReply;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
    @ValueSource(ints = {0, 1, 47, 49, 68, 1400})
    void replyOfAnyOtherLengthIsDropped(int length) throws Exception {
        try (FakeServer server = new FakeServer(reply -> List.of(ByteBuffer.allocate(length)
                        .put(reply.limit(Math.min(length, reply.limit())))
                        .position(0)));
                Exchanger client = client(server)) {
            assertThat(client.exchange(SHORT_NS)).isInstanceOf(Exchanger.Loss.class);
            assertThat(client.counts().answered()).isZero();
        }
    }

    @Test
    void replyOfAnUnsynchronizedServerIsRejectedAndSaysWhy() throws Exception {
        try (FakeServer server = new FakeServer(reply -> changed(reply, r -> r.put(0, (byte) 0xe4)));
                Exchanger client = client(server)) {
            assertThat(client.exchange(LONG_NS)).isEqualTo(new Exchanger.Rejection(NtpReply.Fault.UNSYNCHRONIZED));
            assertThat(client.counts().rejected()).isEqualTo(1);
        }
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
                assertThat(client.exchange(SHORT_NS)).isInstanceOf(Exchanger.Loss.class);
            }
            assertThat(client.counts().lost()).isEqualTo(5);
        }
    }
}
