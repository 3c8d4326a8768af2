package dev.tare.machine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trees as Linux shows them in both versions of the interface. */
final class ControlGroupTest {
    private static final String V2_MOUNT = "30 22 0:27 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n";
    private static final String V1_MOUNTS = """
            30 22 0:27 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
            31 30 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
            33 30 0:30 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset
            34 30 0:31 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
            37 30 0:34 / /sys/fs/cgroup/blkio rw,relatime - cgroup cgroup rw,blkio
            40 30 0:37 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
            """;
    private static final String V1_GROUPS = """
            7:blkio:/job
            4:memory:/job/step
            3:cpuset:/job
            2:cpu,cpuacct:/job/step
            1:name=systemd:/
            0::/
            """;

    @TempDir
    Path root;

    private CapturedTree tree = CapturedTree.empty(Path.of("none"));

    @Test
    void unifiedGroupTellsItsLimits() throws IOException {
        unified("0::/app.slice/run\n")
                .file("sys/fs/cgroup/app.slice/run/cpu.max", "50000 100000\n")
                .file("sys/fs/cgroup/app.slice/run/cpuset.cpus.effective", "0-2,5\n")
                .file("sys/fs/cgroup/app.slice/run/memory.max", "1610612736\n")
                .file("sys/fs/cgroup/app.slice/run/io.max", "8:16 rbps=2097152 wbps=max riops=max wiops=120\n")
                .file("sys/fs/cgroup/app.slice/run/cpu.stat", """
                        usage_usec 5000000
                        nr_periods 763
                        nr_throttled 741
                        throttled_usec 37050000
                        """);

        assertThat(group().cpuQuota()).hasValue(0.5);
        assertThat(group().cpuset()).hasValue(new TreeSet<>(Set.of(0, 1, 2, 5)));
        assertThat(group().memoryBytes()).hasValue(1_610_612_736);
        assertThat(group().throttling()).containsExactly(new ControlGroup.Throttling(763, 741, 37_050_000_000L));
        assertThat(group().facts())
                .containsEntry("version", "v2")
                .containsEntry("cpuQuotaProcessors", "0.500")
                .containsEntry("cpuset", "0-2,5")
                .containsEntry("memoryLimitBytes", "1610612736")
                .containsEntry("ioLimits", "8:16 rbps=2097152 wiops=120")
                .containsEntry("throttledPeriods", "741 of 763");
    }

    @Test
    void theSmallestLimitOfNestedGroupsHolds() throws IOException {
        unified("0::/a/b/c\n")
                .file("sys/fs/cgroup/a/cpu.max", "150000 100000\n")
                .file("sys/fs/cgroup/a/b/cpu.max", "max 100000\n")
                .file("sys/fs/cgroup/a/b/c/cpu.max", "400000 100000\n")
                .file("sys/fs/cgroup/a/memory.max", "3000\n")
                .file("sys/fs/cgroup/a/b/memory.max", "2000\n")
                .file("sys/fs/cgroup/a/b/c/memory.max", "max\n")
                .file("sys/fs/cgroup/a/io.max", "8:0 rbps=100 wiops=7\n")
                .file("sys/fs/cgroup/a/b/c/io.max", "8:0 rbps=200\n8:16 riops=5\n")
                .file("sys/fs/cgroup/a/cpu.stat", "nr_periods 10\nnr_throttled 9\nthrottled_usec 8\n")
                .file("sys/fs/cgroup/a/b/c/cpu.stat", "nr_periods 10\nnr_throttled 1\nthrottled_usec 2\n");

        assertThat(group().cpuQuota()).hasValue(1.5);
        assertThat(group().memoryBytes()).hasValue(2000);
        assertThat(group().throttling())
                .containsExactly(new ControlGroup.Throttling(10, 1, 2000), new ControlGroup.Throttling(10, 9, 8000));
        assertThat(group().facts()).containsEntry("throttledPeriods", "9 of 10");
        assertThat(group().facts()).containsEntry("ioLimits", "8:0 rbps=100 wiops=7; 8:16 riops=5");
    }

    @Test
    void whatALimitLeavesIsTheLeastOverAllGroups() throws IOException {
        // 3000 - (2900 - 400) = 500 around, 2000 - 1000 = 1000 within
        unified("0::/a/b\n")
                .file("sys/fs/cgroup/a/memory.max", "3000\n")
                .file("sys/fs/cgroup/a/memory.current", "2900\n")
                .file("sys/fs/cgroup/a/memory.stat", "anon 1\ninactive_file 400\n")
                .file("sys/fs/cgroup/a/b/memory.max", "2000\n")
                .file("sys/fs/cgroup/a/b/memory.current", "1000\n");

        assertThat(group().memoryLeftBytes()).hasValue(500);
    }

    @Test
    void firstVersionTellsTheSameInItsOwnFiles() throws IOException {
        captured(V1_GROUPS, V1_MOUNTS)
                .file("sys/fs/cgroup/cpu,cpuacct/job/step/cpu.cfs_quota_us", "-1\n")
                .file("sys/fs/cgroup/cpu,cpuacct/job/step/cpu.cfs_period_us", "100000\n")
                .file("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us", "50000\n")
                .file("sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us", "100000\n")
                .file(
                        "sys/fs/cgroup/cpu,cpuacct/job/cpu.stat",
                        "nr_periods 763\nnr_throttled 741\nthrottled_time 37050000000\n")
                .file("sys/fs/cgroup/cpuset/job/cpuset.cpus", "1,3\n")
                .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n")
                .file("sys/fs/cgroup/memory/job/memory.limit_in_bytes", "1500000000\n")
                .file("sys/fs/cgroup/memory/job/memory.usage_in_bytes", "600000000\n")
                .file("sys/fs/cgroup/memory/job/memory.stat", "inactive_file 1\ntotal_inactive_file 100000000\n")
                .file("sys/fs/cgroup/memory/job/step/memory.limit_in_bytes", "9223372036854771712\n")
                .file("sys/fs/cgroup/blkio/job/blkio.throttle.read_bps_device", "8:0 1048576\n")
                .file("sys/fs/cgroup/blkio/job/blkio.throttle.write_iops_device", "8:0 30\n");

        assertThat(group().cpuQuota()).hasValue(0.5);
        assertThat(group().cpuset()).hasValue(new TreeSet<>(Set.of(1, 3)));
        assertThat(group().memoryBytes()).hasValue(1_500_000_000);
        assertThat(group().memoryLeftBytes()).hasValue(1_000_000_000);
        assertThat(group().throttling()).containsExactly(new ControlGroup.Throttling(763, 741, 37_050_000_000L));
        assertThat(group().facts())
                .containsEntry("version", "v1")
                .containsEntry("ioLimits", "8:0 rbps=1048576 wiops=30");
    }

    @Test
    void mountThatBeginsAtTheGroupItselfIsReadFromItsTop() throws IOException {
        // A container without a namespace of groups of its own sees its path on the host.
        captured("4:memory:/docker/ab12\n2:cpu,cpuacct:/docker/ab12/inner\n", """
                        31 30 0:28 /docker/ab12 /sys/fs/cgroup/cpu,cpuacct ro - cgroup cgroup rw,cpu,cpuacct
                        34 30 0:31 /docker/ab12 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory
                        """)
                .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "4096\n")
                .file("sys/fs/cgroup/cpu,cpuacct/inner/cpu.cfs_quota_us", "200000\n")
                .file("sys/fs/cgroup/cpu,cpuacct/inner/cpu.cfs_period_us", "100000\n");

        assertThat(group().memoryBytes()).hasValue(4096);
        assertThat(group().cpuQuota()).hasValue(2);
    }

    @Test
    void groupWithoutLimitsHasNone() throws IOException {
        unified("0::/\n").file("sys/fs/cgroup/cpuset.cpus.effective", "0-1\n");

        assertThat(group().cpuQuota()).isEmpty();
        assertThat(group().memoryBytes()).isEmpty();
        assertThat(group().facts())
                .containsEntry("cpuQuotaProcessors", "none")
                .containsEntry("memoryLimitBytes", "none")
                .containsEntry("ioLimits", "none")
                .containsEntry("throttledPeriods", "unknown");
    }

    @Test
    void whatCannotBeSeenIsUnknown() {
        tree = CapturedTree.empty(root);

        assertThat(group().cpuQuota()).isEmpty();
        assertThat(group().cpuset()).isEmpty();
        assertThat(group().memoryLeftBytes()).isEmpty();
        assertThat(group().throttling()).isEmpty();
        assertThat(group().facts().values()).containsOnly("unknown");
    }

    @Test
    void controllerThatIsNotMountedIsUnknownBesideOneThatIs() throws IOException {
        captured("0::/\n", V2_MOUNT)
                .file("sys/fs/cgroup/cgroup.controllers", "memory\n")
                .file("sys/fs/cgroup/memory.max", "max\n");

        assertThat(group().facts())
                .containsEntry("memoryLimitBytes", "none")
                .containsEntry("cpuQuotaProcessors", "unknown");
    }

    private CapturedTree unified(String groups) throws IOException {
        return captured(groups, V2_MOUNT).file("sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n");
    }

    private CapturedTree captured(String groups, String mounts) throws IOException {
        tree = CapturedTree.empty(root).file("proc/self/cgroup", groups).file("proc/self/mountinfo", mounts);
        return tree;
    }

    private ControlGroup group() {
        return new ControlGroup(tree.files());
    }
}
