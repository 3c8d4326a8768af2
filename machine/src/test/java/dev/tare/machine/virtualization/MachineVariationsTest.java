package dev.tare.machine.virtualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tare.machine.CapturedTree;
import dev.tare.machine.virtualization.Virtualization.Kind;
import dev.tare.machine.virtualization.Virtualization.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Small variations of machines, each of few signs, as their documentation and bug reports describe them. */
class MachineVariationsTest {
    private static final String GUEST = "x86 fpu sse2 hypervisor";
    private static final String METAL = "x86 fpu sse2 vmx";
    private static final String ARM =
            "file proc/cpuinfo = Features : fp asimd\nCPU implementer : 0x41\nCPU part : 0xd0c";
    private static final String OWN = "link proc/self/ns/pid -> pid:[4026531836]";
    private static final String FOREIGN = "link proc/self/ns/pid -> pid:[4026532201]";
    private static final String DISK_ROOT = "file proc/self/mountinfo = 21 1 8:2 / / rw - ext4 /dev/sda2 rw";
    private static final String LAYERED_ROOT =
            "file proc/self/mountinfo = 21 1 0:50 / / rw - overlay overlay rw,lowerdir=/l";

    @TempDir
    Path root;

    private CapturedTree tree = CapturedTree.empty(Path.of("none"));

    @BeforeEach
    void begin() {
        tree = CapturedTree.empty(root);
    }

    static Stream<Arguments> hypervisors() {
        return Stream.of(
                // Clouds that rent guests and real machines by one name: the flag decides where it can be read.
                seen("Google's real machine", Hypervisor.NONE, METAL, "dmi Google | Google Compute Engine"),
                seen(
                        "Google's guest",
                        Hypervisor.COMPUTE_ENGINE,
                        GUEST,
                        "dmi Google | Google Compute Engine",
                        "clock kvm-clock tsc"),
                seen("Google's ARM machine", Hypervisor.UNKNOWN, ARM, "dmi Google | Google Compute Engine"),
                seen("Alibaba's real machine", Hypervisor.NONE, METAL, "dmi Alibaba Cloud | Alibaba Cloud ECS"),
                seen(
                        "Alibaba's real machine with cards that speak virtio",
                        Hypervisor.UNKNOWN,
                        METAL,
                        "dmi Alibaba Cloud | Alibaba Cloud ECS",
                        "disk vda virtio_blk |"),
                seen(
                        "Alibaba's guest",
                        Hypervisor.KVM,
                        GUEST,
                        "dmi Alibaba Cloud | Alibaba Cloud ECS",
                        "clock kvm-clock tsc"),
                seen(
                        "Oracle's real machine",
                        Hypervisor.NONE,
                        METAL,
                        "dmi Oracle Corporation | ORACLE SERVER X9-2c",
                        "disk sda iscsi_tcp ORACLE | BlockVolume"),
                seen(
                        "Oracle's guest",
                        Hypervisor.KVM,
                        GUEST,
                        "dmi QEMU | Standard PC (i440FX + PIIX, 1996)",
                        "clock kvm-clock"),
                seen("IBM's real machine", Hypervisor.NONE, METAL, "dmi IBM | System x3550 M5"),
                seen("Equinix' real machine", Hypervisor.NONE, METAL, "dmi Equinix | c3.small.x86"),
                seen("OVH's real machine", Hypervisor.NONE, METAL, "dmi OVH | RISE-1"),
                seen("OVH's guest", Hypervisor.UNIDENTIFIED, GUEST, "dmi OpenStack Foundation | OpenStack Nova"),
                seen("Tencent's real machine", Hypervisor.NONE, METAL, "dmi Tencent Cloud | BM"),
                seen(
                        "Amazon's real machine",
                        Hypervisor.NONE,
                        METAL,
                        "dmi Amazon EC2 | c5n.metal",
                        "disk nvme0n1 nvme | Amazon Elastic Block Store"),
                seen("Amazon's real ARM machine", Hypervisor.NONE, ARM, "dmi Amazon EC2 | m7g.metal"),
                seen(
                        "guest in Amazon's real machine, with its host's firmware",
                        Hypervisor.KVM,
                        GUEST,
                        "dmi Amazon EC2 | c5.metal",
                        "clock kvm-clock tsc"),
                seen("Amazon's guest", Hypervisor.NITRO, GUEST, "dmi Amazon EC2 | m5.large", "clock kvm-clock tsc"),
                seen("Amazon's ARM guest", Hypervisor.NITRO, ARM, "dmi Amazon EC2 | m6g.large"),
                seen(
                        "Amazon's older guest",
                        Hypervisor.XEN,
                        GUEST,
                        "dmi Xen | HVM domU",
                        "file sys/hypervisor/type = xen"),
                seen("DigitalOcean's guest", Hypervisor.KVM, GUEST, "dmi DigitalOcean | Droplet", "clock kvm-clock"),
                seen("Hetzner's guest", Hypervisor.UNIDENTIFIED, GUEST, "dmi Hetzner | vServer"),
                seen("Hetzner's real machine", Hypervisor.NONE, METAL, "dmi FUJITSU | D3401-H1"),
                // In disguise: what is made of software gives it away.
                seen(
                        "disguise but for a disk",
                        Hypervisor.QEMU,
                        METAL,
                        "dmi ASUS | PRIME",
                        "disk sda ahci ATA | QEMU HARDDISK"),
                seen(
                        "disguise but for a CD",
                        Hypervisor.QEMU,
                        METAL,
                        "dmi ASUS | PRIME",
                        "disk sr0 ahci QEMU | QEMU DVD-ROM"),
                seen(
                        "disguise but for an NVMe disk",
                        Hypervisor.QEMU,
                        METAL,
                        "dmi ASUS | PRIME",
                        "disk nvme0n1 nvme | QEMU NVMe Ctrl"),
                seen(
                        "disguise but for the graphics",
                        Hypervisor.QEMU,
                        METAL,
                        "dmi ASUS | PRIME",
                        "pci 1234:1111 1AF4:1100"),
                seen(
                        "disguise but for a bridge",
                        Hypervisor.QEMU,
                        METAL,
                        "dmi ASUS | PRIME",
                        "pci 1B36:000C 1B36:0000"),
                seen(
                        "disguise but for a card's maker",
                        Hypervisor.QEMU,
                        METAL,
                        "dmi ASUS | PRIME",
                        "nic e1000e 8086:10D3 1AF4:1100"),
                seen(
                        "disguise but for virtio",
                        Hypervisor.UNKNOWN,
                        METAL,
                        "dmi ASUS | PRIME",
                        "nic virtio_net 1AF4:1041 1AF4:1100"),
                seen(
                        "disguise but for a root on virtiofs",
                        Hypervisor.UNKNOWN,
                        METAL,
                        "dmi ASUS | PRIME",
                        "file proc/self/mountinfo = 21 1 0:20 / / rw - virtiofs root rw"),
                seen(
                        "disguise but for a root on 9p",
                        Hypervisor.UNKNOWN,
                        METAL,
                        "dmi ASUS | PRIME",
                        "file proc/self/mountinfo = 21 1 0:20 / / rw - 9p root rw,trans=virtio"),
                seen(
                        "disguise but for the firmware's version",
                        Hypervisor.QEMU,
                        METAL,
                        "dmi ASUS | PRIME",
                        "file sys/class/dmi/id/product_version = pc-q35-8.1"),
                seen("disguise but for KVM's clock", Hypervisor.KVM, METAL, "dmi ASUS | PRIME", "clock kvm-clock tsc"),
                seen(
                        "VMware that hides its flag",
                        Hypervisor.VMWARE,
                        METAL,
                        "dmi Dell Inc. | PowerEdge R740",
                        "disk sda mptspi VMware | Virtual disk"),
                seen(
                        "VMware with its host's firmware",
                        Hypervisor.VMWARE,
                        METAL,
                        "dmi Dell Inc. | PowerEdge R740",
                        "pci 15AD:0405 15AD:0405"),
                seen(
                        "VirtualBox in disguise",
                        Hypervisor.VIRTUALBOX,
                        METAL,
                        "dmi LENOVO | 20AN",
                        "disk sda ahci ATA | VBOX HARDDISK"),
                seen(
                        "bhyve in disguise",
                        Hypervisor.BHYVE,
                        METAL,
                        "dmi LENOVO | 20AN",
                        "disk sda ahci ATA | BHYVE SATA DISK"),
                seen(
                        "Hyper-V in disguise",
                        Hypervisor.HYPER_V,
                        METAL,
                        "dmi LENOVO | 20AN",
                        "disk sda hv_storvsc Msft | Virtual Disk"),
                // Real machines with what others call virtual.
                seen(
                        "virtual media of a management controller",
                        Hypervisor.NONE,
                        METAL,
                        "dmi Supermicro | X11",
                        "usb sr0 AMI | Virtual CDROM0"),
                seen(
                        "LUN of a storage network",
                        Hypervisor.NONE,
                        METAL,
                        "dmi Supermicro | X11",
                        "iscsi sda VMware | Virtual disk"),
                seen(
                        "virtual disk of a RAID controller",
                        Hypervisor.NONE,
                        METAL,
                        "dmi Dell Inc. | PowerEdge R740",
                        "disk sda megaraid_sas DELL | PERC H740P"),
                seen(
                        "old but real",
                        Hypervisor.NONE,
                        METAL,
                        "dmi Dell Inc. | PowerEdge 1950",
                        "disk sda ata_piix ATA | WDC WD800JD",
                        "nic e1000 8086:100E 8086:1176"),
                seen("Surface", Hypervisor.NONE, METAL, "dmi Microsoft Corporation | Surface Pro 7"),
                // Missing files.
                seen("no firmware names", Hypervisor.UNKNOWN, METAL),
                seen("no processor", Hypervisor.UNKNOWN, "dmi Dell Inc. | PowerEdge R740"),
                seen(
                        "half of the firmware names",
                        Hypervisor.UNKNOWN,
                        METAL,
                        "file sys/class/dmi/id/sys_vendor = Dell Inc."),
                seen("real ARM server", Hypervisor.UNKNOWN, ARM, "dmi GIGABYTE | R272-P30"),
                // QEMU with and without KVM.
                seen("QEMU that tells nothing more", Hypervisor.QEMU, GUEST, "dmi QEMU | Standard PC"),
                seen(
                        "QEMU's emulator by its processor",
                        Hypervisor.QEMU_TCG,
                        "file proc/cpuinfo = model name : QEMU TCG CPU version 2.5+\nflags : hypervisor svm"),
                seen(
                        "QEMU's processor that KVM runs, too",
                        Hypervisor.QEMU,
                        "file proc/cpuinfo = model name : QEMU Virtual CPU version 2.5+\nflags : hypervisor"),
                seen(
                        "QEMU's processor with KVM's clock",
                        Hypervisor.KVM,
                        "file proc/cpuinfo = model name : Common KVM processor\nflags : hypervisor",
                        "clock kvm-clock"),
                seen(
                        "QEMU that speaks Hyper-V, which needs KVM",
                        Hypervisor.KVM,
                        GUEST,
                        "dmi QEMU | Standard PC",
                        "clock hyperv_clocksource_tsc_page acpi_pm"),
                seen("QEMU on ARM", Hypervisor.QEMU, ARM, "dmi QEMU | QEMU Virtual Machine", "clock arch_sys_counter"),
                seen(
                        "QEMU's emulator on ARM",
                        Hypervisor.QEMU_TCG,
                        "file proc/cpuinfo = CPU implementer : 0x00\nCPU part : 0x051",
                        "dmi QEMU | QEMU Virtual Machine"),
                seen(
                        "KVM on ARM",
                        Hypervisor.KVM,
                        ARM,
                        "dmi QEMU | QEMU Virtual Machine",
                        "file sys/class/ptp/ptp0/clock_name = KVM virtual PTP"),
                seen(
                        "QEMU on RISC-V",
                        Hypervisor.QEMU,
                        "file proc/cpuinfo = isa : rv64imafdc",
                        "file proc/device-tree/compatible = riscv-virtio"),
                // Others.
                seen("Firecracker", Hypervisor.KVM, GUEST, "clock kvm-clock tsc", "disk vda virtio_blk |"),
                seen(
                        "Firecracker on ARM",
                        Hypervisor.UNIDENTIFIED,
                        ARM,
                        "file proc/device-tree/compatible = linux,dummy-virt",
                        "disk vda virtio_blk |"),
                seen(
                        "Cloud Hypervisor",
                        Hypervisor.KVM,
                        GUEST,
                        "dmi Cloud Hypervisor | cloud-hypervisor",
                        "clock kvm-clock tsc"),
                seen(
                        "second WSL",
                        Hypervisor.HYPER_V,
                        GUEST,
                        "file proc/sys/kernel/osrelease = 5.15.153.1-microsoft-standard-WSL2",
                        "clock hyperv_clocksource_tsc_page"),
                seen(
                        "Hyper-V",
                        Hypervisor.HYPER_V,
                        GUEST,
                        "dmi Microsoft Corporation | Virtual Machine",
                        "clock hyperv_clocksource_msr"),
                seen(
                        "VirtualBox that speaks KVM",
                        Hypervisor.VIRTUALBOX,
                        GUEST,
                        "dmi innotek GmbH | VirtualBox",
                        "clock kvm-clock tsc"),
                seen(
                        "KVM with the firmware of a VMware around it",
                        Hypervisor.KVM,
                        GUEST,
                        "dmi VMware, Inc. | VMware7,1",
                        "clock kvm-clock tsc"),
                seen(
                        "Xen inside of KVM",
                        Hypervisor.XEN,
                        GUEST,
                        "dmi QEMU | Standard PC",
                        "file sys/hypervisor/type = xen",
                        "clock xen tsc"),
                seen(
                        "Parallels on ARM",
                        Hypervisor.PARALLELS,
                        ARM,
                        "dmi Parallels International GmbH. | Parallels ARM Virtual Machine"),
                seen("Apple's on ARM", Hypervisor.APPLE, ARM, "dmi Apple Inc. | Apple Virtualization Generic Platform"),
                seen("OpenBSD's", Hypervisor.OPENBSD, GUEST, "dmi OpenBSD | VMM"),
                seen("Nutanix", Hypervisor.KVM, GUEST, "dmi Nutanix | AHV"),
                seen(
                        "firmware for guests alone",
                        Hypervisor.UNIDENTIFIED,
                        ARM,
                        "file sys/class/dmi/id/bios_vendor = Ubuntu distribution of EDK II"),
                seen(
                        "partition of POWER",
                        Hypervisor.POWERVM,
                        "file proc/cpuinfo = cpu : POWER9\nplatform : pSeries\nmachine : CHRP IBM,9008-22L"),
                seen(
                        "KVM on POWER",
                        Hypervisor.KVM,
                        "file proc/cpuinfo = platform : pSeries\nmachine : CHRP IBM pSeries (emulated by qemu)",
                        "file proc/device-tree/hypervisor/compatible = linux,kvm"),
                seen(
                        "POWER itself",
                        Hypervisor.NONE,
                        "file proc/cpuinfo = cpu : POWER9\nplatform : PowerNV\nmachine : PowerNV 8335-GTH"),
                seen(
                        "POWER itself, played by QEMU",
                        Hypervisor.UNKNOWN,
                        "file proc/cpuinfo = platform : PowerNV\nmachine : PowerNV IBM PowerNV (emulated by qemu)"),
                seen(
                        "partition of an IBM Z",
                        Hypervisor.PRSM,
                        "file proc/sysinfo = Manufacturer: IBM\nLPAR Number: 12"),
                seen(
                        "z/VM",
                        Hypervisor.ZVM,
                        "file proc/sysinfo = Manufacturer: IBM\nLPAR Number: 12\nVM00 Control Program: z/VM 7.2.0"),
                seen(
                        "KVM on an IBM Z",
                        Hypervisor.KVM,
                        "file proc/sysinfo = Manufacturer: IBM\nLPAR Number: 12\nVM00 Control Program: KVM/Linux"),
                seen("user-mode Linux", Hypervisor.USER_MODE_LINUX, "file proc/cpuinfo = vendor_id : User Mode Linux"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("hypervisors")
    void whatAMachineRunsOn(String title, Hypervisor expected, List<String> signs) throws IOException {
        Virtualization found = detect(signs);

        assertThat(found.hypervisor().value())
                .as("%s, %s", title, found.hypervisor().evidence())
                .isEqualTo(expected);
        assertThat(found.hypervisor().evidence()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(found.platform())
                .isEqualTo(
                        switch (expected) {
                            case NONE -> Platform.NATIVE;
                            case UNKNOWN -> Platform.UNKNOWN;
                            default -> Platform.GUEST;
                        });
    }

    static Stream<Arguments> kinds() {
        String kvm = "clock kvm-clock";
        String hvm = "file sys/hypervisor/guest_type = HVM";
        String xen = "file sys/hypervisor/type = xen";
        return Stream.of(
                seen("no devices seen", Kind.FULL, GUEST, kvm),
                seen("imitated devices", Kind.FULL, GUEST, kvm, "disk sda ata_piix ATA | QEMU HARDDISK"),
                seen("devices for guests", Kind.FULL_WITH_PARAVIRTUAL_DRIVERS, GUEST, kvm, "disk vda virtio_blk |"),
                seen(
                        "devices of both sorts",
                        Kind.FULL_WITH_PARAVIRTUAL_DRIVERS,
                        GUEST,
                        kvm,
                        "disk sda ahci ATA | QEMU HARDDISK",
                        "nic virtio_net 1AF4:1041 1AF4:1100"),
                seen(
                        "devices that are handed through",
                        Kind.FULL,
                        GUEST,
                        "dmi Amazon EC2 | m5.large",
                        "nic ena 1D0F:EC20 1D0F:EC20"),
                seen(
                        "Hyper-V's own devices",
                        Kind.FULL_WITH_PARAVIRTUAL_DRIVERS,
                        GUEST,
                        "dmi Microsoft Corporation | Virtual Machine",
                        "disk sda hv_storvsc Msft | Virtual Disk"),
                seen(
                        "VMware's own devices",
                        Kind.FULL_WITH_PARAVIRTUAL_DRIVERS,
                        GUEST,
                        "dmi VMware, Inc. | VMware7,1",
                        "nic vmxnet3 15AD:07B0 15AD:07B0"),
                seen(
                        "VMware's imitated devices",
                        Kind.FULL,
                        GUEST,
                        "dmi VMware, Inc. | VMware7,1",
                        "nic e1000 8086:100F 15AD:0750"),
                seen(
                        "emulated processor, devices for guests",
                        Kind.EMULATION,
                        "file proc/cpuinfo = model name : QEMU TCG CPU version 2.5+",
                        "disk vda virtio_blk |"),
                seen("acceleration unknown", Kind.UNKNOWN, GUEST, "dmi QEMU | Standard PC", "disk vda virtio_blk |"),
                seen("hypervisor unknown", Kind.UNKNOWN, GUEST),
                seen("Xen HVM with Xen's drivers", Kind.FULL_WITH_PARAVIRTUAL_DRIVERS, xen, hvm, "disk xvda vbd |"),
                seen("Xen HVM with imitated devices", Kind.FULL, xen, hvm, "disk sda ata_piix ATA | QEMU HARDDISK"),
                seen("Xen PVH", Kind.FULL_WITH_PARAVIRTUAL_DRIVERS, xen, "file sys/hypervisor/guest_type = PVH"),
                seen("Xen PV", Kind.PARA, xen, "file sys/hypervisor/guest_type = PV", "disk xvda vbd |"),
                seen(
                        "partition of POWER",
                        Kind.PARA,
                        "file proc/cpuinfo = platform : pSeries\nmachine : CHRP IBM,9008-22L"),
                seen(
                        "OpenVZ on a real machine",
                        Kind.OS_LEVEL,
                        METAL,
                        "dmi Dell Inc. | R650",
                        "file proc/vz/version = 1"),
                seen(
                        "Docker on a real machine",
                        Kind.OS_LEVEL,
                        METAL,
                        "dmi Dell Inc. | R650",
                        FOREIGN,
                        "file .dockerenv = "),
                seen("Docker in a guest", Kind.FULL, GUEST, kvm, FOREIGN, "file .dockerenv = "),
                seen("real machine", Kind.NONE, METAL, "dmi Dell Inc. | R650", OWN));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("kinds")
    void howAMachineIsVirtualized(String title, Kind expected, List<String> signs) throws IOException {
        Virtualization found = detect(signs);

        assertThat(found.kind().value()).as("%s, %s", title, found.lines()).isEqualTo(expected);
    }

    static Stream<Arguments> devices() {
        String real = "dmi Dell Inc. | PowerEdge R650";
        String kvm = "clock kvm-clock";
        String dom0 = "file proc/xen/capabilities = control_d";
        String domU = "file proc/xen/capabilities = ";
        String root = "clock hyperv_clocksource_tsc_page tsc";
        return Stream.of(
                seen(
                        "dom0, old controller",
                        Device.Provision.PHYSICAL,
                        GUEST,
                        dom0,
                        "disk sda mptsas SEAGATE | ST373455SS"),
                seen("dom0, old card", Device.Provision.PHYSICAL, GUEST, dom0, "nic e1000 8086:100E 8086:1176"),
                seen(
                        "dom0 inside of QEMU",
                        Device.Provision.EMULATED,
                        GUEST,
                        dom0,
                        "disk sda ata_piix ATA | QEMU HARDDISK"),
                seen("dom0 inside of KVM", Device.Provision.PARAVIRTUAL, GUEST, dom0, "disk vda virtio_blk |"),
                seen("domU", Device.Provision.PARAVIRTUAL, GUEST, domU, "disk xvda vbd |"),
                seen(
                        "domU with a real card",
                        Device.Provision.PASSED_THROUGH,
                        GUEST,
                        domU,
                        "nic e1000 8086:100E 8086:1176"),
                seen(
                        "root partition of Hyper-V",
                        Device.Provision.PHYSICAL,
                        GUEST,
                        real,
                        root,
                        "disk nvme0n1 nvme | Dell Ent NVMe"),
                seen(
                        "guest of Hyper-V with an old card",
                        Device.Provision.EMULATED,
                        GUEST,
                        "dmi Microsoft Corporation | Virtual Machine",
                        root,
                        "nic tulip 1011:0009 0000:0000"),
                seen(
                        "guest of Hyper-V with a real disk",
                        Device.Provision.PASSED_THROUGH,
                        GUEST,
                        "dmi Microsoft Corporation | Virtual Machine",
                        root,
                        "disk nvme0n1 nvme | Microsoft NVMe Direct Disk"),
                seen("real machine, old card", Device.Provision.PHYSICAL, METAL, real, "nic e1000 8086:100E 8086:1176"),
                seen(
                        "real machine, Google's card",
                        Device.Provision.PHYSICAL,
                        METAL,
                        "dmi Google | Google Compute Engine",
                        "nic gve 1AE0:0042 1AE0:0058"),
                seen("guest, imitated card", Device.Provision.EMULATED, GUEST, kvm, "nic e1000 8086:100E 1AF4:1100"),
                seen(
                        "guest, imitated card without number",
                        Device.Provision.UNKNOWN,
                        GUEST,
                        kvm,
                        "nic e1000e 8086:10D3 8086:0000"),
                seen("guest, old card without maker", Device.Provision.EMULATED, GUEST, kvm, "nic 8139cp 10EC:8139"),
                seen(
                        "guest of VirtualBox, which borrows Intel's number",
                        Device.Provision.EMULATED,
                        GUEST,
                        "dmi innotek GmbH | VirtualBox",
                        "nic e1000 8086:100E 8086:001E"),
                seen(
                        "guest, real card",
                        Device.Provision.PASSED_THROUGH,
                        GUEST,
                        kvm,
                        "nic mlx5_core 15B3:101E 15B3:0058"),
                seen(
                        "guest, real disk",
                        Device.Provision.PASSED_THROUGH,
                        GUEST,
                        kvm,
                        "disk nvme0n1 nvme | SAMSUNG MZVL21T0"),
                seen(
                        "guest, disk of no known maker",
                        Device.Provision.UNKNOWN,
                        GUEST,
                        kvm,
                        "disk nvme0n1 nvme | nvme_card-pd"),
                seen(
                        "guest, LUN on virtio",
                        Device.Provision.PARAVIRTUAL,
                        GUEST,
                        kvm,
                        "disk sda virtio_scsi QEMU | QEMU HARDDISK"),
                seen("machine unknown", Device.Provision.UNKNOWN, METAL, "disk sda ahci ATA | ST4000NM"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("devices")
    void howADeviceIsProvided(String title, Device.Provision expected, List<String> signs) throws IOException {
        Virtualization found = detect(signs);

        assertThat(found.devices())
                .singleElement()
                .satisfies(device -> assertThat(device.kind())
                        .as("%s, %s", title, found.lines())
                        .isEqualTo(expected));
    }

    static Stream<Arguments> containers() {
        String mark = "file .dockerenv = ";
        return Stream.of(
                seen(
                        "mark of an image on a machine of its own",
                        Container.NONE,
                        OWN,
                        mark,
                        DISK_ROOT,
                        "file proc/1/cgroup = 0::/init.scope"),
                seen("mark of another image", Container.NONE, OWN, "file run/.containerenv = ", DISK_ROOT),
                seen("declaration in an image", Container.NONE, OWN, "file run/systemd/container = lxc", DISK_ROOT),
                seen("mark, but the root is not told", Container.UNKNOWN, OWN, mark),
                seen("mark, and nothing from the kernel", Container.DOCKER, mark),
                seen("Docker with the machine's processes", Container.DOCKER, OWN, mark, LAYERED_ROOT),
                seen(
                        "Docker with the machine's processes and a plain root",
                        Container.DOCKER,
                        OWN,
                        mark,
                        DISK_ROOT,
                        "link proc/self/ns/uts -> uts:[4026532300]"),
                seen("live system", Container.NONE, OWN, LAYERED_ROOT),
                seen("Docker", Container.DOCKER, FOREIGN, mark, LAYERED_ROOT),
                seen(
                        "Docker by its group",
                        Container.DOCKER,
                        "file proc/self/cgroup = 0::/system.slice/docker-0a1b2c3d4e5f.scope"),
                seen(
                        "Docker by its mounts",
                        Container.DOCKER,
                        FOREIGN,
                        "file proc/self/mountinfo = 9 8 8:2 /var/lib/docker/containers/0a1b/hostname /etc/hostname rw - ext4 /dev/sda rw"),
                seen(
                        "Docker's own service is none",
                        Container.NONE,
                        OWN,
                        "file proc/self/cgroup = 0::/system.slice/docker.service"),
                seen(
                        "a unit about Docker is none",
                        Container.NONE,
                        OWN,
                        "file proc/self/cgroup = 0::/system.slice/docker-compose.service"),
                seen("Podman", Container.PODMAN, FOREIGN, "file run/.containerenv = "),
                seen(
                        "Podman by its group",
                        Container.PODMAN,
                        "file proc/1/cgroup = 0::/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-9a8b.scope/container"),
                seen("LXC by its group", Container.LXC, "file proc/1/cgroup = 0::/lxc.payload.web/init.scope"),
                seen("LXC by its environment", Container.LXC, FOREIGN, "file proc/1/environ = container=lxc"),
                seen(
                        "LXC by its mounts",
                        Container.LXC,
                        FOREIGN,
                        "file proc/self/mountinfo = 9 8 0:44 /proc/cpuinfo /proc/cpuinfo rw - fuse.lxcfs lxcfs rw"),
                seen(
                        "host of LXC is none",
                        Container.NONE,
                        OWN,
                        "file proc/self/mountinfo = 9 8 0:44 / /var/lib/lxcfs rw - fuse.lxcfs lxcfs rw"),
                seen(
                        "systemd-nspawn",
                        Container.SYSTEMD_NSPAWN,
                        FOREIGN,
                        "file run/host/container-manager = systemd-nspawn"),
                seen(
                        "Kubernetes by its group",
                        Container.KUBERNETES,
                        "file proc/self/cgroup = 0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-0a1b2c.scope"),
                seen(
                        "Kubernetes by its mounts",
                        Container.KUBERNETES,
                        FOREIGN,
                        "file proc/self/mountinfo = 9 8 0:44 / /run/secrets/kubernetes.io/serviceaccount ro - tmpfs tmpfs rw"),
                seen("containerd", Container.UNIDENTIFIED, FOREIGN, LAYERED_ROOT),
                seen("OpenVZ", Container.OPENVZ, "file proc/vz/version = 1"),
                seen("host of OpenVZ", Container.NONE, OWN, "file proc/vz/version = 1", "file proc/bc/resources = 1"),
                seen(
                        "gVisor",
                        Container.GVISOR,
                        "link proc/self/ns/pid -> pid:[1]",
                        "file proc/version = Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016"),
                seen("newer gVisor", Container.GVISOR, "file proc/sys/kernel/osrelease = 4.19.0-gvisor"),
                seen("first WSL", Container.WSL, "file proc/sys/kernel/osrelease = 4.4.0-19041-Microsoft"),
                seen("nothing", Container.UNKNOWN));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("containers")
    void whichContainerIsAround(String title, Container expected, List<String> signs) throws IOException {
        Virtualization found = detect(signs);

        assertThat(found.container().value())
                .as("%s, %s", title, found.container().evidence())
                .isEqualTo(expected);
    }

    private static Arguments seen(String title, Enum<?> expected, String... signs) {
        return arguments(title, expected, List.of(signs));
    }

    private Virtualization detect(List<String> signs) throws IOException {
        for (String sign : signs) {
            int blank = sign.indexOf(' ');
            String rest = sign.substring(blank + 1);
            switch (sign.substring(0, blank)) {
                case "x86" -> tree.file("proc/cpuinfo", "processor\t: 0\nflags\t\t: " + rest + "\n");
                case "dmi" -> {
                    List<String> names = parts(rest, " \\| ");
                    tree.file("sys/class/dmi/id/sys_vendor", names.get(0) + "\n")
                            .file("sys/class/dmi/id/product_name", names.get(1) + "\n");
                }
                case "clock" ->
                    tree.file("sys/devices/system/clocksource/clocksource0/available_clocksource", rest + "\n");
                case "file" -> {
                    List<String> named = parts(rest, " = ?");
                    tree.bytes(named.get(0), named.get(1).getBytes(StandardCharsets.UTF_8));
                }
                case "link" ->
                    tree.link(parts(rest, " -> ").get(0), parts(rest, " -> ").get(1));
                case "pci" -> tree.file("sys/bus/pci/devices/0000:00:02.0/uevent", pci("", parts(rest, " ")));
                case "nic" -> {
                    List<String> words = parts(rest, " ");
                    tree.file("sys/class/net/eth0/device/uevent", pci(words.get(0), words.subList(1, words.size())));
                }
                case "disk" -> disk("sys/devices/pci0000:00/0000:00:05.0/host0/target0/0:0:0:0", rest);
                case "usb" ->
                    disk(
                            "sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/host6/target6/6:0:0:0",
                            "sr0 usb-storage " + rest.substring(4));
                case "iscsi" ->
                    disk("sys/devices/platform/host3/session1/target3/3:0:0:0", "sda sd " + rest.substring(4));
                default -> throw new IllegalArgumentException(sign);
            }
        }
        return tree.detect();
    }

    /** The word in front names disk and driver; what it says of itself follows. */
    private void disk(String device, String words) throws IOException {
        List<String> named = parts(words, " ");
        List<String> said = parts(words.substring(words.indexOf(' ', words.indexOf(' ') + 1)), " ?\\| ?");
        tree.file(device + "/uevent", "DRIVER=" + named.get(1) + "\n")
                .file(device + "/vendor", said.get(0) + "\n")
                .file(device + "/model", said.get(1) + "\n")
                .link("sys/block/" + named.get(0) + "/device", "../../../" + device);
    }

    private static String pci(String driver, List<String> ids) {
        return (driver.isEmpty() ? "" : "DRIVER=" + driver + "\n") + "PCI_ID=" + ids.get(0) + "\n"
                + (ids.size() > 1 ? "PCI_SUBSYS_ID=" + ids.get(1) + "\n" : "");
    }

    private static List<String> parts(String text, String between) {
        return Arrays.asList(text.split(between, -1));
    }
}
