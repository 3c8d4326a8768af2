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
        this.files = new MachineFiles(root);
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
        HypervisorSearch.Processor processor = HypervisorSearch.Processor.of(files);
        Firmware firmware = Firmware.of(files);
        XenDomain.Search xenSearch = new XenDomain.Search(files);
        List<Device.Seen> devices = Device.of(files);
        List<Hypervisor.Clue> drivers = devices.stream()
                .map(Device.Seen::clue)
                .flatMap(Optional::stream)
                .toList();
        Finding<Hypervisor> hypervisor =
                new HypervisorSearch(files, processor, firmware).search(xenSearch.clue(), drivers);
        Optional<XenDomain> xen = hypervisor.value() == Hypervisor.XEN
                ? Optional.of(xenSearch.domain(firmware.clue()))
                : Optional.empty();
        Finding<Container> container = Container.of(files);
        return new Virtualization(
                xen.isPresent() ? with(hypervisor, xenSearch.rankEvidence()) : hypervisor,
                kind(hypervisor.value(), xen, xenSearch, container.value()),
                xen,
                hardwareAssistance(processor, xen, xenSearch),
                container,
                devices.stream()
                        .map(device -> device.judged(hypervisor.value()))
                        .toList());
    }

    private static Finding<Hypervisor> with(Finding<Hypervisor> hypervisor, List<String> more) {
        List<String> evidence = new ArrayList<>(hypervisor.evidence());
        evidence.addAll(more);
        return new Finding<>(hypervisor.value(), evidence);
    }

    private static Finding<Kind> kind(
            Hypervisor hypervisor, Optional<XenDomain> xen, XenDomain.Search xenSearch, Container container) {
        if (xen.isPresent()) {
            Kind kind = switch (xen.get().mode()) {
                case PV -> Kind.PARA;
                case PVH, HVM -> Kind.FULL;
                case UNKNOWN -> Kind.UNKNOWN;
            };
            return new Finding<>(kind, xenSearch.modeEvidence());
        }
        return kind(hypervisor, container);
    }

    static Finding<Kind> kind(Hypervisor hypervisor, Container container) {
        return switch (hypervisor) {
            case UNKNOWN -> Finding.of(Kind.UNKNOWN, "the hypervisor is unknown");
            case UNIDENTIFIED -> Finding.of(Kind.UNKNOWN, "the hypervisor does not give its name");
            case NONE ->
                switch (container) {
                    case NONE -> Finding.of(Kind.NONE, "neither hypervisor nor container");
                    case UNKNOWN -> Finding.of(Kind.UNKNOWN, "no hypervisor, but a container is not excluded");
                    default -> Finding.of(Kind.OS_LEVEL, "a container without a hypervisor");
                };
            default -> Finding.of(Kind.FULL, hypervisor.label() + " virtualizes fully");
        };
    }

    private static Finding<Answer> hardwareAssistance(
            HypervisorSearch.Processor processor, Optional<XenDomain> xen, XenDomain.Search xenSearch) {
        Set<String> visible = new TreeSet<>(Set.of("vmx", "svm"));
        visible.retainAll(processor.flags().orElse(Set.of()));
        if (!visible.isEmpty()) {
            return Finding.of(Answer.YES, "processor flag " + String.join(", ", visible));
        }
        if (xen.isPresent()) {
            return xenSearch.hardwareAssistance();
        }
        return processor.flags().isPresent()
                ? Finding.of(Answer.NO, "neither vmx nor svm among the processor's flags")
                : Finding.of(Answer.UNKNOWN, "proc/cpuinfo shows no flags");
    }
}
