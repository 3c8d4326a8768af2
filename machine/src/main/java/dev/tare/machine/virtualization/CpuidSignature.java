package dev.tare.machine.virtualization;

import static java.util.Map.entry;

import dev.tare.machine.MachineFiles;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The name that a hypervisor writes into CPUID leaf 0x40000000, as the kernel's cpuid driver shows it to root: sixteen
 * bytes eax, ebx, ecx, edx, of which the last twelve are the name.
 */
final class CpuidSignature {
    private static final String DEVICE = "dev/cpu/0/cpuid";
    private static final long LEAF = 0x4000_0000L;
    /** Where KVM puts its own name when it answers as Hyper-V in the first leaf. */
    private static final long SECOND_LEAF = 0x4000_0100L;

    private static final Map<String, Hypervisor> NAMES = Map.ofEntries(
            entry("XenVMMXenVMM", Hypervisor.XEN),
            entry("KVMKVMKVM", Hypervisor.KVM),
            entry("Linux KVM Hv", Hypervisor.KVM),
            entry("TCGTCGTCGTCG", Hypervisor.QEMU),
            entry("VMwareVMware", Hypervisor.VMWARE),
            entry("Microsoft Hv", Hypervisor.HYPER_V),
            entry("VBoxVBoxVBox", Hypervisor.VIRTUALBOX),
            entry("prl hyperv", Hypervisor.PARALLELS),
            entry("lrpepyh vr", Hypervisor.PARALLELS),
            entry("bhyve bhyve", Hypervisor.BHYVE),
            entry("Apple VZ", Hypervisor.APPLE));

    private CpuidSignature() {}

    static Optional<Clue> clue(MachineFiles files) {
        Optional<String> first = name(files, LEAF);
        Optional<String> second = name(files, SECOND_LEAF).filter("KVMKVMKVM"::equals);
        return second.or(() -> first).flatMap(CpuidSignature::clue);
    }

    private static Optional<Clue> clue(String name) {
        return Optional.ofNullable(NAMES.get(name))
                .map(hypervisor -> new Clue(hypervisor, DEVICE + " says \"" + name + "\""));
    }

    private static Optional<String> name(MachineFiles files, long leaf) {
        return files.bytesAt(DEVICE, leaf, 16)
                .map(bytes -> new String(bytes, 4, 12, StandardCharsets.US_ASCII)
                        .replace('\0', ' ')
                        .strip());
    }
}
