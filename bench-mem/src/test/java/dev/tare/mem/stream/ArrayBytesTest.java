package dev.tare.mem.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.machine.memory.CacheLevel;
import dev.tare.machine.memory.Caches;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ArrayBytesTest {
    private static final Caches TWO_OF_32_MIB =
            new Caches(List.of(new CacheLevel(3, 32 << 20, 2), new CacheLevel(1, 32 << 10, 16)));

    @ParameterizedTest
    @CsvSource({"1, 256", "2, 128", "3, 86", "16, 16"})
    void threadsShareFourTimesAllLastLevelCaches(int threads, long mebibytes) {
        assertThat(ArrayBytes.of("auto", TWO_OF_32_MIB, threads)).isEqualTo(mebibytes << 20);
    }

    @Test
    void aGivenSizeIsTakenForEveryThread() {
        assertThat(ArrayBytes.of("8000", TWO_OF_32_MIB, 16)).isEqualTo(8000);
    }

    @Test
    void arraysThatAreTogetherSmallerThanFourTimesTheCachesBreakTheRule() {
        assertThat(ArrayBytes.rule(256L << 20, TWO_OF_32_MIB, 1)).isEqualTo("kept");
        assertThat(ArrayBytes.rule(128L << 20, TWO_OF_32_MIB, 2)).isEqualTo("kept");
        assertThat(ArrayBytes.rule(128L << 20, TWO_OF_32_MIB, 1))
                .isEqualTo("broken: arrays of 131,072 KiB, expected 262,144 KiB, 4 x L3");
        assertThat(ArrayBytes.rule(128L << 20, new Caches(List.of()), 1)).isEqualTo("unknown");
    }

    @Test
    void unknownCachesAskForASize() {
        assertThatThrownBy(() -> ArrayBytes.of("auto", new Caches(List.of()), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not tell")
                .hasMessageContaining("-p arrayBytes=");
    }

    @Test
    void aWrongSizeNamesAutoAsTheAlternative() {
        assertThatThrownBy(() -> ArrayBytes.of("12", TWO_OF_32_MIB, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter arrayBytes: expected a positive multiple of 8 or auto, got 12;"
                        + " set it with -p arrayBytes=BYTES");
    }
}
