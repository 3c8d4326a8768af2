package dev.tare.machine.virtualization;

import static java.util.Map.entry;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.virtualization.Finding.Answer;
import dev.tare.machine.virtualization.Hypervisor.Clue;
import dev.tare.machine.virtualization.Hypervisor.Weight;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the processor tells of a hypervisor: /proc/cpuinfo, the cpuid driver, and the system information of IBM Z. */
final class Processor {
    private static final String CPUINFO = "proc/cpuinfo";
    private static final String SYSINFO = "proc/sysinfo";
    private static final String CPUID = "dev/cpu/0/cpuid";
    private static final long CPUID_LEAF = 0x4000_0000L;
    /** Where the imitators of Hyper-V put their own name. */
    private static final long SECOND_CPUID_LEAF = 0x4000_0100L;
    /** Hyper-V's privileges; the lowest bit of ebx is that to create partitions, which only its root partition has. */
    private static final long HYPER_V_PRIVILEGES = 0x4000_0003L;

    private static final Map<String, Hypervisor> CPUID_NAMES = Map.ofEntries(
            entry("XenVMMXenVMM", Hypervisor.XEN),
            entry("KVMKVMKVM", Hypervisor.KVM),
            entry("Linux KVM Hv", Hypervisor.KVM),
            entry("TCGTCGTCGTCG", Hypervisor.QEMU_TCG),
            entry("VMwareVMware", Hypervisor.VMWARE),
            entry("Microsoft Hv", Hypervisor.HYPER_V),
            entry("VBoxVBoxVBox", Hypervisor.VIRTUALBOX),
            entry("prl hyperv", Hypervisor.PARALLELS),
            entry("lrpepyh vr", Hypervisor.PARALLELS),
            entry("bhyve bhyve", Hypervisor.BHYVE),
            entry("OpenBSDVMM58", Hypervisor.OPENBSD),
            entry("ACRNACRNACRN", Hypervisor.ACRN),
            entry("QNXQVMBSQG", Hypervisor.QNX),
            entry("Apple VZ", Hypervisor.APPLE));

    private final MachineFiles files;
    private final String cpuinfo;

    Processor(MachineFiles files) {
        this.files = files;
        this.cpuinfo = files.text(CPUINFO).orElse("");
    }

    /** The flags of an x86 processor; empty elsewhere and where they cannot be read. */
    Optional<Set<String>> flags() {
        return field("flags").map(flags -> Set.copyOf(List.of(flags.split("\\s+", -1))));
    }

    /** The CPUID bit that a hypervisor sets for its guests; x86 alone has it. */
    Answer hypervisorFlag() {
        return flags().map(names -> Answer.of(names.contains("hypervisor"))).orElse(Answer.UNKNOWN);
    }

    /** That bit as evidence. */
    String flagEvidence() {
        return switch (hypervisorFlag()) {
            case NO -> "no hypervisor flag in " + CPUINFO;
            case YES -> "hypervisor flag in " + CPUINFO;
            case UNKNOWN -> CPUINFO + " shows no flags";
        };
    }

    /** What a POWER processor says when its kernel runs on the hardware itself. */
    Optional<String> bareMetalEvidence() {
        return field("platform")
                .filter(platform -> platform.equals("PowerNV") && !emulatedByQemu())
                .map(platform -> CPUINFO + " has platform " + platform);
    }

    /** Whether this is the partition of Hyper-V that owns the hardware; unknown without the cpuid driver. */
    Answer hyperVRoot() {
        return files.bytesAt(CPUID, HYPER_V_PRIVILEGES, 16)
                .map(registers -> Answer.of((registers[4] & 1) != 0))
                .orElse(Answer.UNKNOWN);
    }

    List<Clue> clues() {
        List<Clue> clues = new ArrayList<>();
        Stream.of(signature(), systemInformation(), power(), model(), arm(), userMode())
                .flatMap(Optional::stream)
                .forEach(clues::add);
        if (hypervisorFlag() == Answer.YES) {
            clues.add(new Clue(Hypervisor.UNIDENTIFIED, Weight.TOLD, flagEvidence()));
        }
        return clues;
    }

    /**
     * The name that a hypervisor writes into CPUID leaf 0x40000000, as the kernel's cpuid driver shows it to root: sixteen
     * bytes eax, ebx, ecx, edx, of which the last twelve are the name. A program that executes the instruction itself may get
     * another answer: some hypervisors let it through to the machine below, and the kernel's clock is the driver's.
     */
    private Optional<Clue> signature() {
        return signature(SECOND_CPUID_LEAF)
                .filter(name -> name.equals("KVMKVMKVM") || name.equals("XenVMMXenVMM"))
                .or(() -> signature(CPUID_LEAF))
                // A processor without hypervisor answers with something, too.
                .flatMap(name -> Optional.ofNullable(CPUID_NAMES.get(name))
                        .map(hypervisor -> new Clue(hypervisor, Weight.TOLD, CPUID + " says \"" + name + "\"")));
    }

    private Optional<String> signature(long leaf) {
        return files.bytesAt(CPUID, leaf, 16)
                .map(bytes -> new String(bytes, 4, 12, StandardCharsets.US_ASCII)
                        .replace('\0', ' ')
                        .strip());
    }

    /** IBM Z has at least one hypervisor in its firmware; see the kernel's arch/s390/kernel/sysinfo.c. */
    private Optional<Clue> systemInformation() {
        String text = files.text(SYSINFO).orElse("");
        Optional<String> program = line(text, "VM00 Control Program");
        if (line(text, "Manufacturer").filter("QEMU"::equals).isPresent()) {
            return Optional.of(new Clue(Hypervisor.QEMU_TCG, Weight.TOLD, SYSINFO + " names the manufacturer QEMU"));
        }
        return program.map(name -> new Clue(
                        name.startsWith("KVM")
                                ? Hypervisor.KVM
                                : name.startsWith("z/VM") ? Hypervisor.ZVM : Hypervisor.UNIDENTIFIED,
                        Weight.TOLD,
                        SYSINFO + " names the control program " + name))
                .or(() -> line(text, "LPAR Number")
                        .map(number -> new Clue(Hypervisor.PRSM, Weight.TOLD, SYSINFO + " has an LPAR")));
    }

    private Optional<Clue> power() {
        return field("platform")
                .filter(platform -> platform.equals("pSeries"))
                .map(platform -> emulatedByQemu()
                        ? new Clue(Hypervisor.QEMU, Weight.MADE, CPUINFO + " has a machine emulated by qemu")
                        : new Clue(Hypervisor.POWERVM, Weight.MADE, CPUINFO + " has platform " + platform));
    }

    private boolean emulatedByQemu() {
        return field("machine").filter(machine -> machine.contains("qemu")).isPresent();
    }

    /** Only the first is a sign of QEMU's own emulator: the others are offered with KVM, too. */
    private Optional<Clue> model() {
        return field("model name").or(() -> field("cpu")).flatMap(model -> {
            String evidence = "processor model is \"" + model + "\"";
            if (model.startsWith("QEMU TCG CPU")) {
                return Optional.of(new Clue(Hypervisor.QEMU_TCG, Weight.TOLD, evidence));
            }
            return model.startsWith("QEMU") || model.startsWith("Common KVM processor")
                    ? Optional.of(new Clue(Hypervisor.QEMU, Weight.MADE, evidence))
                    : Optional.empty();
        });
    }

    /** QEMU's emulator calls its largest ARM processor by a maker and a part that nobody builds. */
    private Optional<Clue> arm() {
        return field("CPU implementer").filter("0x00"::equals).isPresent()
                        && field("CPU part").filter("0x051"::equals).isPresent()
                ? Optional.of(new Clue(Hypervisor.QEMU_TCG, Weight.TOLD, "processor is part 0x051 of implementer 0x00"))
                : Optional.empty();
    }

    private Optional<Clue> userMode() {
        return field("vendor_id")
                .filter("User Mode Linux"::equals)
                .map(vendor -> new Clue(Hypervisor.USER_MODE_LINUX, Weight.TOLD, "processor vendor is " + vendor));
    }

    private Optional<String> field(String name) {
        return line(cpuinfo, name);
    }

    private static Optional<String> line(String text, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + Pattern.quote(name) + "[ \\t]*:[ \\t]*(.*)$")
                .matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
    }
}
