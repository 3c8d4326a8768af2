package dev.tare.net.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MessageTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 1000, 4096})
    void anyPartOfAStreamOfMessagesIsRecognized(int messageBytes) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        ByteBuffer message = Message.content(messageBytes);
        for (int part = 0; part < 100; part++) {
            long offset = random.nextInt(100_000);
            ByteBuffer stream = ByteBuffer.allocate(random.nextInt(3 * messageBytes) + 1);
            for (int index = 0; index < stream.capacity(); index++) {
                stream.put(index, message.get((int) ((offset + index) % messageBytes)));
            }
            assertThatCode(() -> Message.verify(stream, 0, stream.capacity(), offset, messageBytes))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void aDamagedByteIsNamedWithItsPlace() {
        ByteBuffer message = Message.content(100);
        message.put(42, (byte) (message.get(42) ^ 1));

        assertThatThrownBy(() -> Message.verify(message, 0, 100, 300, 100))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrong at byte 342 (byte 42 of its message of 100)");
    }

    @Test
    void aMissingByteIsNoticed() {
        ByteBuffer message = Message.content(4096);

        assertThatThrownBy(() -> Message.verify(message, 1, 9, 0, 4096)).hasMessageContaining("content of the stream");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4096, 4097, 1 << 20})
    void aBufferHasTheSizeThatWasAskedForAndBeginsAtAPage(int bytes) {
        ByteBuffer buffer = Message.buffer(bytes);

        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.position()).isZero();
        assertThat(buffer.capacity()).isEqualTo(bytes);
        assertThat(buffer.alignmentOffset(0, 4096)).isZero();
    }
}
