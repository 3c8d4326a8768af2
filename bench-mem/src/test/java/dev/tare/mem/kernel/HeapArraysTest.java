package dev.tare.mem.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class HeapArraysTest {
    @Test
    void theLargestSizeIsOneThatAnArrayCanIndex() {
        int end = Math.toIntExact(HeapArrays.LARGEST_BYTES / HeapArrays.ELEMENT_BYTES + HeapArrays.FIRST);
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
