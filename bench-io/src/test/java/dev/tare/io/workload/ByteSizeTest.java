package dev.tare.io.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {
    @Test
    void lettersArePowersOf1024() {
        assertThat(ByteSize.parse("sizeBytes", "4096")).isEqualTo(4096);
        assertThat(ByteSize.parse("sizeBytes", "512k")).isEqualTo(524_288);
        assertThat(ByteSize.parse("sizeBytes", "256M")).isEqualTo(268_435_456);
        assertThat(ByteSize.parse("sizeBytes", "10g")).isEqualTo(10_737_418_240L);
        assertThat(ByteSize.parse("sizeBytes", "2t")).isEqualTo(2_199_023_255_552L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5g", "g", "10gb", "9999999999t"})
    void anythingElseIsTold(String text) {
        assertThatThrownBy(() -> ByteSize.parse("sizeBytes", text))
                .hasMessageContaining("sizeBytes: expected a positive number of bytes")
                .hasMessageContaining("got '" + text + "'");
    }
}
