package dev.tare.machine.virtualization;

import dev.tare.machine.virtualization.Finding.Answer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import oshi.SystemInfo;
import oshi.hardware.ComputerSystem;
import oshi.hardware.HardwareAbstractionLayer;

/**
 * What OSHI reads on Windows and macOS, judged by the same names as on Linux.
 *
 * @param firmware names of the machine
 * @param statement OSHI's own word on virtualization, if it has one
 * @param flags the processor's flags, as far as the system shows them
 */
record OtherSystem(Firmware firmware, Optional<String> statement, Set<String> flags) {
    OtherSystem {
        flags = Set.copyOf(flags);
    }

    static OtherSystem here() {
        return read(new SystemInfo().getHardware());
    }

    static OtherSystem read(HardwareAbstractionLayer hardware) {
        ComputerSystem system = hardware.getComputerSystem();
        Map<String, String> names = new TreeMap<>();
        put(names, "sys_vendor", system.getManufacturer());
        put(names, "product_name", system.getModel());
        put(names, "bios_vendor", system.getFirmware().getManufacturer());
        put(names, "board_vendor", system.getBaseboard().getManufacturer());
        Set<String> flags = new TreeSet<>();
        for (String line : hardware.getProcessor().getFeatureFlags()) {
            flags.addAll(List.of(line.toLowerCase(Locale.ROOT).split("[^a-z0-9_.]+")));
        }
        return new OtherSystem(
                new Firmware(names), hardware.getVirtualization().filter(word -> !word.isBlank()), flags);
    }

    Virtualization detect() {
        Finding<Hypervisor> hypervisor = hypervisor();
        Finding<Container> container =
                Finding.of(Container.UNKNOWN, "containers are not looked for on this operating system");
        return new Virtualization(
                hypervisor,
                VirtualizationDetector.kind(hypervisor.value(), container.value(), List.of()),
                Optional.empty(),
                nestedVirtualization(),
                container,
                List.of());
    }

    private Finding<Hypervisor> hypervisor() {
        List<Hypervisor.Clue> clues = Stream.of(firmware.clue(), statement.map(OtherSystem::clue), flag())
                .flatMap(Optional::stream)
                .toList();
        if (clues.stream().anyMatch(clue -> clue.weight() != Hypervisor.Weight.NAME)) {
            return new Finding<>(
                    clues.get(0).hypervisor(),
                    clues.stream().map(Hypervisor.Clue::evidence).toList());
        }
        // Intel's Macs show the flag; elsewhere its absence tells nothing.
        boolean flagWouldShow = flags.contains("vmx");
        return Finding.of(
                flagWouldShow && clues.isEmpty() && firmware.namesMachine() ? Hypervisor.NONE : Hypervisor.UNKNOWN,
                firmware.evidence(),
                flagWouldShow ? "no VMM flag of the processor" : "the processor's hypervisor flag cannot be seen here");
    }

    private static Hypervisor.Clue clue(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        Hypervisor hypervisor = Stream.of(Hypervisor.values())
                .filter(known -> known != Hypervisor.NONE && known != Hypervisor.UNKNOWN)
                .filter(known -> small.contains(known.label().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(Hypervisor.UNIDENTIFIED);
        return new Hypervisor.Clue(hypervisor, Hypervisor.Weight.MADE, "OSHI says \"" + word + "\"");
    }

    private Optional<Hypervisor.Clue> flag() {
        return flags.contains("vmm")
                ? Optional.of(new Hypervisor.Clue(
                        Hypervisor.UNIDENTIFIED, Hypervisor.Weight.TOLD, "VMM flag of the processor"))
                : Optional.empty();
    }

    private Finding<Answer> nestedVirtualization() {
        for (String flag : List.of("vmx", "svm", "pf_virt_firmware_enabled")) {
            if (flags.contains(flag)) {
                return Finding.of(Answer.YES, "processor flag " + flag);
            }
        }
        return Finding.of(Answer.UNKNOWN, "the processor's flags do not tell");
    }

    private static void put(Map<String, String> names, String field, String value) {
        if (!value.isBlank() && !value.equalsIgnoreCase("unknown")) {
            names.put(field, value.strip());
        }
    }
}
