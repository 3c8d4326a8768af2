package dev.tare.campaign.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageStreamTest {
    private static final int LIMIT = 4096;

    private static MessageStream reading(byte[] bytes) {
        return new MessageStream("vm1", new ByteArrayInputStream(bytes), new ByteArrayOutputStream(), LIMIT, () -> 0);
    }

    private static MessageStream reading(String text) {
        return reading(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void messagesComeAsTheyWereSent() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        MessageStream stream = new MessageStream("vm1", new ByteArrayInputStream(new byte[0]), sent, LIMIT, () -> 0);
        stream.send(WireMessage.of("go").with("atNs", Long.MAX_VALUE).with("text", "a\nb \u00e9 \ud83d\ude00"));
        stream.send(WireMessage.of("bye"));

        MessageStream received = reading(sent.toByteArray());
        assertThat(received.receive().orElseThrow().body().path("atNs").asLong())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(received.receive().orElseThrow().is("bye")).isTrue();
        assertThat(received.receive()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"type\":3}",
                "{\"type\":\"a\"} x",
                "{\"type\":\"a\"",
                "null",
                "\u0000"
            })
    void whatIsNoMessageIsRefusedInWords(String line) {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> reading(line + "\n").receive())
                .withMessageContaining("vm1: expected a");
    }

    @Test
    void aMessageThatIsTooLongIsRefusedBeforeItIsTaken() {
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> reading("x".repeat(LIMIT + 1)).receive())
                .withMessageContaining("at most 4096 bytes");
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> reading("{\"type\":\"a\",\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}\n")
                        .receive());
    }

    @Test
    void halfAMessageAtTheEndIsNone() throws IOException {
        assertThat(reading("{\"type\":\"go\"}").receive()).isEmpty();
    }

    @Test
    void whatALoginPrintsIsPassedOverUntilItIsTooMuch() throws IOException {
        List<String> banner = new ArrayList<>();
        MessageStream stream = reading("Welcome\n\nLast login: today\n{\"type\":\"hello\"}\n");

        assertThat(stream.receiveFirst(banner, 5).orElseThrow().is("hello")).isTrue();
        assertThat(banner).containsExactly("Welcome", "", "Last login: today");
        assertThatExceptionOfType(MalformedMessageException.class)
                .isThrownBy(() -> reading("a\nb\nc\n").receiveFirst(new ArrayList<>(), 2));
    }

    @Test
    void trafficIsCountedBothWaysWithItsTime() throws IOException {
        AtomicLong now = new AtomicLong(10);
        byte[] line = "{\"type\":\"pong\"}\n".getBytes(StandardCharsets.UTF_8);
        MessageStream stream =
                new MessageStream("vm1", new ByteArrayInputStream(line), new ByteArrayOutputStream(), LIMIT, now::get);
        stream.send(WireMessage.of("ping"));
        now.set(20);
        stream.receive();

        assertThat(stream.bytesBetween(0, 15)).isEqualTo("{\"type\":\"ping\"}\n".length());
        assertThat(stream.bytesBetween(15, 20)).isEqualTo(line.length);
        assertThat(stream.bytesBetween(21, 30)).isZero();
        stream.forgetTraffic();
        assertThat(stream.bytesBetween(0, 30)).isZero();
    }

    @Test
    void anyBytesEndInAMessageARefusalOrTheEnd() throws IOException {
        long seed = 20261129;
        Random random = new Random(seed);
        byte[] valid = "{\"type\":\"result\",\"iterations\":[{\"beginNs\":1,\"score\":2.5}],\"facts\":{\"a\":\"b\"}}\n"
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = valid.clone();
            for (int changes = random.nextInt(8); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            MessageStream stream = reading(bytes);
            try {
                Optional<WireMessage> message = stream.receive();
                while (message.isPresent()) {
                    assertThat(message.get().type())
                            .as("seed %d, case %d", seed, i)
                            .isNotNull();
                    message = stream.receive();
                }
            } catch (MalformedMessageException refused) {
                assertThat(refused).hasMessageStartingWith("vm1: expected");
            }
        }
    }
}
