package dev.tare.machine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SysfsCachesTest {
    @TempDir
    Path processors;

    @Test
    void cachesSharedByProcessorsCountOnce() throws IOException {
        for (int cpu = 0; cpu < 4; cpu++) {
            cache(cpu, 0, "Data", 1, "32K", Integer.toString(cpu));
            cache(cpu, 1, "Instruction", 1, "64K", Integer.toString(cpu));
            cache(cpu, 2, "Unified", 2, "1024K", Integer.toString(cpu));
            cache(cpu, 3, "Unified", 3, "16M", cpu < 2 ? "0-1" : "2-3");
        }

        assertThat(Caches.ofLinux(processors).levels())
                .containsExactly(
                        new CacheLevel(1, 32 << 10, 4), new CacheLevel(2, 1 << 20, 4), new CacheLevel(3, 16 << 20, 2));
    }

    @Test
    void aHybridMachineCountsItsSmallestCacheOfALevel() throws IOException {
        cache(0, 0, "Data", 1, "48K", "0");
        cache(1, 0, "Data", 1, "32K", "1");

        assertThat(Caches.ofLinux(processors).levels()).containsExactly(new CacheLevel(1, 32 << 10, 2));
    }

    @Test
    void aGuestWithoutCacheFoldersHasUnknownCaches() throws IOException {
        Files.createDirectories(processors.resolve("cpu0"));

        assertThat(Caches.ofLinux(processors).levels()).isEmpty();
    }

    @Test
    void aCacheWithoutSizeIsLeftOut() throws IOException {
        cache(0, 0, "Data", 1, "32K", "0");
        cache(0, 1, "Unified", 2, "512K", "0");
        Files.delete(processors.resolve("cpu0/cache/index1/size"));

        assertThat(Caches.ofLinux(processors).levels()).containsExactly(new CacheLevel(1, 32 << 10, 1));
    }

    @Test
    void aSystemWithoutSysfsHasUnknownCaches() {
        assertThat(Caches.ofLinux(processors.resolve("absent")).levels()).isEmpty();
    }

    private void cache(int cpu, int index, String type, int level, String size, String sharedBy) throws IOException {
        Path folder = Files.createDirectories(processors.resolve("cpu" + cpu + "/cache/index" + index));
        Files.writeString(folder.resolve("type"), type + "\n");
        Files.writeString(folder.resolve("level"), level + "\n");
        Files.writeString(folder.resolve("size"), size + "\n");
        Files.writeString(folder.resolve("shared_cpu_list"), sharedBy + "\n");
    }
}
