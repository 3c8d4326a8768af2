package dev.tare.machine.virtualization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.CapturedTree;
import dev.tare.machine.virtualization.Finding.Answer;
import dev.tare.machine.virtualization.Virtualization.Kind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Machines that are described by their documentation: one sign each, as docs/virtualization.md lists them. */
class DescribedMachinesTest {
    private static final String GUEST_CPU = "processor : 0\nflags\t\t: fpu hypervisor sse2\n";
    private static final String METAL_CPU = "processor : 0\nflags\t\t: fpu vmx sse2\n";
    private static final String DMI = "sys/class/dmi/id/";

    @TempDir
    Path root;

    @ParameterizedTest
    @CsvSource({
        "'VMware, Inc.', VMware Virtual Platform, VMWARE",
        "'VMware, Inc.', 'VMware20,1', VMWARE",
        "innotek GmbH, VirtualBox, VIRTUALBOX",
        "Microsoft Corporation, Virtual Machine, HYPER_V",
        "Parallels Software International Inc., Parallels Virtual Platform, PARALLELS",
        "Parallels International GmbH., Parallels ARM Virtual Machine, PARALLELS",
        "FreeBSD, BHYVE, BHYVE",
        "Amazon EC2, c5.large, NITRO",
        "Google, Google Compute Engine, COMPUTE_ENGINE",
        "Apple Inc., Apple Virtualization Generic Platform, APPLE",
        "Xen, HVM domU, XEN",
        "Red Hat, KVM, KVM",
        "OpenStack Foundation, OpenStack Nova, UNIDENTIFIED",
        "Dell Inc., PowerEdge R740, UNIDENTIFIED",
    })
    void firmwareNamesTheHypervisor(String vendor, String product, Hypervisor expected) throws IOException {
        Virtualization found = machine(GUEST_CPU, vendor, product).detect();

        assertThat(found.hypervisor().value()).isEqualTo(expected);
        assertThat(found.clockMayBeVirtual()).isTrue();
    }

    @Test
    void firmwareOutweighsTheClockSourceThatVirtualBoxBorrowsFromKvm() throws IOException {
        Virtualization found = machine(GUEST_CPU, "innotek GmbH", "VirtualBox")
                .file("sys/devices/system/clocksource/clocksource0/available_clocksource", "kvm-clock tsc acpi_pm\n")
                .detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.VIRTUALBOX);
    }

    @Test
    void qemuWithKvmIsKvm() throws IOException {
        Virtualization found = machine(GUEST_CPU, "QEMU", "Standard PC (Q35 + ICH9, 2009)")
                .file("sys/devices/system/clocksource/clocksource0/available_clocksource", "kvm-clock tsc acpi_pm\n")
                .detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.KVM);
    }

    @Test
    void armGuestOfKvmIsFoundByItsPtpClock() throws IOException {
        Virtualization found = machine("processor : 0\nFeatures : fp asimd\n", "QEMU", "KVM Virtual Machine")
                .file("sys/class/ptp/ptp0/clock_name", "KVM virtual PTP\n")
                .detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.KVM);
    }

    @Test
    void bareMetalNeedsAProcessorWithoutTheFlagAndFirmwareThatNamesTheMachine() throws IOException {
        Virtualization found = machine(METAL_CPU, "Dell Inc.", "PowerEdge R740")
                .link("proc/self/ns/pid", "pid:[4026531836]")
                .detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.NONE);
        assertThat(found.kind().value()).isEqualTo(Kind.NONE);
        assertThat(found.nestedVirtualization().value()).isEqualTo(Answer.YES);
        assertThat(found.clockMayBeVirtual()).isFalse();
        assertThat(found.summary()).isEqualTo("bare metal");
    }

    @Test
    void nothingIsUnknownAndNotNative() throws IOException {
        Virtualization found = CapturedTree.empty(root).detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.UNKNOWN);
        assertThat(found.kind().value()).isEqualTo(Kind.UNKNOWN);
        assertThat(found.nestedVirtualization().value()).isEqualTo(Answer.UNKNOWN);
        assertThat(found.container().value()).isEqualTo(Container.UNKNOWN);
        assertThat(found.clockMayBeVirtual()).isTrue();
    }

    @Test
    void machineIsNativeOrGuestOrUnknownAndItsClockIsCalledAccordingly() throws IOException {
        Virtualization unknown = CapturedTree.empty(root.resolve("unknown")).detect();
        Virtualization guest = machine(GUEST_CPU, "VMware, Inc.", "VMware7,1").detect();
        Virtualization metal = machine(METAL_CPU, "Dell Inc.", "PowerEdge R740").detect();

        assertThat(unknown.platform()).isEqualTo(Virtualization.Platform.UNKNOWN);
        assertThat(unknown.localClockLabel()).isEqualTo("local clock of a machine that may be a guest, not verified");
        assertThat(guest.platform()).isEqualTo(Virtualization.Platform.GUEST);
        assertThat(guest.localClockLabel()).isEqualTo("local clock of a guest, not verified");
        assertThat(metal.platform()).isEqualTo(Virtualization.Platform.NATIVE);
        assertThat(metal.localClockLabel()).isEqualTo("local clock of bare metal");
    }

    @Test
    void processorWithoutTheFlagAloneIsUnknown() throws IOException {
        Virtualization found =
                CapturedTree.empty(root).file("proc/cpuinfo", METAL_CPU).detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.UNKNOWN);
    }

    @Test
    void surfaceComputerIsNoHyperVGuest() throws IOException {
        assertThat(machine(METAL_CPU, "Microsoft Corporation", "Surface Pro 7")
                        .detect()
                        .hypervisor()
                        .value())
                .isEqualTo(Hypervisor.NONE);
    }

    @Test
    void metalInstanceOfAmazonIsBareMetal() throws IOException {
        assertThat(machine(METAL_CPU, "Amazon EC2", "c5.metal")
                        .detect()
                        .hypervisor()
                        .value())
                .isEqualTo(Hypervisor.NONE);
    }

    @ParameterizedTest
    @CsvSource({"HVM, HVM, FULL", "PVH, PVH, FULL_WITH_PARAVIRTUAL_DRIVERS", "PV, PV, PARA"})
    void xenTellsItsMode(String type, XenDomain.Mode mode, Kind kind) throws IOException {
        Virtualization found = CapturedTree.empty(root)
                .file("sys/hypervisor/type", "xen\n")
                .file("sys/hypervisor/guest_type", type + "\n")
                .file("proc/xen/capabilities", "")
                .detect();

        assertThat(found.xen()).contains(new XenDomain(mode, Answer.NO, "unknown"));
        assertThat(found.kind().value()).isEqualTo(kind);
    }

    @Test
    void xenHvmGuestWithEmulatedAndWithParavirtualDevices() throws IOException {
        Virtualization found = machine(GUEST_CPU, "Xen", "HVM domU")
                .file("sys/hypervisor/type", "xen\n")
                .file("sys/hypervisor/properties/features", "00000705\n")
                .file("sys/class/net/eth0/device/uevent", "DRIVER=8139cp\n")
                .file("sys/block/xvda/device/uevent", "DRIVER=vbd\n")
                .detect();

        assertThat(found.xen()).contains(new XenDomain(XenDomain.Mode.HVM, Answer.NO, "unknown"));
        assertThat(found.devices())
                .extracting(Device::kind)
                .containsExactly(Device.Provision.PARAVIRTUAL, Device.Provision.EMULATED);
    }

    @ParameterizedTest
    @CsvSource({
        "KVMKVMKVM, KVM", "TCGTCGTCGTCG, QEMU_TCG", "XenVMMXenVMM, XEN", "VMwareVMware, VMWARE",
        "Microsoft Hv, HYPER_V", "VBoxVBoxVBox, VIRTUALBOX", "'bhyve bhyve ', BHYVE", "' prl hyperv ', PARALLELS",
    })
    void cpuidNamesTheHypervisor(String name, Hypervisor expected) throws IOException {
        writeCpuid(0x4000_0000L, name);

        assertThat(CapturedTree.empty(root)
                        .file("proc/cpuinfo", GUEST_CPU)
                        .detect()
                        .hypervisor()
                        .value())
                .isEqualTo(expected);
    }

    @Test
    void kvmThatAnswersAsHyperVIsKvm() throws IOException {
        writeCpuid(0x4000_0000L, "Microsoft Hv");
        writeCpuid(0x4000_0100L, "KVMKVMKVM");

        assertThat(CapturedTree.empty(root).detect().hypervisor().value()).isEqualTo(Hypervisor.KVM);
    }

    @ParameterizedTest
    @CsvSource({
        "run/systemd/container, lxc, LXC",
        "run/systemd/container, systemd-nspawn, SYSTEMD_NSPAWN",
        "run/systemd/container, docker, DOCKER",
        "run/systemd/container, rkt, UNIDENTIFIED",
        "run/.containerenv, '', PODMAN",
        ".dockerenv, '', DOCKER",
        "proc/vz/version, '', OPENVZ",
        "proc/1/environ, container=lxc, LXC",
        "proc/1/cgroup, 0::/kubepods/besteffort/pod1, KUBERNETES",
        "proc/sys/kernel/osrelease, 4.4.0-19041-Microsoft, WSL",
    })
    void containerIsFoundByItsMark(String path, String text, Container expected) throws IOException {
        assertThat(CapturedTree.empty(root)
                        .file(path, text)
                        .detect()
                        .container()
                        .value())
                .isEqualTo(expected);
    }

    @Test
    void containerOnBareMetalIsVirtualizationOfTheOperatingSystemWithTheHostsClock() throws IOException {
        Virtualization found = machine(METAL_CPU, "Supermicro", "X10DRi")
                .file("proc/vz/version", "")
                .detect();

        assertThat(found.kind().value()).isEqualTo(Kind.OS_LEVEL);
        assertThat(found.clockMayBeVirtual()).isFalse();
    }

    @Test
    void hostOfOpenVzIsNoContainer() throws IOException {
        assertThat(CapturedTree.empty(root)
                        .file("proc/vz/version", "")
                        .file("proc/bc/resources", "")
                        .link("proc/self/ns/pid", "pid:[4026531836]")
                        .detect()
                        .container()
                        .value())
                .isEqualTo(Container.NONE);
    }

    @Test
    void processNamespaceOfItsOwnIsAContainerWithoutName() throws IOException {
        assertThat(CapturedTree.empty(root)
                        .link("proc/self/ns/pid", "pid:[4026532201]")
                        .detect()
                        .container()
                        .value())
                .isEqualTo(Container.UNIDENTIFIED);
    }

    @Test
    void secondWslIsAGuestOfHyperV() throws IOException {
        Virtualization found = CapturedTree.empty(root)
                .file("proc/cpuinfo", GUEST_CPU)
                .file("proc/sys/kernel/osrelease", "5.15.153.1-microsoft-standard-WSL2")
                .detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.HYPER_V);
        assertThat(found.container().value()).isEqualTo(Container.WSL);
    }

    @Test
    void controllerAboveAScsiDiskDecidesItsKind() throws IOException {
        Files.createDirectories(root.resolve("sys/devices/pci0/virtio3/host0/target0/0:0:0:0"));
        Virtualization found = machine(GUEST_CPU, "QEMU", "Standard PC")
                .file("sys/devices/pci0/virtio3/host0/target0/0:0:0:0/model", "QEMU HARDDISK\n")
                .link("sys/devices/pci0/virtio3/host0/target0/0:0:0:0/driver", "../../../bus/scsi/drivers/sd")
                .link("sys/devices/pci0/virtio3/driver", "../../../bus/virtio/drivers/virtio_scsi")
                .link("sys/block/sda/device", "../../devices/pci0/virtio3/host0/target0/0:0:0:0")
                .detect();

        assertThat(found.devices()).singleElement().satisfies(disk -> {
            assertThat(disk.driver()).isEqualTo("virtio_scsi");
            assertThat(disk.kind()).isEqualTo(Device.Provision.PARAVIRTUAL);
            assertThat(disk.evidence()).contains("drivers sd on virtio_scsi");
        });
    }

    @Test
    void otherSystemsAreJudgedByTheSameNames() {
        assertThat(other("VMware, Inc.", "VMware7,1", Optional.empty(), Set.of())
                        .hypervisor()
                        .value())
                .isEqualTo(Hypervisor.VMWARE);
        assertThat(other("Microsoft Corporation", "Virtual Machine", Optional.of("Microsoft Hyper-V"), Set.of())
                        .hypervisor()
                        .evidence())
                .containsExactly("DMI product_name is \"Virtual Machine\"", "OSHI says \"Microsoft Hyper-V\"");
        assertThat(other("Dell Inc.", "OptiPlex", Optional.empty(), Set.of("pf_virt_firmware_enabled"))
                        .hypervisor()
                        .value())
                .isEqualTo(Hypervisor.UNKNOWN);
        assertThat(other("Apple Inc.", "MacBookPro16,1", Optional.empty(), Set.of("vmx"))
                        .hypervisor()
                        .value())
                .isEqualTo(Hypervisor.NONE);
        assertThat(other("Apple Inc.", "iMac", Optional.empty(), Set.of("vmm"))
                        .hypervisor()
                        .value())
                .isEqualTo(Hypervisor.UNIDENTIFIED);
    }

    private static Virtualization other(String vendor, String product, Optional<String> statement, Set<String> flags) {
        return new OtherSystem(new Firmware(Map.of("sys_vendor", vendor, "product_name", product)), statement, flags)
                .detect();
    }

    private CapturedTree machine(String cpu, String vendor, String product) throws IOException {
        return CapturedTree.empty(root)
                .file("proc/cpuinfo", cpu)
                .file(DMI + "sys_vendor", vendor + "\n")
                .file(DMI + "product_name", product + "\n");
    }

    private void writeCpuid(long leaf, String name) throws IOException {
        Files.createDirectories(root.resolve("dev/cpu/0"));
        byte[] registers = new byte[16];
        byte[] letters = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(letters, 0, registers, 4, letters.length);
        try (RandomAccessFile device =
                new RandomAccessFile(root.resolve("dev/cpu/0/cpuid").toFile(), "rw")) {
            device.seek(leaf);
            device.write(registers);
        }
    }
}
