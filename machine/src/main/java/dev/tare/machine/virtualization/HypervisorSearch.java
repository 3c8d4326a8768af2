package dev.tare.machine.virtualization;

import static java.util.Map.entry;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.virtualization.Finding.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the innermost hypervisor. The order of the clues is their weight: what a hypervisor says of itself to its guest
 * comes first, names in the firmware next (an outer hypervisor may have written them), the bare flag last.
 */
final class HypervisorSearch {
    private static final String CLOCK_SOURCES = "sys/devices/system/clocksource/clocksource0/available_clocksource";
    private static final String PTP_CLOCKS = "sys/class/ptp";
    private static final String DEVICE_TREE = "proc/device-tree/hypervisor/compatible";

    private static final String CPUID = "dev/cpu/0/cpuid";
    private static final long CPUID_LEAF = 0x4000_0000L;
    /** Where KVM puts its own name when it answers as Hyper-V in the first leaf. */
    private static final long SECOND_CPUID_LEAF = 0x4000_0100L;

    private static final Map<String, Hypervisor> CPUID_NAMES = Map.ofEntries(
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

    private final MachineFiles files;
    private final Processor processor;
    private final Firmware firmware;

    HypervisorSearch(MachineFiles files, Processor processor, Firmware firmware) {
        this.files = files;
        this.processor = processor;
        this.firmware = firmware;
    }

    Finding<Hypervisor> search(Optional<Hypervisor.Clue> xen, List<Hypervisor.Clue> drivers) {
        List<Hypervisor.Clue> clues = new ArrayList<>();
        Stream.of(xen, wsl2(), cpuidSignature(), firmware.clue().map(this::refined), deviceTree())
                .flatMap(Optional::stream)
                .forEach(clues::add);
        clues.addAll(clockSources());
        Stream.of(ptpClock(), processorModel()).flatMap(Optional::stream).forEach(clues::add);
        clues.addAll(drivers);
        if (processor.hypervisorFlag() == Answer.YES) {
            clues.add(new Hypervisor.Clue(Hypervisor.UNIDENTIFIED, "hypervisor flag in proc/cpuinfo"));
        }
        return clues.isEmpty() ? withoutClue() : weighed(clues);
    }

    /** The first clue that names a hypervisor counts; all are evidence, also those of an outer hypervisor. */
    private static Finding<Hypervisor> weighed(List<Hypervisor.Clue> clues) {
        Hypervisor found = clues.stream()
                .map(Hypervisor.Clue::hypervisor)
                .filter(hypervisor -> hypervisor != Hypervisor.UNIDENTIFIED)
                .findFirst()
                .orElse(Hypervisor.UNIDENTIFIED);
        return new Finding<>(
                found, clues.stream().map(Hypervisor.Clue::evidence).distinct().toList());
    }

    /** No sign of a hypervisor: bare metal if both places that would show one can be read, else unknown. */
    private Finding<Hypervisor> withoutClue() {
        String flag = switch (processor.hypervisorFlag()) {
            case NO -> "no hypervisor flag in proc/cpuinfo";
            case YES -> "hypervisor flag in proc/cpuinfo";
            case UNKNOWN -> "proc/cpuinfo shows no flags";
        };
        boolean flagAbsent = processor.hypervisorFlag() == Answer.NO && firmware.namesMachine();
        Hypervisor found = flagAbsent || firmware.isMetalInstance() ? Hypervisor.NONE : Hypervisor.UNKNOWN;
        return Finding.of(found, flag, firmware.evidence());
    }

    /** QEMU's firmware is the same with KVM and without; what KVM offers its guests tells them apart. */
    private Hypervisor.Clue refined(Hypervisor.Clue clue) {
        Optional<String> kvm = clockSources().stream()
                .filter(sign -> sign.hypervisor() == Hypervisor.KVM)
                .map(Hypervisor.Clue::evidence)
                .findFirst()
                .or(() -> ptpClock().map(Hypervisor.Clue::evidence));
        return clue.hypervisor() == Hypervisor.QEMU && kvm.isPresent()
                ? new Hypervisor.Clue(Hypervisor.KVM, clue.evidence() + " and " + kvm.get())
                : clue;
    }

    private Optional<Hypervisor.Clue> wsl2() {
        return files.words("proc/sys/kernel/osrelease")
                .filter(release -> release.contains("WSL2") || release.contains("microsoft-standard"))
                .map(release -> new Hypervisor.Clue(Hypervisor.HYPER_V, "kernel " + release));
    }

    private Optional<Hypervisor.Clue> deviceTree() {
        return files.words(DEVICE_TREE).map(text -> {
            String names = text.replace('\0', ' ').strip();
            Hypervisor hypervisor = names.contains("xen")
                    ? Hypervisor.XEN
                    : names.contains("kvm")
                            ? Hypervisor.KVM
                            : names.contains("vmware") ? Hypervisor.VMWARE : Hypervisor.UNIDENTIFIED;
            return new Hypervisor.Clue(hypervisor, DEVICE_TREE + " is " + names);
        });
    }

    private List<Hypervisor.Clue> clockSources() {
        List<Hypervisor.Clue> clues = new ArrayList<>();
        for (String source : files.text(CLOCK_SOURCES).orElse("").split("\\s+", -1)) {
            if (source.equals("kvm-clock")) {
                clues.add(new Hypervisor.Clue(Hypervisor.KVM, "clock source kvm-clock is available"));
            } else if (source.startsWith("hyperv_clocksource")) {
                clues.add(new Hypervisor.Clue(Hypervisor.HYPER_V, "clock source " + source + " is available"));
            } else if (source.equals("xen")) {
                clues.add(new Hypervisor.Clue(Hypervisor.XEN, "clock source xen is available"));
            }
        }
        return clues;
    }

    private Optional<Hypervisor.Clue> ptpClock() {
        return files.names(PTP_CLOCKS).stream()
                .map(name -> PTP_CLOCKS + "/" + name + "/clock_name")
                .filter(path -> files.text(path).orElse("").startsWith("KVM"))
                .map(path -> new Hypervisor.Clue(Hypervisor.KVM, path + " says KVM"))
                .findFirst();
    }

    private Optional<Hypervisor.Clue> processorModel() {
        return processor
                .model()
                .filter(model -> model.startsWith("QEMU TCG CPU"))
                .map(model -> new Hypervisor.Clue(Hypervisor.QEMU, "processor model is \"" + model + "\""));
    }

    /**
     * The name that a hypervisor writes into CPUID leaf 0x40000000, as the kernel's cpuid driver shows it to root: sixteen
     * bytes eax, ebx, ecx, edx, of which the last twelve are the name. A program that executes the instruction itself may get
     * another answer: some hypervisors let it through to the machine below, and the kernel's clock is the driver's.
     */
    private Optional<Hypervisor.Clue> cpuidSignature() {
        Optional<String> second = cpuidName(SECOND_CPUID_LEAF).filter("KVMKVMKVM"::equals);
        return second.or(() -> cpuidName(CPUID_LEAF))
                .flatMap(name -> Optional.ofNullable(CPUID_NAMES.get(name))
                        .map(hypervisor -> new Hypervisor.Clue(hypervisor, CPUID + " says \"" + name + "\"")));
    }

    private Optional<String> cpuidName(long leaf) {
        return files.bytesAt(CPUID, leaf, 16)
                .map(bytes -> new String(bytes, 4, 12, StandardCharsets.US_ASCII)
                        .replace('\0', ' ')
                        .strip());
    }

    /** What /proc/cpuinfo says of the first processor. */
    record Processor(Optional<Set<String>> flags, Optional<String> model) {
        private static final Pattern FLAGS = Pattern.compile("(?m)^flags\\s*:(.*)$");
        private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.*)$");

        static Processor of(MachineFiles files) {
            Optional<String> text = files.words("proc/cpuinfo");
            return new Processor(
                    text.flatMap(all -> first(FLAGS, all)).map(flags -> Set.copyOf(List.of(flags.split("\\s+", -1)))),
                    text.flatMap(all -> first(MODEL, all)));
        }

        /** The CPUID bit that a hypervisor sets for its guests; x86 alone has it. */
        Answer hypervisorFlag() {
            return flags.map(names -> Answer.of(names.contains("hypervisor"))).orElse(Answer.UNKNOWN);
        }

        private static Optional<String> first(Pattern pattern, String text) {
            Matcher matcher = pattern.matcher(text);
            return matcher.find() ? Optional.of(matcher.group(1).strip()) : Optional.empty();
        }
    }
}
