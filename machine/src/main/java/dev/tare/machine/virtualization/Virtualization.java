package dev.tare.machine.virtualization;

import dev.tare.machine.virtualization.Finding.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a machine runs on, with the evidence for every part of the answer. Nothing is inferred from silence: what has no
 * evidence is unknown, and bare metal needs evidence like everything else.
 *
 * @param hypervisor the innermost hypervisor
 * @param kind how the machine is virtualized
 * @param xen the Xen domain, if the hypervisor is Xen
 * @param nestedVirtualization whether this machine can itself run hardware-assisted guests: it sees the processor's
 *     virtualization flags, be they emulated, or is dom0 of a Xen that can. Of what runs this machine it says nothing
 * @param container the container around this process
 * @param devices disks and network cards that have a device behind them, in the order of their names
 */
public record Virtualization(
        Finding<Hypervisor> hypervisor,
        Finding<Kind> kind,
        Optional<XenDomain> xen,
        Finding<Answer> nestedVirtualization,
        Finding<Container> container,
        List<Device> devices) {
    public Virtualization {
        devices = List.copyOf(devices);
    }

    /** How a machine is virtualized. */
    public enum Kind {
        /** Software plays every instruction of the guest. */
        EMULATION("emulation"),
        /** The guest's kernel runs as on hardware, on the processor itself. */
        FULL("full virtualization"),
        /** The same, except that disks or network cards have drivers made for guests. */
        FULL_WITH_PARAVIRTUAL_DRIVERS("full virtualization with paravirtual drivers"),
        /** The guest's kernel knows that it is a guest and calls its hypervisor in place of privileged instructions. */
        PARA("paravirtualization"),
        /** A container on bare metal: the kernel, and with it the clock, is the host's own. */
        OS_LEVEL("OS-level virtualization"),
        NONE("none"),
        UNKNOWN("unknown");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The kind as it is printed. */
        public String label() {
            return label;
        }
    }

    /** Whether a machine is one of its own. */
    public enum Platform {
        /** Bare metal for certain; a container on it has the machine's own clock. */
        NATIVE,
        /** A guest for certain. */
        GUEST,
        /** The evidence is missing. */
        UNKNOWN
    }

    /** The one answer to the question that decides about clocks, labels and comparisons. */
    public Platform platform() {
        return switch (hypervisor.value()) {
            case NONE -> Platform.NATIVE;
            case UNKNOWN -> Platform.UNKNOWN;
            default -> Platform.GUEST;
        };
    }

    /** Whether the clock may be one that a hypervisor provides: in every guest, and where bare metal is not certain. */
    public boolean clockMayBeVirtual() {
        return platform() != Platform.NATIVE;
    }

    /** What a result says of this machine's own clock when no other was asked; everywhere in these words. */
    public String localClockLabel() {
        return switch (platform()) {
            case NATIVE -> "local clock of bare metal";
            case GUEST -> "local clock of a guest, not verified";
            case UNKNOWN -> "local clock of a machine that may be a guest, not verified";
        };
    }

    /** One line, such as {@code KVM, full virtualization with paravirtual drivers, in a container (Docker)}. */
    public String summary() {
        String machine = switch (hypervisor.value()) {
            case NONE -> "bare metal";
            case UNKNOWN -> "unknown, guest or bare metal";
            // Its name says why the kind is unknown.
            case QEMU -> hypervisor.value().label();
            default ->
                xen.map(XenDomain::summary).orElse(hypervisor.value().label()) + ", "
                        + (kind.value() == Kind.UNKNOWN
                                ? "kind unknown"
                                : kind.value().label());
        };
        return switch (container.value()) {
            case NONE, UNKNOWN -> machine;
            default -> machine + ", in a container (" + container.value().label() + ")";
        };
    }

    /** Everything as text for a terminal: an aligned name and value, then the evidence in brackets. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("virtualization", summary(), List.of()));
        lines.add(line("hypervisor", hypervisor.value().label(), hypervisor.evidence()));
        lines.add(line("kind", kind.value().label(), kind.evidence()));
        lines.add(line("nested virtualization", nestedVirtualization.value().label(), nestedVirtualization.evidence()));
        lines.add(line("container", container.value().label(), container.evidence()));
        for (Device device : devices) {
            lines.add(line(
                    device.role().label() + " " + device.name(),
                    device.kind().label() + ", driver " + device.driver(),
                    device.evidence()));
        }
        return List.copyOf(lines);
    }

    /** Everything as facts for the record of a run: name to value, with the evidence of the uncertain ones. */
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("summary", summary());
        facts.put("platform", platform().name().toLowerCase(Locale.ROOT));
        facts.put("hypervisor", hypervisor.value().label());
        facts.put("hypervisorEvidence", evidence(hypervisor));
        facts.put("kind", kind.value().label());
        facts.put("kindEvidence", evidence(kind));
        xen.ifPresent(domain -> facts.put("xen", domain.summary()));
        facts.put("nestedVirtualization", nestedVirtualization.value().label());
        facts.put("container", container.value().label());
        facts.put("containerEvidence", evidence(container));
        for (Device device : devices) {
            facts.put(
                    device.role().label() + " " + device.name(), device.kind().label() + ", driver " + device.driver());
        }
        return facts;
    }

    private static String evidence(Finding<?> finding) {
        return finding.evidence().isEmpty() ? "none" : String.join("; ", finding.evidence());
    }

    private static String line(String name, String value, List<String> evidence) {
        String padded = name + " ".repeat(Math.max(1, 22 - name.length()));
        return evidence.isEmpty() ? padded + value : padded + value + " [" + String.join("; ", evidence) + "]";
    }
}
