package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.virtualization.Finding.Answer;
import dev.tare.machine.virtualization.Virtualization.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Detects what a Linux machine runs on, from files under a root folder alone: no program is started. */
public final class VirtualizationDetector {
    private final MachineFiles files;

    /**
     * @param root root folder of the machine: {@code /}, or a folder that holds the captured /proc and /sys of another
     */
    public VirtualizationDetector(Path root) {
        this(new MachineFiles(root));
    }

    /** Detects what the machine of these files runs on. */
    public VirtualizationDetector(MachineFiles files) {
        this.files = files;
    }

    /** What this machine runs on; on systems other than Linux, what OSHI tells. */
    public static Virtualization detectHere() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return system.startsWith("linux")
                ? new VirtualizationDetector(Path.of("/")).detect()
                : OtherSystem.here().detect();
    }

    /** What the machine below the root folder runs on. */
    public Virtualization detect() {
        Processor processor = new Processor(files);
        Firmware firmware = Firmware.of(files);
        XenDomain.Search xenSearch = new XenDomain.Search(files);
        List<Device.Seen> seen = Device.of(files);
        List<Hypervisor.Clue> clues =
                seen.stream().flatMap(device -> device.clues().stream()).toList();
        Finding<Hypervisor> hypervisor =
                new HypervisorSearch(files, processor, firmware).search(xenSearch.clue(), clues);
        Optional<XenDomain> xen = hypervisor.value() == Hypervisor.XEN
                ? Optional.of(xenSearch.domain(firmware.clue()))
                : Optional.empty();
        Optional<String> root =
                hypervisor.value() == Hypervisor.HYPER_V ? rootPartition(processor, firmware, clues) : Optional.empty();
        boolean dom0 = xen.filter(domain -> domain.privileged() == Answer.YES).isPresent();
        List<Device> devices = seen.stream()
                .map(device -> device.judged(hypervisor.value(), dom0 || root.isPresent()))
                .toList();
        Finding<Container> container = Container.of(files);
        return new Virtualization(
                with(
                        hypervisor,
                        xen.isPresent()
                                ? xenSearch.rankEvidence()
                                : root.stream().toList()),
                xen.map(domain -> kind(domain, xenSearch.modeEvidence(), devices))
                        .orElseGet(() -> kind(hypervisor.value(), container.value(), devices)),
                xen,
                nestedVirtualization(processor, dom0, xenSearch),
                container,
                devices);
    }

    /**
     * Whether this is the partition of Hyper-V that owns the hardware, as evidence. Guests have Microsoft's firmware and find
     * their devices on its bus, which the root partition has not.
     */
    private Optional<String> rootPartition(Processor processor, Firmware firmware, List<Hypervisor.Clue> devices) {
        if (processor.hyperVRoot() != Answer.UNKNOWN) {
            return processor.hyperVRoot() == Answer.YES
                    ? Optional.of("CPUID lets it create partitions: the root partition")
                    : Optional.empty();
        }
        boolean real = firmware.namesMachine() && firmware.clue().isEmpty();
        boolean bus = !files.names("sys/bus/vmbus/devices").isEmpty();
        return real && !bus && devices.isEmpty()
                ? Optional.of(firmware.evidence() + " and there is no VMBus: the root partition")
                : Optional.empty();
    }

    private static Finding<Hypervisor> with(Finding<Hypervisor> hypervisor, List<String> more) {
        List<String> evidence = new ArrayList<>(hypervisor.evidence());
        evidence.addAll(more);
        return new Finding<>(hypervisor.value(), evidence);
    }

    private static Finding<Kind> kind(XenDomain domain, List<String> evidence, List<Device> devices) {
        return switch (domain.mode()) {
            case PV -> new Finding<>(Kind.PARA, evidence);
            // Nothing is emulated for such a domain.
            case PVH -> new Finding<>(Kind.FULL_WITH_PARAVIRTUAL_DRIVERS, evidence);
            case HVM -> full(evidence, devices);
            case UNKNOWN -> new Finding<>(Kind.UNKNOWN, evidence);
        };
    }

    static Finding<Kind> kind(Hypervisor hypervisor, Container container, List<Device> devices) {
        return switch (hypervisor) {
            case UNKNOWN -> Finding.of(Kind.UNKNOWN, "the hypervisor is unknown");
            case UNIDENTIFIED -> Finding.of(Kind.UNKNOWN, "the hypervisor does not give its name");
            case NONE ->
                switch (container) {
                    case NONE -> Finding.of(Kind.NONE, "neither hypervisor nor container");
                    case UNKNOWN -> Finding.of(Kind.UNKNOWN, "no hypervisor, but a container is not excluded");
                    default -> Finding.of(Kind.OS_LEVEL, "a container without a hypervisor");
                };
            case QEMU -> Finding.of(Kind.UNKNOWN, "neither KVM nor QEMU's own emulator shows itself");
            case QEMU_TCG -> Finding.of(Kind.EMULATION, "QEMU's own emulator plays the processor");
            case POWERVM, USER_MODE_LINUX ->
                Finding.of(Kind.PARA, "kernels call " + hypervisor.label() + " in place of privileged instructions");
            default -> full(List.of(hypervisor.label() + " virtualizes fully"), devices);
        };
    }

    private static Finding<Kind> full(List<String> evidence, List<Device> devices) {
        List<String> all = new ArrayList<>(evidence);
        devices.stream()
                .filter(device -> device.kind() == Device.Provision.PARAVIRTUAL)
                .map(device -> device.role().label() + " driver " + device.driver() + " is paravirtual")
                .distinct()
                .forEach(all::add);
        return new Finding<>(all.size() > evidence.size() ? Kind.FULL_WITH_PARAVIRTUAL_DRIVERS : Kind.FULL, all);
    }

    private static Finding<Answer> nestedVirtualization(Processor processor, boolean dom0, XenDomain.Search xen) {
        Set<String> visible = new TreeSet<>(Set.of("vmx", "svm"));
        visible.retainAll(processor.flags().orElse(Set.of()));
        if (!visible.isEmpty()) {
            return Finding.of(Answer.YES, "processor flag " + String.join(", ", visible));
        }
        if (dom0) {
            return xen.hostsGuests();
        }
        return processor.flags().isPresent()
                ? Finding.of(Answer.NO, "neither vmx nor svm among the processor's flags")
                : Finding.of(Answer.UNKNOWN, "proc/cpuinfo shows no flags");
    }
}
