package dev.tare.net.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageBufferTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4096, 4097, 1 << 20})
    void itHasTheSizeThatWasAskedForAndBeginsAtAPage(int bytes) {
        ByteBuffer buffer = PageBuffer.allocate(bytes);

        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.position()).isZero();
        assertThat(buffer.capacity()).isEqualTo(bytes);
        assertThat(buffer.alignmentOffset(0, 4096)).isZero();
    }
}
