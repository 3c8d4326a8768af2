package dev.tare.machine.virtualization;

import java.util.List;

/**
 * A disk or network card as the guest sees it.
 *
 * @param name name of the operating system, such as {@code vda} or {@code eth0}
 * @param role what it does
 * @param driver driver that decides its kind, such as {@code virtio_blk} or {@code ata_piix}; {@code unknown} when it
 *     cannot be seen
 * @param kind how the hypervisor provides it
 * @param evidence what was seen, one clause each
 */
public record Device(String name, Role role, String driver, Provision kind, List<String> evidence) {
    public Device {
        evidence = List.copyOf(evidence);
    }

    /** What a device does. */
    public enum Role {
        DISK("disk"),
        NETWORK("network");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        /** The role as it is printed. */
        public String label() {
            return label;
        }
    }

    /** How a hypervisor provides a device. */
    public enum Provision {
        /** Software that behaves like a device of the physical world, with an unmodified driver. */
        EMULATED("emulated"),
        /** An interface made for guests, with a driver made for it. */
        PARAVIRTUAL("paravirtual"),
        /** Hardware handed to the guest, wholly or as a function of its own. */
        PASSED_THROUGH("passed through"),
        /** Hardware of a machine that is no guest. */
        PHYSICAL("physical"),
        UNKNOWN("unknown");

        private final String label;

        Provision(String label) {
            this.label = label;
        }

        /** The provision as it is printed. */
        public String label() {
            return label;
        }
    }
}
