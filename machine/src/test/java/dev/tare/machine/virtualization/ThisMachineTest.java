package dev.tare.machine.virtualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.virtualization.Finding.Answer;
import dev.tare.parts.RequiresProgram;
import dev.tare.parts.RunningProgram;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ThisMachineTest {
    private static final Map<Hypervisor, String> WORDS = Map.ofEntries(
            Map.entry(Hypervisor.XEN, "xen"),
            Map.entry(Hypervisor.KVM, "kvm"),
            Map.entry(Hypervisor.QEMU, "qemu"),
            Map.entry(Hypervisor.QEMU_TCG, "qemu"),
            Map.entry(Hypervisor.VMWARE, "vmware"),
            Map.entry(Hypervisor.HYPER_V, "microsoft"),
            Map.entry(Hypervisor.VIRTUALBOX, "oracle"),
            Map.entry(Hypervisor.PARALLELS, "parallels"),
            Map.entry(Hypervisor.BHYVE, "bhyve"),
            Map.entry(Hypervisor.APPLE, "apple"),
            Map.entry(Hypervisor.NITRO, "amazon"),
            Map.entry(Hypervisor.COMPUTE_ENGINE, "google"),
            Map.entry(Hypervisor.NONE, "none"));
    private static final Map<Container, String> CONTAINER_WORDS = Map.of(
            Container.DOCKER, "docker",
            Container.PODMAN, "podman",
            Container.LXC, "lxc",
            Container.SYSTEMD_NSPAWN, "systemd-nspawn",
            Container.OPENVZ, "openvz",
            Container.WSL, "wsl",
            Container.NONE, "none");

    @Test
    @RequiresProgram(value = "systemd-detect-virt", debianPackage = "systemd")
    void agreesWithSystemdOnTheHypervisor() throws Exception {
        Virtualization here = VirtualizationDetector.detectHere();
        assumeTrue(WORDS.containsKey(here.hypervisor().value()), "systemd-detect-virt has no word for it");
        // dom0 shows the firmware of real hardware, or of an outer hypervisor: that tool does not call it Xen.
        assumeTrue(here.xen().stream().noneMatch(domain -> domain.privileged() == Answer.YES), "dom0");

        String debugged = systemdSays("env", "SYSTEMD_LOG_LEVEL=debug", "systemd-detect-virt", "--vm");
        // Where the guest's kernel runs in user mode the instruction reaches the machine below: that tool tells of
        // another.
        Matcher executed = Pattern.compile("CPUID=(.{12})").matcher(debugged);
        Optional<String> driver = MachineFiles.ofThisMachine()
                .bytesAt("dev/cpu/0/cpuid", 0x4000_0000L, 16)
                .map(bytes -> new String(bytes, 4, 12, StandardCharsets.US_ASCII));
        assumeTrue(
                driver.isEmpty() || !executed.find() || executed.group(1).equals(driver.get()),
                "CPUID of user mode is not the kernel's");

        assertThat(WORDS.get(here.hypervisor().value()))
                .as("systemd-detect-virt --vm expected, we say %s because of %s", here.summary(), here.hypervisor())
                .isEqualTo(debugged.lines().reduce("", (first, last) -> last));
    }

    @Test
    @RequiresProgram(value = "systemd-detect-virt", debianPackage = "systemd")
    void agreesWithSystemdOnTheContainer() throws Exception {
        Virtualization here = VirtualizationDetector.detectHere();
        assumeTrue(CONTAINER_WORDS.containsKey(here.container().value()), "systemd-detect-virt has no word for it");
        // That tool believes a file which an image carries, whatever the kernel says.
        assumeTrue(
                here.container().evidence().stream().noneMatch(sign -> sign.contains("which an image carries")),
                "a file of an image");

        assertThat(systemdSays("systemd-detect-virt", "--container"))
                .isEqualTo(CONTAINER_WORDS.get(here.container().value()));
    }

    @Test
    void oshiIsReadAsOnOtherSystems() {
        OtherSystem seen = OtherSystem.read(new oshi.nativefree.SystemInfo().getHardware());

        // Floating point, in the words of x86 and of arm64.
        assertThat(seen.flags()).containsAnyOf("fpu", "fp");
        assertThat(seen.detect().hypervisor().evidence()).isNotEmpty();
    }

    private static String systemdSays(String... command) throws Exception {
        try (RunningProgram program = RunningProgram.start(List.of(command))) {
            program.awaitExit(Duration.ofSeconds(30));
            return program.output().strip();
        }
    }
}
