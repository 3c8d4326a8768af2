package dev.tare.machine.virtualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tare.machine.CapturedTree;
import dev.tare.machine.virtualization.Finding.Answer;
import dev.tare.machine.virtualization.Virtualization.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines whose /proc and /sys were captured in a running system. */
class CapturedMachinesTest {
    @TempDir
    Path root;

    @Test
    void kvmGuestWithoutFirmwareTablesIsFoundByItsClockSource() throws Exception {
        Virtualization found = CapturedTree.of("kvm-without-dmi", root).detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.KVM);
        assertThat(found.hypervisor().evidence()).contains("clock source kvm-clock is available");
        assertThat(found.kind().value()).isEqualTo(Kind.FULL_WITH_PARAVIRTUAL_DRIVERS);
        assertThat(found.devices()).extracting(Device::name).containsExactly("vda", "eth0");
        assertThat(found.devices()).allMatch(device -> device.kind() == Device.Provision.PARAVIRTUAL);
        assertThat(found.clockMayBeVirtual()).isTrue();
    }

    @Test
    void guestInContainerIsBoth() throws Exception {
        // The capture holds /proc and /sys; the mark that Docker left beside them is put back.
        Virtualization found =
                CapturedTree.of("kvm-without-dmi", root).file(".dockerenv", "").detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.KVM);
        assertThat(found.container().value()).isEqualTo(Container.DOCKER);
        assertThat(found.summary())
                .isEqualTo("KVM, full virtualization with paravirtual drivers, in a container (Docker)");
    }

    @Test
    void containerIsUnknownWhenTheCaptureHasNoEvidenceOfIt() throws Exception {
        assertThat(CapturedTree.of("kvm-without-dmi", root).detect().container().value())
                .isEqualTo(Container.UNKNOWN);
    }

    @Test
    void emulatorWithParavirtualDevices() throws Exception {
        Virtualization found = CapturedTree.of("qemu-tcg-virtio", root).detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.QEMU_TCG);
        assertThat(found.kind().value()).isEqualTo(Kind.EMULATION);
        // The emulated processor has svm, with which the guest can have guests.
        assertThat(found.nestedVirtualization().value()).isEqualTo(Answer.YES);
        assertThat(found.devices())
                .extracting(Device::driver, Device::kind)
                .containsExactly(
                        tuple("virtio_blk", Device.Provision.PARAVIRTUAL),
                        tuple("virtio_net", Device.Provision.PARAVIRTUAL));
    }

    @Test
    void emulatorWithEmulatedDevices() throws Exception {
        Virtualization found = CapturedTree.of("qemu-tcg-emul-ide-e1000", root).detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.QEMU_TCG);
        assertThat(found.devices()).extracting(Device::name).containsExactly("sda", "eth0");
        assertThat(found.devices()).allMatch(device -> device.kind() == Device.Provision.EMULATED);
    }

    @Test
    void privilegedDomainOfXenIsXenAlthoughItsFirmwareIsQemus() throws Exception {
        Virtualization found = CapturedTree.of("xen-pv-dom0", root).detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.XEN);
        assertThat(found.hypervisor().evidence())
                .contains(
                        "sys/hypervisor/type is xen",
                        "DMI sys_vendor is \"QEMU\"",
                        "proc/xen/capabilities is control_d");
        assertThat(found.kind().value()).isEqualTo(Kind.PARA);
        assertThat(found.xen()).contains(new XenDomain(XenDomain.Mode.PV, Answer.YES, "4.17.7"));
        assertThat(found.nestedVirtualization().value()).isEqualTo(Answer.YES);
        assertThat(found.summary()).isEqualTo("Xen 4.17.7, PV, dom0, paravirtualization");
    }

    @Test
    void paravirtualGuestOfXen() throws Exception {
        Virtualization found = CapturedTree.of("xen-pv-domU", root).detect();

        assertThat(found.xen()).contains(new XenDomain(XenDomain.Mode.PV, Answer.NO, "4.17.7"));
        assertThat(found.kind().value()).isEqualTo(Kind.PARA);
        assertThat(found.devices()).extracting(Device::driver).containsExactly("vbd", "vif");
        assertThat(found.devices()).allMatch(device -> device.kind() == Device.Provision.PARAVIRTUAL);
    }

    @Test
    void paravirtualGuestOfXenIsFoundByKernelsBeforeGuestTypeAndCapabilities() throws Exception {
        Virtualization found = CapturedTree.of("xen-pv-domU", root)
                .without("sys/hypervisor/guest_type")
                .without("proc/xen")
                .detect();

        assertThat(found.xen()).contains(new XenDomain(XenDomain.Mode.PV, Answer.NO, "4.17.7"));
    }

    @Test
    void everyLineOfTheTextHasItsEvidence() throws Exception {
        assertThat(CapturedTree.of("qemu-tcg-emul-ide-e1000", root).detect().lines())
                .contains("virtualization        QEMU without KVM, emulation")
                .contains("disk sda              emulated, driver sd [drivers sd; model ATA QEMU HARDDISK]");
    }

    @Test
    void guestInDisguiseIsGivenAwayByItsDiskAndItsCard() throws Exception {
        Virtualization found = CapturedTree.of("qemu-in-disguise", root).detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.QEMU);
        assertThat(found.hypervisor().evidence())
                .contains(
                        "disk model ATA QEMU HARDDISK",
                        "network card of 1AF4:1100",
                        "although there is no hypervisor flag in proc/cpuinfo");
        assertThat(found.devices()).allMatch(device -> device.kind() == Device.Provision.EMULATED);
    }

    @Test
    void realMachineOfACloudIsBareMetalAlthoughItsFirmwareNamesTheCloud() throws Exception {
        Virtualization found = CapturedTree.of("gce-bare-metal-instance", root).detect();

        assertThat(found.summary()).isEqualTo("bare metal");
        assertThat(found.devices()).allMatch(device -> device.kind() == Device.Provision.PHYSICAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kvm-arm64-without-ptp", "kvm-hidden-from-guest"})
    void guestOfQemuThatDoesNotTellItsAccelerationHasAnUnknownOne(String machine) throws Exception {
        Virtualization found = CapturedTree.of(machine, root).detect();

        assertThat(found.hypervisor().value()).isEqualTo(Hypervisor.QEMU);
        assertThat(found.kind().value()).isEqualTo(Kind.UNKNOWN);
        assertThat(found.summary()).isEqualTo("QEMU, acceleration unknown");
    }

    @Test
    void oldHardwareOfThePrivilegedDomainIsPhysical() throws Exception {
        Virtualization found = CapturedTree.of("xen-dom0-old-hardware", root).detect();

        assertThat(found.xen()).contains(new XenDomain(XenDomain.Mode.PV, Answer.YES, "4.13.5"));
        assertThat(found.devices()).extracting(Device::driver).containsExactly("mptsas", "ata_piix", "e1000");
        assertThat(found.devices()).allMatch(device -> device.kind() == Device.Provision.PHYSICAL);
    }

    @Test
    void markThatAnImageLeftOnAMachineIsNoContainer() throws Exception {
        Virtualization found =
                CapturedTree.of("bare-metal-with-dockerenv", root).detect();

        assertThat(found.summary()).isEqualTo("bare metal");
        assertThat(found.container().value()).isEqualTo(Container.NONE);
        assertThat(found.container().evidence())
                .contains(".dockerenv exists, which an image carries to a machine, too");
    }
}
