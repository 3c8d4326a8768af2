package dev.tare.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParametersTest {
    @Test
    void lettersArePowersOf1024() {
        assertThat(Parameters.bytes("sizeBytes", "4096")).isEqualTo(4096);
        assertThat(Parameters.bytes("sizeBytes", "512k")).isEqualTo(524_288);
        assertThat(Parameters.bytes("sizeBytes", "256M")).isEqualTo(268_435_456);
        assertThat(Parameters.bytes("sizeBytes", "10g")).isEqualTo(10_737_418_240L);
        assertThat(Parameters.bytes("sizeBytes", "2t")).isEqualTo(2_199_023_255_552L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4096", "4096b", "4k", "4K", "4kb", "4KB", "4ki", "4Ki", "4kib", "4KiB"})
    void oneSizeHasManyForms(String text) {
        assertThat(Parameters.bytes("blockBytes", text)).isEqualTo(4096);
        assertThat(Parameters.bytes("blockBytes", text, 4096, 4096)).isEqualTo(4096);
        assertThat(Parameters.size(text)).hasValue(4096);
    }

    @ParameterizedTest
    @CsvSource({"3k, 4096", "5k, 4096", "9999999999g, 4096", "many, 4096", "-1, 4096"})
    void aSizeOutOfItsRangeIsRefusedWithTheRangeAndTheNearest(String text, int nearest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.bytes("messageBytes", text, 4096, 4096, "kernel or "))
                .withMessage("messageBytes: expected kernel or a number of bytes from 4096 to 4096, such as 4096, 4k or"
                        + " 1m, got \"" + text + "\"; pass for example -p messageBytes=" + nearest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5g", "g", "10gx", "9999999999t"})
    void anythingElseIsNoSize(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.bytes("sizeBytes", text))
                .withMessageContaining("sizeBytes: expected a positive number of bytes")
                .withMessageContaining("got \"" + text + "\"; pass for example -p sizeBytes=4k");
    }

    @Test
    void aNameThatNoPathCanHaveIsToldWithWhatToDo() {
        assertThat(Parameters.path("target", "a/b")).isEqualTo(Path.of("a", "b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.path("target", "a\0b"))
                .withMessageStartingWith("target: expected a path in the characters of this JVM's locale, got \"a")
                .withMessageContaining("start it with LC_ALL=C.UTF-8");
    }

    @Test
    void anOptionOfACommandIsToldAsOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Parameters.bytes("--size", "much"))
                .withMessageEndingWith("got \"much\"; pass for example --size 4k");
    }
}
