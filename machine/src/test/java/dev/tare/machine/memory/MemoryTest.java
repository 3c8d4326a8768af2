package dev.tare.machine.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryTest {
    @TempDir
    Path root;

    @Test
    void whatIsAvailableFits() throws IOException {
        tree().file("proc/meminfo", "MemTotal:       2048 kB\nMemAvailable:   1024 kB\nBuffers: 7 kB\n");

        assertThat(memory().fits(1 << 20)).isEqualTo("yes");
    }

    @Test
    void whatDoesNotFitSaysByHowMuch() throws IOException {
        tree().file("proc/meminfo", "MemTotal:     16384 kB\nMemAvailable:   8192 kB\n");

        assertThat(memory().fits(3L << 30)).isEqualTo("no: 3,072 MiB needed, 8 MiB available; this measures swapping");
    }

    @Test
    void aProcessCanObtainWhatIsAvailableAndTheSwapSpace() throws IOException {
        tree().file("proc/meminfo", "MemAvailable:   8192 kB\nSwapTotal: 9 kB\nSwapFree:       4096 kB\n");

        assertThat(memory().obtainableBytes()).hasValue(12L << 20);
    }

    @Test
    void hugePagesAreTheShareOfAllThatTheProcessHolds() throws IOException {
        tree().file("proc/self/smaps_rollup", """
                7f0000000000-7fff00000000 ---p 00000000 00:00 0    [rollup]
                Rss:              430000 kB
                Anonymous:        409600 kB
                AnonHugePages:    397312 kB
                """);

        assertThat(memory().hugePages()).isEqualTo("388 of 400 MiB");
    }

    @Test
    void theLimitOfAControlGroupIsAllTheMemoryThereIs() throws IOException {
        // As a container with 1.5 GB on a host with 24 GB.
        tree().file("proc/meminfo", "MemTotal: 24684092 kB\nMemAvailable: 24300000 kB\nSwapFree: 1000000 kB\n")
                .file("proc/self/cgroup", "0::/\n")
                .file("proc/self/mountinfo", "30 22 0:27 / /sys/fs/cgroup ro - cgroup2 cgroup rw\n")
                .file("sys/fs/cgroup/cgroup.controllers", "cpu memory\n")
                .file("sys/fs/cgroup/memory.max", "1500000000\n")
                .file("sys/fs/cgroup/memory.current", "400000000\n")
                .file("sys/fs/cgroup/memory.stat", "anon 200000000\ninactive_file 100000000\n");

        assertThat(memory().totalBytes()).hasValue(1_500_000_000);
        assertThat(memory().availableBytes()).hasValue(1_200_000_000);
        assertThat(memory().obtainableBytes()).hasValue(1_200_000_000);
    }

    @Test
    void aLimitAboveWhatTheSystemHasLimitsNothing() throws IOException {
        tree().file("proc/meminfo", "MemTotal: 2048 kB\nMemAvailable: 1024 kB\n")
                .file("proc/self/cgroup", "4:memory:/\n")
                .file("proc/self/mountinfo", "34 30 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n")
                .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");

        assertThat(memory().totalBytes()).hasValue(2 << 20);
        assertThat(memory().availableBytes()).hasValue(1 << 20);
    }

    @Test
    void whatTheSystemDoesNotTellIsUnknown() {
        assertThat(memory().fits(1)).isEqualTo("unknown");
        assertThat(memory().hugePages()).isEqualTo("unknown");
        assertThat(memory().obtainableBytes()).isEmpty();
        assertThat(memory().totalBytes()).isEmpty();
        assertThat(memory().availableBytes()).isEmpty();
    }

    private CapturedTree tree() {
        return CapturedTree.empty(root);
    }

    private Memory memory() {
        return new Memory(tree().files());
    }
}
