package dev.tare.machine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import dev.tare.machine.cpu.Topology;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SysfsCachesTest {
    @TempDir
    Path root;

    private CapturedTree tree = CapturedTree.empty(Path.of("none"));

    @BeforeEach
    void begin() {
        tree = CapturedTree.empty(root);
    }

    @Test
    void cachesSharedByProcessorsCountOnce() throws IOException {
        for (int cpu = 0; cpu < 4; cpu++) {
            core(cpu, Integer.toString(cpu));
            cache(cpu, 0, "Data", 1, "32K", Integer.toString(cpu));
            cache(cpu, 1, "Instruction", 1, "64K", Integer.toString(cpu));
            cache(cpu, 2, "Unified", 2, "1024K", Integer.toString(cpu));
            cache(cpu, 3, "Unified", 3, "16M", cpu < 2 ? "0-1" : "2-3");
        }

        assertThat(caches().levels())
                .containsExactly(
                        level(1, 32 << 10, 4, 32 << 10), level(2, 1 << 20, 4, 1 << 20), level(3, 16 << 20, 2, 8 << 20));
    }

    @Test
    void singleCoreSocketsThatShareACacheHaveOne() throws IOException {
        for (int cpu = 0; cpu < 8; cpu++) {
            core(cpu, Integer.toString(cpu)).file(cpu(cpu) + "/topology/physical_package_id", cpu + "\n");
            cache(cpu, 0, "Unified", 3, "32M", "0-7");
        }

        assertThat(caches().levels()).containsExactly(level(3, 32 << 20, 1, 4 << 20));
    }

    @Test
    void processorsThatTellOnlyAPartOfTheListHaveTheSameCache() throws IOException {
        core(0, "0");
        core(1, "1");
        core(2, "2");
        cache(0, 0, "Unified", 3, "8M", "0,2");
        cache(1, 0, "Unified", 3, "8M", "1");
        cache(2, 0, "Unified", 3, "8M", "0-2");

        assertThat(caches().levels()).containsExactly(new CacheLevel(3, 8 << 20, 1, OptionalLong.of((8 << 20) / 3)));
    }

    @Test
    void withoutListsTheCachesNumbersTellThemApart() throws IOException {
        for (int cpu = 0; cpu < 4; cpu++) {
            core(cpu, Integer.toString(cpu));
            cache(cpu, 0, "Unified", 3, "8M", "").file(cpu(cpu) + "/cache/index0/id", cpu / 2 + "\n");
        }

        assertThat(caches().levels()).containsExactly(level(3, 8 << 20, 2, 4 << 20));
    }

    @Test
    void threadsOfACoreCountAsOneCore() throws IOException {
        for (int cpu = 0; cpu < 4; cpu++) {
            core(cpu, cpu % 2 == 0 ? "0,2" : "1,3");
            cache(cpu, 0, "Data", 1, "48K", cpu % 2 == 0 ? "0,2" : "1,3");
            cache(cpu, 1, "Unified", 3, "24M", "0-3");
        }

        assertThat(caches().perCoreBytes(1)).hasValue(48 << 10);
        assertThat(caches().perCoreBytes(3)).hasValue(12 << 20);
    }

    @Test
    void offlineProcessorsNeitherHaveNorShareACache() throws IOException {
        for (int cpu = 0; cpu < 4; cpu++) {
            core(cpu, Integer.toString(cpu));
            cache(cpu, 0, "Unified", 3, "8M", cpu < 2 ? "0-1" : "2-3");
        }
        tree.file(Topology.FOLDER + "/online", "0\n");

        assertThat(caches().levels()).containsExactly(level(3, 8 << 20, 1, 8 << 20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"affinity", "cgroup v1", "cgroup v2"})
    void cachesThatTheProcessCannotReachDoNotCountButTheNeighboursStillShare(String bound) throws IOException {
        for (int cpu = 0; cpu < 8; cpu++) {
            core(cpu, Integer.toString(cpu));
            cache(cpu, 0, "Unified", 3, "16M", cpu < 4 ? "0-3" : "4-7");
        }
        bindToFirstTwo(bound);

        assertThat(caches().levels()).containsExactly(level(3, 16 << 20, 1, 4 << 20));
    }

    @Test
    void aHybridMachineCountsItsSmallestCacheAndItsSmallestShareOfALevel() throws IOException {
        core(0, "0");
        cache(0, 0, "Data", 1, "48K", "0");
        cache(0, 1, "Unified", 2, "2048K", "0");
        for (int cpu = 1; cpu < 5; cpu++) {
            core(cpu, Integer.toString(cpu));
            cache(cpu, 0, "Data", 1, "32K", Integer.toString(cpu));
            cache(cpu, 1, "Unified", 2, "4096K", "1-4");
        }

        assertThat(caches().levels()).containsExactly(level(1, 32 << 10, 5, 32 << 10), level(2, 2 << 20, 2, 1 << 20));
    }

    @Test
    void withoutTopologyTheShareOfASharedCacheIsUnknown() throws IOException {
        cache(0, 0, "Data", 1, "32K", "0");
        cache(0, 1, "Unified", 3, "8M", "0-1");
        cache(1, 0, "Data", 1, "32K", "1");
        cache(1, 1, "Unified", 3, "8M", "0-1");

        assertThat(caches().perCoreBytes(1)).hasValue(32 << 10);
        assertThat(caches().perCoreBytes(2)).isEmpty();
        assertThat(caches().perCoreBytes(3)).isEmpty();
        assertThat(caches().facts())
                .containsEntry("cacheL1DataPerCoreBytes", "32768")
                .containsEntry("cacheL3Count", "1")
                .doesNotContainKey("cacheL3PerCoreBytes");
    }

    @Test
    void aGuestWithoutCacheFoldersHasUnknownCaches() throws IOException {
        core(0, "0");

        assertThat(caches().levels()).isEmpty();
        assertThat(caches().perCoreBytes(1)).isEmpty();
        assertThat(caches().facts()).containsOnly(Map.entry("caches", "unknown"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"size", "level", "type", "shared_cpu_list"})
    void aCacheThatIsNotToldInFullIsLeftOut(String missing) throws IOException {
        cache(0, 0, "Data", 1, "32K", "0");
        cache(0, 1, "Unified", 2, "512K", "0");
        tree.without(cpu(0) + "/cache/index1/" + missing);

        assertThat(caches().levels()).containsExactly(level(1, 32 << 10, 1, 32 << 10));
    }

    @Test
    void aSystemWithoutSysfsHasUnknownCaches() {
        assertThat(caches().levels()).isEmpty();
    }

    private void bindToFirstTwo(String bound) throws IOException {
        switch (bound) {
            case "affinity" ->
                tree.file("proc/self/status", "Name:\tjava\nCpus_allowed:\t3\nCpus_allowed_list:\t0-1\n");
            case "cgroup v1" ->
                tree.file("proc/self/cgroup", "3:cpuset:/job\n")
                        .file(
                                "proc/self/mountinfo",
                                "33 30 0:30 / /sys/fs/cgroup/cpuset rw - cgroup cgroup rw,cpuset\n")
                        .file("sys/fs/cgroup/cpuset/job/cpuset.cpus", "0-1\n");
            default ->
                tree.file("proc/self/cgroup", "0::/job\n")
                        .file("proc/self/mountinfo", "30 22 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
                        .file("sys/fs/cgroup/cgroup.controllers", "cpuset\n")
                        .file("sys/fs/cgroup/job/cpuset.cpus.effective", "0-1\n");
        }
    }

    private Caches caches() {
        return Caches.ofLinux(tree.files());
    }

    private static CacheLevel level(int level, long bytes, int instances, long perCoreBytes) {
        return new CacheLevel(level, bytes, instances, OptionalLong.of(perCoreBytes));
    }

    private static String cpu(int cpu) {
        return Topology.FOLDER + "/cpu" + cpu;
    }

    private CapturedTree core(int cpu, String threads) throws IOException {
        return tree.file(cpu(cpu) + "/topology/core_cpus_list", threads + "\n");
    }

    private CapturedTree cache(int cpu, int index, String type, int level, String size, String sharedBy)
            throws IOException {
        String folder = cpu(cpu) + "/cache/index" + index;
        return tree.file(folder + "/type", type + "\n")
                .file(folder + "/level", level + "\n")
                .file(folder + "/size", size + "\n")
                .file(folder + "/shared_cpu_list", sharedBy + "\n");
    }
}
