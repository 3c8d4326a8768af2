package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the innermost hypervisor. The order of the clues is their weight: what a hypervisor says of itself to its guest
 * comes first, names in the firmware next (an outer hypervisor may have written them), the bare flag last.
 */
final class HypervisorSearch {
    private static final String CLOCK_SOURCES = "sys/devices/system/clocksource/clocksource0/available_clocksource";
    private static final String PTP_CLOCKS = "sys/class/ptp";
    private static final String DEVICE_TREE = "proc/device-tree/hypervisor/compatible";

    private final MachineFiles files;
    private final Processor processor;
    private final Firmware firmware;

    HypervisorSearch(MachineFiles files, Processor processor, Firmware firmware) {
        this.files = files;
        this.processor = processor;
        this.firmware = firmware;
    }

    Finding<Hypervisor> search(Optional<Clue> xen, List<Clue> drivers) {
        List<Clue> clues = new ArrayList<>();
        Stream.of(xen, wsl2(), CpuidSignature.clue(files), firmware.clue().map(this::refined), deviceTree())
                .flatMap(Optional::stream)
                .forEach(clues::add);
        clues.addAll(clockSources());
        Stream.of(ptpClock(), processorModel()).flatMap(Optional::stream).forEach(clues::add);
        clues.addAll(drivers);
        if (processor.hypervisorFlag() == Answer.YES) {
            clues.add(new Clue(Hypervisor.UNIDENTIFIED, "hypervisor flag in proc/cpuinfo"));
        }
        return clues.isEmpty() ? withoutClue() : weighed(clues);
    }

    /** The first clue that names a hypervisor counts; all are evidence, also those of an outer hypervisor. */
    private static Finding<Hypervisor> weighed(List<Clue> clues) {
        Hypervisor found = clues.stream()
                .map(Clue::hypervisor)
                .filter(hypervisor -> hypervisor != Hypervisor.UNIDENTIFIED)
                .findFirst()
                .orElse(Hypervisor.UNIDENTIFIED);
        return new Finding<>(
                found, clues.stream().map(Clue::evidence).distinct().toList());
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
    private Clue refined(Clue clue) {
        Optional<String> kvm = clockSources().stream()
                .filter(sign -> sign.hypervisor() == Hypervisor.KVM)
                .map(Clue::evidence)
                .findFirst()
                .or(() -> ptpClock().map(Clue::evidence));
        return clue.hypervisor() == Hypervisor.QEMU && kvm.isPresent()
                ? new Clue(Hypervisor.KVM, clue.evidence() + " and " + kvm.get())
                : clue;
    }

    private Optional<Clue> wsl2() {
        return files.words("proc/sys/kernel/osrelease")
                .filter(release -> release.contains("WSL2") || release.contains("microsoft-standard"))
                .map(release -> new Clue(Hypervisor.HYPER_V, "kernel " + release));
    }

    private Optional<Clue> deviceTree() {
        return files.words(DEVICE_TREE).map(text -> {
            String names = text.replace('\0', ' ').strip();
            Hypervisor hypervisor = names.contains("xen")
                    ? Hypervisor.XEN
                    : names.contains("kvm")
                            ? Hypervisor.KVM
                            : names.contains("vmware") ? Hypervisor.VMWARE : Hypervisor.UNIDENTIFIED;
            return new Clue(hypervisor, DEVICE_TREE + " is " + names);
        });
    }

    private List<Clue> clockSources() {
        List<Clue> clues = new ArrayList<>();
        for (String source : files.text(CLOCK_SOURCES).orElse("").split("\\s+", -1)) {
            if (source.equals("kvm-clock")) {
                clues.add(new Clue(Hypervisor.KVM, "clock source kvm-clock is available"));
            } else if (source.startsWith("hyperv_clocksource")) {
                clues.add(new Clue(Hypervisor.HYPER_V, "clock source " + source + " is available"));
            } else if (source.equals("xen")) {
                clues.add(new Clue(Hypervisor.XEN, "clock source xen is available"));
            }
        }
        return clues;
    }

    private Optional<Clue> ptpClock() {
        return files.names(PTP_CLOCKS).stream()
                .map(name -> PTP_CLOCKS + "/" + name + "/clock_name")
                .filter(path -> files.text(path).orElse("").startsWith("KVM"))
                .map(path -> new Clue(Hypervisor.KVM, path + " says KVM"))
                .findFirst();
    }

    private Optional<Clue> processorModel() {
        return processor
                .model()
                .filter(model -> model.startsWith("QEMU TCG CPU"))
                .map(model -> new Clue(Hypervisor.QEMU, "processor model is \"" + model + "\""));
    }
}
