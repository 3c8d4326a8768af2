package dev.tare.machine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CachesTest {
    @ParameterizedTest
    @CsvSource({"1, L1", "32768, L1", "32769, L2", "1048576, L2", "33554432, L3", "33554433, memory"})
    void aBlockFallsIntoTheFirstLevelThatHoldsIt(long bytes, String level) {
        Caches caches = new Caches(List.of(level(3, 32 << 20, 1), level(1, 32 << 10, 2), level(2, 1 << 20, 2)));

        assertThat(caches.levelOf(bytes)).isEqualTo(level);
    }

    @Test
    void withoutCachesTheLevelIsUnknown() {
        assertThat(new Caches(List.of()).levelOf(1)).isEqualTo("unknown");
        assertThat(new Caches(List.of()).last()).isEmpty();
    }

    private static CacheLevel level(int level, long bytes, int instances) {
        return new CacheLevel(level, bytes, instances, OptionalLong.empty());
    }
}
