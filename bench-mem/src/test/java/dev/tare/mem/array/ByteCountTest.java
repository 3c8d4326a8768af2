package dev.tare.mem.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ByteCountTest {
    @ParameterizedTest
    @CsvSource({
        "0, positive multiple of 1024",
        "-1024, positive multiple of 1024",
        "1000, positive multiple of 1024",
        "17179869184, at most 17179860992",
        "9223372036854774784, at most",
        "9223372036854775807, positive multiple of 1024",
        "9223372036854775808, a whole number of bytes below 2^63",
        "1K, a whole number of bytes below 2^63",
        "'', a whole number of bytes below 2^63",
    })
    void aWrongSizeSaysWhatWasExpectedWhatCameAndWhatToDo(String text, String expected) {

        assertThatThrownBy(() -> ByteCount.parse("blockBytes", text, 1024, ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter blockBytes: expected")
                .hasMessageContaining(expected)
                .hasMessageContaining("got " + text + ";")
                .hasMessageContaining("-p blockBytes=BYTES");
    }

    @Test
    void theLargestSizeIsOneThatAnArrayCanIndex() {
        long largest = ByteCount.parse("blockBytes", Long.toString(HeapArrays.LARGEST_BYTES), 1024, "");

        int end = Math.toIntExact(largest / Elements.BYTES + HeapArrays.FIRST);
        assertThat(HeapArrays.wholePages(end)).isBetween(end, Integer.MAX_VALUE - 2);
    }

    @Test
    void arraysOfWholePagesCountTheirHeader() {
        // 16 bytes of header and 510 elements are a page.
        assertThat(HeapArrays.wholePages(1)).isEqualTo(510);
        assertThat(HeapArrays.wholePages(510)).isEqualTo(510);
        assertThat(HeapArrays.wholePages(511)).isEqualTo(1022);
    }

    @Test
    void aFullHeapSaysWhatToDo() {
        assertThatThrownBy(() -> HeapArrays.allocate("an array", () -> new long[Integer.MAX_VALUE]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot allocate an array")
                .hasMessageContaining("use smaller arrays");
    }
}
