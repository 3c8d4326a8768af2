package dev.tare.machine.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.virtualization.VirtualizationDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MachineFactsTest {
    @TempDir
    Path root;

    @Test
    void settingsAreReadAsTheKernelWritesThem() throws Exception {
        file("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
        file("proc/sys/vm/nr_hugepages", "16\n");
        file("sys/devices/system/node/node0/x", "");
        file("sys/devices/system/node/node1/x", "");
        file("sys/devices/system/node/online", "0-1\n");
        file("sys/devices/system/clocksource/clocksource0/current_clocksource", "kvm-clock\n");
        file("sys/devices/system/cpu/vulnerabilities/meltdown", "Mitigation: PTI\n");
        file("proc/cpuinfo", "processor\t: 0\nmicrocode\t: 0x1000065\n");

        MachineFacts kernel = new MachineFacts(new MachineFiles(root));

        assertThat(kernel.memory())
                .containsEntry("transparentHugePages", "madvise")
                .containsEntry("hugePages", "16")
                .containsEntry("numaNodes", "2");
        assertThat(kernel.clock()).containsEntry("source", "kvm-clock");
        assertThat(kernel.mitigations()).containsEntry("meltdown", "Mitigation: PTI");
        assertThat(kernel.processor()).containsEntry("microcode", "0x1000065");
    }

    @Test
    void whatIsNotThereIsUnknownAndNeverGuessed() {
        MachineFacts kernel = new MachineFacts(new MachineFiles(root));

        assertThat(kernel.memory())
                .allSatisfy((name, value) -> assertThat(value).isEqualTo("unknown"));
        assertThat(kernel.processor())
                .containsEntry("usableProcessors", "unknown")
                .containsEntry("frequencyGovernor", "unknown")
                .containsEntry("smt", "unknown")
                .containsEntry("microcode", "unknown");
        assertThat(kernel.clock()).allSatisfy((name, value) -> assertThat(value).isEqualTo("unknown"));
        assertThat(kernel.mitigations()).containsEntry("all", "unknown");
        assertThat(kernel.commandLine()).isEqualTo("unknown");
    }

    @Test
    void sectionsStandInTheOrderInWhichPeopleReadThem() {
        assertThat(MachineFacts.ofThisMachine().keySet())
                .containsExactly(
                        "host", "os", "cpu", "memory", "controlGroup", "mitigations", "virtualization", "clock");
    }

    /** Also where no resolver knows it. */
    @Test
    void aHostIsCalledAsItsKernelCallsIt() throws Exception {
        assertThat(MachineFacts.ofThisMachine().get("host"))
                .containsEntry(
                        "name",
                        Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    }

    @Test
    void theClockIsCalledTheSameAsEverywhereElse() {
        assertThat(MachineFacts.ofThisMachine().get("clock"))
                .containsEntry("local", VirtualizationDetector.detectHere().localClockLabel());
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
