package dev.tare.machine.virtualization;

import dev.tare.machine.MachineFiles;
import java.util.Optional;

/** What a device of Linux tells of itself: lines {@code KEY=VALUE}. */
record Uevent(String text) {
    static Uevent of(MachineFiles files, String device) {
        return new Uevent(files.text(device + "/uevent").orElse(""));
    }

    Optional<String> driver() {
        return value("DRIVER");
    }

    /** Vendor and device such as {@code 8086:100E}; empty when it is no PCI function. */
    String pciId() {
        return value("PCI_ID").orElse("");
    }

    /** Maker and number of the card such as {@code 1AF4:1100}; empty when it is no PCI function. */
    String pciSubsystem() {
        return value("PCI_SUBSYS_ID").orElse("");
    }

    private Optional<String> value(String key) {
        return text.lines()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .findFirst();
    }
}
