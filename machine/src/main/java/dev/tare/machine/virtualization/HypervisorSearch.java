package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.MountedFileSystem;
import dev.tare.machine.virtualization.Finding.Answer;
import dev.tare.machine.virtualization.Hypervisor.Clue;
import dev.tare.machine.virtualization.Hypervisor.Weight;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the innermost hypervisor: collects what speaks for one, weighs it against what speaks for bare metal, and then looks
 * whose it is. Of several names that of the heavier clue counts, for what a hypervisor says of itself is its own, while
 * firmware and devices may be an outer one's; among equals the first.
 */
final class HypervisorSearch {
    private static final String CLOCK_SOURCES = "sys/devices/system/clocksource/clocksource0/available_clocksource";
    private static final String PTP_CLOCKS = "sys/class/ptp";
    private static final String DEVICE_TREE = "proc/device-tree/hypervisor/compatible";
    private static final String BOARD = "proc/device-tree/compatible";
    private static final String PCI_DEVICES = "sys/bus/pci/devices";

    /** Who speaks another's language to its guests, or is built on it: told the key, made by one of the values. */
    private static final Map<Hypervisor, Set<Hypervisor>> SPOKEN_BY = Map.of(
            Hypervisor.KVM,
                    EnumSet.of(Hypervisor.VIRTUALBOX, Hypervisor.NITRO, Hypervisor.COMPUTE_ENGINE, Hypervisor.ACRN),
            Hypervisor.HYPER_V, EnumSet.of(Hypervisor.XEN, Hypervisor.VIRTUALBOX, Hypervisor.KVM));

    private final MachineFiles files;
    private final Processor processor;
    private final Firmware firmware;
    private final List<Clue> clues = new ArrayList<>();

    HypervisorSearch(MachineFiles files, Processor processor, Firmware firmware) {
        this.files = files;
        this.processor = processor;
        this.firmware = firmware;
    }

    Finding<Hypervisor> search(Optional<Clue> xen, List<Clue> devices) {
        Stream.of(xen, wsl2()).flatMap(Optional::stream).forEach(clues::add);
        clues.addAll(processor.clues());
        deviceTree().ifPresent(clues::add);
        clockSources();
        ptpClock().ifPresent(clues::add);
        firmware.clue().ifPresent(clues::add);
        board().ifPresent(clues::add);
        clues.addAll(devices);
        pciDevices();
        rootFileSystem().ifPresent(clues::add);
        return isGuest() ? guest() : notShown();
    }

    private Finding<Hypervisor> guest() {
        Stream<String> against = processor.hypervisorFlag() == Answer.NO
                ? Stream.of("although there is " + processor.flagEvidence())
                : Stream.empty();
        return new Finding<>(
                name(),
                Stream.concat(clues.stream().map(Clue::evidence), against)
                        .distinct()
                        .toList());
    }

    /** What has no x86 processor shows nothing that speaks against a usual sign of guests. */
    private boolean isGuest() {
        boolean flagMissing = processor.hypervisorFlag() == Answer.NO;
        return clues.stream().map(Clue::weight).anyMatch(weight -> switch (weight) {
            case TOLD, MADE -> true;
            case USUAL -> !flagMissing;
            case NAME -> false;
        });
    }

    /** Bare metal if both places that would show a hypervisor can be read and no clue speaks against it, else unknown. */
    private Finding<Hypervisor> notShown() {
        List<String> against = clues.stream()
                .filter(clue -> clue.weight() == Weight.USUAL)
                .map(Clue::evidence)
                .toList();
        Optional<String> said = processor.bareMetalEvidence();
        List<String> evidence = new ArrayList<>(against);
        evidence.add(said.orElse(processor.flagEvidence()));
        evidence.add(firmware.evidence());
        boolean shown = said.isPresent()
                || firmware.isMetalInstance()
                || (processor.hypervisorFlag() == Answer.NO && firmware.namesMachine());
        return new Finding<>(
                shown && against.isEmpty() ? Hypervisor.NONE : Hypervisor.UNKNOWN,
                evidence.stream().distinct().toList());
    }

    private Hypervisor name() {
        Optional<Hypervisor> told = first(EnumSet.of(Weight.TOLD));
        Optional<Hypervisor> made = first(EnumSet.of(Weight.MADE))
                .or(() -> first(EnumSet.of(Weight.USUAL)))
                .or(() -> first(EnumSet.of(Weight.NAME)));
        return told.map(speaker -> made.map(maker -> speaker(speaker, maker)).orElse(speaker))
                .or(() -> made)
                .orElse(Hypervisor.UNIDENTIFIED);
    }

    private static Hypervisor speaker(Hypervisor told, Hypervisor made) {
        // Only with KVM does QEMU speak to its guests as Hyper-V.
        Hypervisor maker = made == Hypervisor.QEMU ? Hypervisor.KVM : made;
        return SPOKEN_BY.getOrDefault(told, Set.of()).contains(maker) ? maker : told;
    }

    private Optional<Hypervisor> first(Set<Weight> weights) {
        return clues.stream()
                .filter(clue -> weights.contains(clue.weight()))
                .map(Clue::hypervisor)
                .filter(hypervisor -> hypervisor != Hypervisor.UNIDENTIFIED)
                .findFirst();
    }

    private Optional<Clue> wsl2() {
        return files.words("proc/sys/kernel/osrelease")
                .filter(release -> release.contains("WSL2") || release.contains("microsoft-standard"))
                .map(release -> new Clue(Hypervisor.HYPER_V, Weight.TOLD, "kernel " + release));
    }

    private Optional<Clue> deviceTree() {
        return files.words(DEVICE_TREE).map(text -> {
            String names = text.replace('\0', ' ').strip();
            Hypervisor hypervisor = Map.of(
                            "xen", Hypervisor.XEN,
                            "kvm", Hypervisor.KVM,
                            "vmware", Hypervisor.VMWARE,
                            "microsoft", Hypervisor.HYPER_V)
                    .entrySet()
                    .stream()
                    .filter(known -> names.contains(known.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(Hypervisor.UNIDENTIFIED);
            return new Clue(hypervisor, Weight.TOLD, DEVICE_TREE + " is " + names);
        });
    }

    /** Boards that nobody has soldered. */
    private Optional<Clue> board() {
        return files.words(BOARD)
                .map(text -> text.replace('\0', ' ').strip())
                .filter(names -> names.contains("dummy-virt") || names.contains("riscv-virtio"))
                .map(names -> new Clue(
                        names.contains("riscv-virtio") ? Hypervisor.QEMU : Hypervisor.UNIDENTIFIED,
                        Weight.MADE,
                        BOARD + " is " + names));
    }

    private void clockSources() {
        for (String source : files.text(CLOCK_SOURCES).orElse("").split("\\s+", -1)) {
            Optional<Hypervisor> offered = source.equals("kvm-clock")
                    ? Optional.of(Hypervisor.KVM)
                    : source.equals("xen")
                            ? Optional.of(Hypervisor.XEN)
                            : source.startsWith("hyperv_clocksource")
                                    ? Optional.of(Hypervisor.HYPER_V)
                                    : Optional.empty();
            offered.ifPresent(hypervisor ->
                    clues.add(new Clue(hypervisor, Weight.TOLD, "clock source " + source + " is available")));
        }
    }

    private Optional<Clue> ptpClock() {
        return files.names(PTP_CLOCKS).stream()
                .map(name -> PTP_CLOCKS + "/" + name + "/clock_name")
                .filter(path -> files.text(path).orElse("").startsWith("KVM"))
                .map(path -> new Clue(Hypervisor.KVM, Weight.TOLD, path + " says KVM"))
                .findFirst();
    }

    /** Graphics, bridges and other functions that no disk or network card hangs on; each maker once. */
    private void pciDevices() {
        Set<Hypervisor> seen = EnumSet.noneOf(Hypervisor.class);
        for (String address : files.names(PCI_DEVICES)) {
            Uevent device = Uevent.of(files, PCI_DEVICES + "/" + address);
            MadeOfSoftware.pci(device.pciId(), device.pciSubsystem())
                    .filter(seen::add)
                    .ifPresent(maker -> clues.add(new Clue(
                            maker,
                            Weight.MADE,
                            "PCI device " + device.pciId()
                                    + (device.pciSubsystem().isEmpty() ? "" : " of " + device.pciSubsystem()))));
        }
    }

    /** Roots that a hypervisor hands to its guest through virtio. */
    private Optional<Clue> rootFileSystem() {
        return MountedFileSystem.of(files).stream()
                .filter(mount -> mount.point().equals("/"))
                .filter(root -> root.type().equals("virtiofs")
                        || (root.type().equals("9p") && root.options().contains("trans=virtio")))
                .map(root -> new Clue(Hypervisor.UNIDENTIFIED, Weight.USUAL, "root file system is " + root.type()))
                .findFirst();
    }
}
