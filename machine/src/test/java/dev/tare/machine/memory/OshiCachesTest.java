package dev.tare.machine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import oshi.hardware.CentralProcessor.ProcessorCache;

final class OshiCachesTest {
    @Test
    void everyPackageCountsItsDataCachesOnce() {
        List<ProcessorCache> caches = List.of(
                new ProcessorCache(3, 16, 64, 32 << 20, ProcessorCache.Type.UNIFIED),
                new ProcessorCache(1, 8, 64, 32 << 10, ProcessorCache.Type.INSTRUCTION),
                new ProcessorCache(1, 8, 64, 48 << 10, ProcessorCache.Type.DATA));

        assertThat(Caches.ofOshi(caches, 2).levels())
                .containsExactly(
                        new CacheLevel(1, 48 << 10, 2, OptionalLong.of(48 << 10)),
                        new CacheLevel(3, 32 << 20, 2, OptionalLong.empty()));
    }

    @Test
    void aCacheWhoseSizeIsNotToldIsLeftOut() {
        List<ProcessorCache> caches = List.of(
                new ProcessorCache(1, 0, 0, 0, ProcessorCache.Type.DATA),
                new ProcessorCache(2, 0, 0, 1 << 20, ProcessorCache.Type.UNIFIED));

        assertThat(Caches.ofOshi(caches, 1).levels())
                .containsExactly(new CacheLevel(2, 1 << 20, 1, OptionalLong.empty()));
    }

    @Test
    void aLiveSystemIsRead() {
        // Guests may hide their caches: levels are whatever they are, but none is empty.
        assertThat(Caches.ofOshi().levels())
                .allSatisfy(level -> assertThat(level.bytes()).isPositive());
    }
}
