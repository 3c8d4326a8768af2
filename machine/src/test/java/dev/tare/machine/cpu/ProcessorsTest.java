package dev.tare.machine.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProcessorsTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        // what the JVM counts, quota, set, usable
        "8, max 100000, 0-7, 8",
        "8, 50000 100000, 0-7, 1",
        "8, 250000 100000, 0-7, 3",
        "8, max 100000, '0,4-5', 3",
        "2, 900000 100000, 0-7, 2",
    })
    void theSmallestOfCountQuotaAndSetIsUsable(int counted, String quota, String set, int usable) throws IOException {
        CapturedTree tree = tree().file("proc/self/cgroup", "0::/\n")
                .file("proc/self/mountinfo", "30 22 0:27 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n")
                .file("sys/fs/cgroup/cgroup.controllers", "cpuset cpu\n")
                .file("sys/fs/cgroup/cpu.max", quota + "\n")
                .file("sys/fs/cgroup/cpuset.cpus.effective", set + "\n");

        assertThat(new Processors(tree.files()).usable(counted)).isEqualTo(usable);
    }

    @Test
    void withoutControlGroupsTheJvmsCountIsAllThatIsKnown() {
        assertThat(new Processors(tree().files()).usable(4)).isEqualTo(4);
    }

    @Test
    void frequencyIsTheMeanOfAllProcessors() throws IOException {
        CapturedTree tree = tree().file("sys/devices/system/cpu/cpu0/cpufreq/scaling_cur_freq", "2400000\n")
                .file("sys/devices/system/cpu/cpu1/cpufreq/scaling_cur_freq", "3000500\n")
                .file("sys/devices/system/cpu/cpufreq/boost", "1\n");

        assertThat(new Processors(tree.files()).frequencyMHz()).hasValue(2700.25);
    }

    @Test
    void waitingForAProcessorIsReadInNanoseconds() throws IOException {
        CapturedTree tree = tree().file("proc/pressure/cpu", """
                some avg10=12.30 avg60=4.00 avg300=1.00 total=987654
                full avg10=0.00 avg60=0.00 avg300=0.00 total=1
                """);

        assertThat(new Processors(tree.files()).waitedNs()).hasValue(987_654_000);
        assertThat(new Processors(tree.files()).pressureKinds()).isEqualTo("cpu");
    }

    @Test
    void whatTheKernelDoesNotTellIsUnknown() {
        assertThat(new Processors(tree().files()).frequencyMHz()).isEmpty();
        assertThat(new Processors(tree().files()).waitedNs()).isEmpty();
        assertThat(new Processors(tree().files()).pressureKinds()).isEqualTo("none");
    }

    private CapturedTree tree() {
        return CapturedTree.empty(root);
    }
}
