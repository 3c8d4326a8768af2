package dev.tare.machine.virtualization;

/** How a machine is virtualized. */
public enum Kind {
    /** The guest's kernel runs as on hardware, helped by the processor or emulated. */
    FULL("full virtualization"),
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
